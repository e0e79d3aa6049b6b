import { Option } from "commander";
import { InvalidRequest } from "../catalog/source/diagnostic.ts";
import { type Lang, text } from "../catalog/text.ts";
import { readApprovalRules } from "./approval/approval-rules.ts";
import { withApprovals } from "./approval/required-approvals.ts";
import type { CommandDefinition } from "./command.ts";
import { addEngineOptions } from "./engine/engine-options.ts";
import { addOutOption, addTreeOptions, collect, headTree, REPOSITORY, readDay, type TreeOptions, treeFolder } from "./options.ts";
import { readBase } from "./plan/base.ts";
import { buildPlan, type PlanOptions } from "./plan/build-plan.ts";
import { otherFiles } from "./plan/other-files.ts";
import { planResult } from "./plan/put-into-words.ts";
import { readRequest } from "./plan/read-request.ts";
import { readCheckedBase } from "./plan/read-tree.ts";
import type { PlanResult } from "./plan/result.ts";
import {
  addSelectionOptions,
  partialFingerprint,
  partialSentence,
  readSelection,
  type SelectionOptions,
  type SelectionResult,
  selectFindings,
} from "./plan/selection.ts";
import { readSystemsFile } from "./plan/systems-from.ts";
import { addUsageOptions, readMeasuredMonth, type UsageOptions } from "./plan/usage-options.ts";
import { type EnginePlanned, type OnlineOptions, planWithEngine } from "./plan/with-engine.ts";
import { markdownSafe } from "./render/escape.ts";
import { FINDINGS_FORMATS, type FindingsFormat, FORMATS_WORDS, renderFindings } from "./render/findings-formats.ts";
import { findingsReport } from "./render/findings-report.ts";
import { jsonText } from "./render/json-text.ts";
import { renderPlanMarkdown } from "./render/plan-markdown.ts";
import { renderPlanText } from "./render/plan-text.ts";
import { paintFor, plain } from "./render/style.ts";
import { addReportOption, type ReportOptions, writeReports } from "./report-option.ts";
import { tellingInvalid } from "./tell-invalid.ts";

const FORMATS = ["text", "markdown", "json", ...FINDINGS_FORMATS] as const;
type PlanFormat = "text" | "markdown" | "json" | FindingsFormat;

export interface PlanCommandOptions extends TreeOptions, SelectionOptions, OnlineOptions, ReportOptions<PlanFormat>, UsageOptions {
  readonly base?: string;
  readonly system?: readonly string[];
  readonly systemsFrom?: string;
  readonly format: PlanFormat;
  readonly all?: boolean;
}

export const command: CommandDefinition = {
  name: "plan",
  summary: "计划：申请改了什么、每月多少钱、是否通过 / What a change adds, touches and costs, and whether it passes",
  examples: [
    "npm run plan                                    # 与主分支比较 / compared with the main branch",
    "npm run plan -- --base none                     # 全部视为新增 / everything counts as new",
    "npm run plan -- --base none --system hrss/social-insurance",
    "npm run plan -- --base v1.2 --format markdown --out plan.md",
    "npm run plan -- --tree ../request --base . --format json --at 2025-08-01",
    "npm run plan -- --format sarif --out findings.sarif",
    "npm run plan -- --report json=plan.json --report markdown=plan.md",
    "npm run plan -- --online --save /tmp/plan       # 由引擎对照云上现状计划 / the engine's own plan, against the cloud",
    "npm run plan -- --online --cloud none --system hrss/social-insurance",
    "npm run plan -- --usage https://prometheus.example   # 扩容按上月使用率审查 / growth held against last month's use",
    "npm run plan -- --select price --skip price/no-price-above-ceiling",
  ],
  configure: (parser) => {
    addSelectionOptions(
      addOutOption(
        addReportOption(addUsageOptions(addEngineOptions(addTreeOptions(parser))), FORMATS)
          .option("--online", "由引擎（OpenTofu 或 Terraform）对照状态计划 / let the engine plan, against its state")
          .addOption(
            new Option("--cloud <cloud>", "none：不连云、空状态、不要口令 / none: empty state, no credentials, no connection")
              .choices(["pool", "none"])
              .default("pool", "those of catalog/pools.yaml"),
          )
          .option("--save <folder>", "保存引擎的计划，供 apply 执行 / save the engine's plans for apply")
          .option(
            "--base <revision|folder|none>",
            "与什么比较，默认与主分支的共同祖先 / what to compare with, default: the merge base with the main branch",
          )
          .option(
            "--system <id...>",
            "只看这些系统，给出明细；加 --online 时只计划它们 / show these systems only, in full; with --online plan them alone",
            collect,
          )
          .option(
            "--systems-from <file>",
            "只审、只计划文件里的这些系统，一行一个；供流水线的作业使用 / judge and plan the systems of a file alone, one a line: for a pipeline's jobs",
          )
          .option("--all", "不变的系统也列出 / list unchanged systems too")
          .addOption(new Option("--format <format>", FORMATS_WORDS).choices(FORMATS).default("text")),
      ),
    );
  },
  run: tellingInvalid("plan", run),
};

