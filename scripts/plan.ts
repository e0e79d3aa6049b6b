import { Option } from "commander";
import type { CommandDefinition } from "./command.ts";
import { addOutOption, addTreeOptions, collect, REPOSITORY, readDay, readHead, type TreeOptions, treeFolder } from "./options.ts";
import { writeResult } from "./output.ts";
import { readBase } from "./plan/base.ts";
import { buildPlan } from "./plan/build-plan.ts";
import { planResult } from "./plan/put-into-words.ts";
import { readCheckedBase } from "./plan/read-tree.ts";
import { readWaiverFiles } from "./plan/read-waiver-files.ts";
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
import { markdownSafe } from "./render/escape.ts";
import { FINDINGS_FORMATS, type FindingsFormat, FORMATS_WORDS, renderFindings } from "./render/findings-formats.ts";
import { findingsReport } from "./render/findings-report.ts";
import { renderPlanMarkdown } from "./render/plan-markdown.ts";
import { renderPlanText } from "./render/plan-text.ts";
import { paintFor, plain } from "./render/style.ts";

export interface PlanCommandOptions extends TreeOptions, SelectionOptions {
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
    "npm run plan -- --select price --skip price/no-price-above-ceiling",
  ],
  configure: (parser) => {
    addSelectionOptions(
      addOutOption(
        addTreeOptions(parser)
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
  run,
};

/** Plans the tree of the options and prints the plan; 2 where it is refused. */
async function run(options: PlanCommandOptions): Promise<number> {
  const { lang, format, out } = options;
  const selection = readSelection(options);
  const at = readDay(options.at);
  const head = readHead(options);
  const baseTree = readBase(options.base, treeFolder(options));
  const judged = buildPlan(head, {
    at,
    base: baseTree === undefined ? undefined : readCheckedBase(baseTree),
    all: options.all === true,
    waivers: readWaiverFiles(head, { program: REPOSITORY }),
    ...(options.system === undefined ? {} : { only: new Set(options.system) }),
  });
  const plan = selectFindings(judged, selection);
  const result = withSelection(planResult(plan, lang), selection);
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
  return result.verdict === "refused" ? 2 : 0;
}

/** A partial plan says so, and its fingerprint approves nothing. */
function withSelection(result: PlanResult, selection: SelectionResult | undefined): PlanResult & { readonly selection?: SelectionResult } {
  return selection === undefined ? result : { ...result, selection, fingerprint: partialFingerprint(result.fingerprint, selection) };
}
