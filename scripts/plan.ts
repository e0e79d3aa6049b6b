import { Option } from "commander";
import { InvalidRequest } from "../catalog/source/diagnostic.ts";
import { type Lang, text } from "../catalog/text.ts";
import type { CommandDefinition } from "./command.ts";
import { addEngineOptions } from "./engine/engine-options.ts";
import { addOutOption, addTreeOptions, collect, headTree, REPOSITORY, readDay, type TreeOptions, treeFolder } from "./options.ts";
import { writeResult } from "./output.ts";
import { readBase } from "./plan/base.ts";
import { buildPlan } from "./plan/build-plan.ts";
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
import { addUsageOptions, readMeasuredMonth, type UsageOptions } from "./plan/usage-options.ts";
import { type EnginePlanned, type OnlineOptions, planWithEngine } from "./plan/with-engine.ts";
import { markdownSafe } from "./render/escape.ts";
import { FINDINGS_FORMATS, type FindingsFormat, FORMATS_WORDS, renderFindings } from "./render/findings-formats.ts";
import { findingsReport } from "./render/findings-report.ts";
import { renderPlanMarkdown } from "./render/plan-markdown.ts";
import { renderPlanText } from "./render/plan-text.ts";
import { paintFor, plain } from "./render/style.ts";
import { tellingInvalid } from "./tell-invalid.ts";

export interface PlanCommandOptions extends TreeOptions, SelectionOptions, OnlineOptions, UsageOptions {
  readonly base?: string;
  readonly system?: readonly string[];
  readonly format: "text" | "markdown" | "json" | FindingsFormat;
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
    "npm run plan -- --online --save /tmp/plan       # 由引擎对照云上现状计划 / the engine's own plan, against the cloud",
    "npm run plan -- --online --cloud none --system hrss/social-insurance",
    "npm run plan -- --usage https://prometheus.example   # 扩容按上月使用率审查 / growth held against last month's use",
    "npm run plan -- --select price --skip price/no-price-above-ceiling",
  ],
  configure: (parser) => {
    addSelectionOptions(
      addOutOption(
        addUsageOptions(addEngineOptions(addTreeOptions(parser)))
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
          .option("--system <id...>", "只看这些系统，给出明细 / show these systems only, in full", collect)
          .option("--all", "不变的系统也列出 / list unchanged systems too")
          .addOption(
            new Option("--format <format>", FORMATS_WORDS).choices(["text", "markdown", "json", ...FINDINGS_FORMATS]).default("text"),
          ),
      ),
    );
  },
  run: tellingInvalid("plan", run),
};

/** Plans the tree of the options and prints the plan; 2 where it is refused. */
async function run(options: PlanCommandOptions): Promise<number> {
  const { lang, format, out } = options;
  const selection = readSelection(options);
  if (selection !== undefined && options.save !== undefined)
    throw new InvalidRequest(
      text(
        "--select、--skip 的计划只审了一部分，不能用 --save 保存来执行",
        "Cannot save a plan made with --select or --skip: not every policy judged it, so it must not be applied",
      ),
    );
  const at = readDay(options.at);
  const { head, waivers } = readRequest(headTree(options), { program: REPOSITORY });
  const baseTree = readBase(options.base, treeFolder(options));
  const base = baseTree === undefined ? undefined : readCheckedBase(baseTree);
  const usage = await readMeasuredMonth(options, { head, base, at, folder: treeFolder(options) });
  const scope = {
    at,
    base,
    ...(usage === undefined ? {} : { usage }),
    all: options.all === true,
    waivers,
    ...(options.system === undefined ? {} : { only: new Set(options.system) }),
  };
  const online = await planWithEngine(head, options, scope);
  const judged = buildPlan(head, online === undefined ? scope : { ...scope, engine: online.views });
  const plan = selectFindings(judged, selection);
  const result = withSelection(withEngine(planResult(plan, lang, online?.saved), online, lang), selection);
  online?.finish(result, { head, base });
  const partial = selection === undefined ? undefined : partialSentence(selection, lang);
  const paint = out === undefined ? paintFor(process.stdout) : plain;
  switch (format) {
    case "json":
      writeResult(`${JSON.stringify(result, null, 2)}\n`, out);
      break;
    case "markdown":
      writeResult(`${partial === undefined ? "" : `> **${markdownSafe(partial)}**\n\n`}${renderPlanMarkdown(result, lang)}`, out);
      break;
    case "text": {
      const words = renderPlanText(result, { lang, paint, detailed: options.system !== undefined });
      writeResult(`${partial === undefined ? "" : `${paint("warn", partial)}\n`}${words}`, out);
      break;
    }
    default:
      writeResult(await renderFindings(findingsReport(plan, { command: "plan", lang, selection }), format), out);
  }
  if (online !== undefined && online.failures.size > 0) return 1;
  return result.verdict === "refused" ? 2 : 0;
}

/** An online plan says who planned and what could not be planned; what nobody has seen is not accepted. */
function withEngine(result: PlanResult, online: EnginePlanned | undefined, lang: Lang): PlanResult {
  if (online === undefined) return result;
  const { engine, cloud, failures } = online;
  return {
    ...result,
    engine: {
      kind: engine.kind,
      version: engine.version,
      cloud,
      failures: [...failures].map(([system, { summary, remedy }]) => ({ system, message: summary[lang], remedy: remedy[lang] })),
    },
    verdict: failures.size > 0 ? "refused" : result.verdict,
  };
}

/** A partial plan says so, and its fingerprint approves nothing. */
function withSelection(result: PlanResult, selection: SelectionResult | undefined): PlanResult & { readonly selection?: SelectionResult } {
  return selection === undefined ? result : { ...result, selection, fingerprint: partialFingerprint(result.fingerprint, selection) };
}