/** Plans the tree of the options and prints the plan; 2 where it is refused. */
async function run(options: PlanCommandOptions): Promise<number> {
  const { lang } = options;
  const selection = readSelection(options);
  if (selection !== undefined && options.save !== undefined)
    throw new InvalidRequest(
      text(
        "--select、--skip 的计划只审了一部分，不能用 --save 保存来执行",
        "Cannot save a plan made with --select or --skip: not every policy judged it, so it must not be applied",
      ),
    );
  const at = readDay(options.at);
  const { head, waivers } = readRequest(headTree(options), { program: REPOSITORY }, treeFolder(options));
  const baseTree = readBase(options.base, treeFolder(options));
  const base = baseTree === undefined ? undefined : readCheckedBase(baseTree);
  const usage = await readMeasuredMonth(options, { head, base, at, folder: treeFolder(options) });
  const scope = {
    at,
    base,
    ...(usage === undefined ? {} : { usage }),
    // What was merged was reviewed; a plan of several merges is no request that mixes them.
    ...(options.online === true ? {} : { otherFiles: otherFiles(treeFolder(options), baseTree) }),
    all: options.all === true,
    waivers,
    ...systemsAskedFor(options),
  };
  const online = await planWithEngine(head, options, scope);
  const judged = buildPlan(head, online === undefined ? scope : { ...scope, engine: online.views });
  const plan = selectFindings(judged, selection);
  const outcome = withSelection(withEngine(planResult(plan, lang, online?.saved), online, lang), selection);
  const result = withApprovals(outcome, readApprovalRules(REPOSITORY), lang);
  online?.finish(result, { head, base });
  const partial = selection === undefined ? undefined : partialSentence(selection, lang);
  const render = (format: PlanFormat, toFile: boolean) => {
    switch (format) {
      case "json":
        return jsonText(result);
      case "markdown":
        return `${partial === undefined ? "" : `> **${markdownSafe(partial)}**\n\n`}${renderPlanMarkdown(result, lang)}`;
      case "text": {
        const paint = toFile ? plain : paintFor(process.stdout);
        const words = renderPlanText(result, { lang, paint, detailed: options.system !== undefined });
        return `${partial === undefined ? "" : `${paint("warn", partial)}\n`}${words}`;
      }
      default:
        return renderFindings(findingsReport(plan, { command: "plan", lang, selection }), format);
    }
  };
  await writeReports(render, options);
  if (online !== undefined && online.failures.size > 0) return 1;
  return result.verdict === "refused" ? 2 : 0;
}

/** Systems by name are shown while all are judged; those of a file are all that is judged. */
function systemsAskedFor({ system, systemsFrom, all, online }: PlanCommandOptions): Pick<PlanOptions, "only" | "alone"> {
  // What the engine plans, apply applies: nothing beyond the systems that were named. Offline the others are judged all the same, and not shown.
  if (systemsFrom === undefined) return system === undefined ? {} : { only: new Set(system), alone: online === true };
  if (system !== undefined || all === true)
    throw new InvalidRequest(
      text(
        "--systems-from 不能与 --system、--all 同用",
        "Cannot use --systems-from beside --system or --all: the file says which systems are planned",
      ),
    );
  return { only: new Set(readSystemsFile(systemsFrom)), alone: true };
}

/** An online plan says who planned and what could not be planned; what nobody has seen is not accepted. */
function withEngine(result: PlanResult, online: EnginePlanned | undefined, lang: Lang): PlanResult {
  if (online === undefined) return result;
  const { engine, cloud, failures, views, unasked } = online;
  return {
    ...result,
    engine: {
      kind: engine.kind,
      version: engine.version,
      cloud,
      ...(cloud ? { asked: views.size - unasked.length, unasked } : {}),
      failures: [...failures].map(([system, { summary, remedy }]) => ({ system, message: summary[lang], remedy: remedy[lang] })),
    },
    verdict: failures.size > 0 ? "refused" : result.verdict,
  };
}

/** A partial plan says so, and its fingerprint approves nothing. */
function withSelection(result: PlanResult, selection: SelectionResult | undefined): PlanResult & { readonly selection?: SelectionResult } {
  return selection === undefined ? result : { ...result, selection, fingerprint: partialFingerprint(result.fingerprint, selection) };
}
