import { Option } from "commander";
import { counted, type Lang } from "../catalog/text.ts";
import type { CommandDefinition } from "./command.ts";
import { addOutOption, addTreeOptions, headTree, REPOSITORY, readDay, type TreeOptions, treeFolder } from "./options.ts";
import { readBaseIfAny } from "./plan/base.ts";
import { buildPlan, type Plan } from "./plan/build-plan.ts";
import { countFindings, STANDINGS, type Standing, standingOf } from "./plan/count-findings.ts";
import { otherFiles } from "./plan/other-files.ts";
import { findingResult } from "./plan/put-into-words.ts";
import { readRequest } from "./plan/read-request.ts";
import { readCheckedBase } from "./plan/read-tree.ts";
import type { FindingResult, PlanVerdict } from "./plan/result.ts";
import {
  addSelectionOptions,
  partialSentence,
  readSelection,
  type SelectionOptions,
  type SelectionResult,
  selectFindings,
} from "./plan/selection.ts";
import { addUsageOptions, readMeasuredMonth, type UsageOptions } from "./plan/usage-options.ts";
import { entriesWords } from "./render/finding-words.ts";
import { FINDINGS_FORMATS, type FindingsFormat, FORMATS_WORDS, renderFindings } from "./render/findings-formats.ts";
import { findingsReport } from "./render/findings-report.ts";
import { findingsText } from "./render/findings-text.ts";
import { jsonText } from "./render/json-text.ts";
import { type Paint, paintFor, plain } from "./render/style.ts";
import { shortLabel, UNCOMPARED, VERDICT_SIGNS, VERDICT_WORDS } from "./render/words.ts";
import { addReportOption, type ReportOptions, writeReports } from "./report-option.ts";
import { tellingInvalid } from "./tell-invalid.ts";

const FORMATS = ["text", "json", ...FINDINGS_FORMATS] as const;
type CheckFormat = "text" | "json" | FindingsFormat;

interface CheckOptions extends TreeOptions, SelectionOptions, ReportOptions<CheckFormat>, UsageOptions {
  readonly base?: string;
  readonly format: CheckFormat;
}

/** Result of `check --format json`; scripts/schema/check.schema.json. */
export interface CheckResult {
  readonly schema: "govcloud/check/1";
  readonly at: string;
  readonly contract: string;
  readonly base: string | null;
  readonly head: string;
  readonly verdict: PlanVerdict;
  readonly findings: readonly FindingResult[];
  readonly counts: {
    readonly systems: number;
    readonly resources: number;
    /** Mandatory findings that refuse; what is waived is counted apart. */
    readonly mandatory: number;
    readonly advisory: number;
    readonly waived: number;
  };
  /** Null where every policy judged. */
  readonly selection: SelectionResult | null;
}

/** More of them help nobody at once; JSON has all. */
const MAX_FINDINGS = 100;

export const command: CommandDefinition = {
  name: "check",
  summary: "检查：申请是否写对、策略是否通过，不列表格 / Validate and judge everything declared, without tables",
  examples: [
    "npm run check                                   # 与主分支比较 / compared with the main branch",
    "npm run check -- --base none                    # 只检查写法和现状 / the state alone, no change",
    "npm run check -- --tree ../request --base . --lang zh",
    "npm run check -- --at 2025-08-01 --select price --skip capacity/no-rack-overlap",
    "npm run check -- --format sarif --out findings.sarif",
    "npm run check -- --report codequality=codequality.json --report junit=junit.xml",
  ],
  configure: (parser) => {
    addSelectionOptions(
      addOutOption(
        addReportOption(addUsageOptions(addTreeOptions(parser)), FORMATS)
          .option(
            "--base <revision|folder|none>",
            "与什么比较，默认与主分支的共同祖先；none 不比较，变更的影响不判断 / what to compare with, default: the merge base with the main branch; none judges no change",
          )
          .addOption(new Option("--format <format>", FORMATS_WORDS).choices(FORMATS).default("text")),
      ),
    );
  },
  run: tellingInvalid("check", run),
};

