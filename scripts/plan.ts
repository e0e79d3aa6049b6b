import { Option } from "commander";
import type { CommandDefinition } from "./command.ts";
import { addOutOption, addTreeOptions, collect, REPOSITORY, readDay, readHead, type TreeOptions, treeFolder } from "./options.ts";
import { writeResult } from "./output.ts";
import { readBase } from "./plan/base.ts";
import { buildPlan } from "./plan/build-plan.ts";
import { planResult } from "./plan/put-into-words.ts";
import { readCheckedBase } from "./plan/read-tree.ts";
import { readWaiverFiles } from "./plan/read-waiver-files.ts";
import { renderPlanMarkdown } from "./render/plan-markdown.ts";
import { renderPlanText } from "./render/plan-text.ts";
import { paintFor, plain } from "./render/style.ts";

export interface PlanCommandOptions extends TreeOptions {
  readonly base?: string;
  readonly system?: readonly string[];
  readonly format: "text" | "markdown" | "json";
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
  ],
  configure: (parser) => {
    addOutOption(
      addTreeOptions(parser)
        .option(
          "--base <revision|folder|none>",
          "与什么比较，默认与主分支的共同祖先 / what to compare with, default: the merge base with the main branch",
        )
        .option("--system <id...>", "只看这些系统，给出明细 / show these systems only, in full", collect)
        .option("--all", "不变的系统也列出 / list unchanged systems too")
        .addOption(new Option("--format <format>", "输出格式 / output format").choices(["text", "markdown", "json"]).default("text")),
    );
  },
  run,
};

/** Plans the tree of the options and prints the plan; 2 where it is refused. */
function run(options: PlanCommandOptions): number {
  const at = readDay(options.at);
  const head = readHead(options);
  const baseTree = readBase(options.base, treeFolder(options));
  const built = buildPlan(head, {
    at,
    base: baseTree === undefined ? undefined : readCheckedBase(baseTree),
    all: options.all === true,
    waivers: readWaiverFiles(head, { program: REPOSITORY }),
    ...(options.system === undefined ? {} : { only: new Set(options.system) }),
  });
  const result = planResult(built, options.lang);
  switch (options.format) {
    case "json":
      writeResult(`${JSON.stringify(result, null, 2)}\n`, options.out);
      break;
    case "markdown":
      writeResult(renderPlanMarkdown(result, options.lang), options.out);
      break;
    case "text":
      writeResult(
        renderPlanText(result, {
          lang: options.lang,
          paint: options.out === undefined ? paintFor(process.stdout) : plain,
          detailed: options.system !== undefined,
        }),
        options.out,
      );
      break;
  }
  return result.verdict === "refused" ? 2 : 0;
}