/** Validates and judges every system of a tree; 3 where a file is wrong, 2 where a mandatory policy refuses. */
async function run(options: CheckOptions): Promise<number> {
  const { lang } = options;
  const selection = readSelection(options);
  const { head, waivers } = readRequest(headTree(options), { program: REPOSITORY }, treeFolder(options));
  const baseTree = readBaseIfAny(options.base, treeFolder(options));
  const base = baseTree === undefined ? undefined : readCheckedBase(baseTree);
  const at = readDay(options.at);
  const usage = await readMeasuredMonth(options, { head, base, at, folder: treeFolder(options) });
  const judged = buildPlan(head, {
    at,
    base,
    ...(usage === undefined ? {} : { usage }),
    otherFiles: otherFiles(treeFolder(options), baseTree),
    all: true,
    waivers,
  });
  const plan = selectFindings(judged, selection);
  const render = (format: CheckFormat, toFile: boolean) => {
    switch (format) {
      case "text":
        return checkText(checkResult(plan, selection, lang), { lang, paint: toFile ? plain : paintFor(process.stdout) });
      case "json":
        return jsonText(checkResult(plan, selection, lang));
      default:
        return renderFindings(findingsReport(plan, { command: "check", lang, selection }), format);
    }
  };
  await writeReports(render, options);
  return plan.verdict === "refused" ? 2 : 0;
}

function checkResult(plan: Plan, selection: SelectionResult | undefined, lang: CheckOptions["lang"]): CheckResult {
  const found = [...plan.findings, ...plan.systems.flatMap((system) => system.findings)];
  const findings = found.map((finding) => findingResult(finding, plan, lang));
  return {
    schema: "govcloud/check/1",
    at: plan.at.toString(),
    contract: plan.head.contract.id,
    base: plan.base?.tree.tree.label ?? null,
    head: plan.head.tree.tree.label,
    verdict: plan.verdict,
    // What refuses comes first, what is waived last.
    findings: findings.sort((a, b) => STANDINGS.indexOf(standingOf(a)) - STANDINGS.indexOf(standingOf(b))),
    counts: {
      systems: plan.systems.length,
      resources: plan.systems.reduce((sum, { resources }) => sum + resources.filter(({ action }) => action !== "delete").length, 0),
      ...countFindings(findings),
    },
    selection: selection ?? null,
  };
}

function checkText(
  { verdict, findings, counts, selection, base }: CheckResult,
  { lang, paint }: { readonly lang: Lang; readonly paint: Paint },
): string {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const { systems, resources, mandatory, advisory, waived } = counts;
  const entries = (standing: Standing) => entriesWords(findings, standing, lang);
  const summary =
    say(
      `${systems} 个系统、${resources} 个云上资源已检查：强制未通过 ${mandatory} 项${entries("mandatory")}，提示 ${advisory} 条${entries("advisory")}`,
      `${counted(systems, "system")} with ${counted(resources, "resource")} checked: ${counted(mandatory, "mandatory finding")}${entries("mandatory")}, ${advisory} of advice${entries("advisory")}`,
    ) + (waived === 0 ? "" : say(`，已豁免 ${waived} 项`, `, ${waived} waived`) + entries("waived"));
  const first = selection === null ? [] : [paint("warn", partialSentence(selection, lang))];
  const headline = `${paint(VERDICT_SIGNS[verdict].tone, `${VERDICT_SIGNS[verdict].sign} ${VERDICT_WORDS[verdict][lang]}`)}  ${summary}`;
  const compared = base === null ? UNCOMPARED[lang] : say(`与 ${shortLabel(base)} 比较`, `Compared with ${shortLabel(base)}`);
  return `${[...first, headline, paint("dim", compared), ...findingsText(findings, MAX_FINDINGS, { lang, paint, say })].join("\n")}\n`;
}
