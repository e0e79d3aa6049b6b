import { Option } from "commander";
import { readMonth } from "../catalog/sizing/calendar-month.ts";
import type { CommandDefinition } from "./command.ts";
import { addOutOption, addTreeOptions, collect, readDay, readHead, type TreeOptions, treeFolder } from "./options.ts";
import { writeResult } from "./output.ts";
import { checkKnown } from "./plan/known-systems.ts";
import type { CheckedTree } from "./plan/read-tree.ts";
import { renderChanges } from "./render/changes-text.ts";
import { renderRightSizeCsv } from "./render/right-size-csv.ts";
import { renderRightSizeMarkdown } from "./render/right-size-markdown.ts";
import { renderRightSize } from "./render/right-size-text.ts";
import { paintFor, plain } from "./render/style.ts";
import { buildRightSize, type RightSize } from "./right-size/build-right-size.ts";
import { type ChangeMode, type ChangesResult, carryOut } from "./right-size/changes.ts";
import { prepareEdits } from "./right-size/prepare-edits.ts";
import { rightSizeResult } from "./right-size/put-into-words.ts";
import { readMonthSizes } from "./right-size/settle-advice.ts";
import { readUsage } from "./usage/read-usage.ts";

interface RightSizeCommandOptions extends TreeOptions {
  readonly month: string;
  readonly usage: string;
  readonly system?: readonly string[];
  readonly format: "text" | "markdown" | "json" | "csv" | "html";
  readonly write?: true;
  readonly branch?: true;
}

export const command: CommandDefinition = {
  name: "right-size",
  summary: "资源调整建议：按当月使用率，哪些服务器该增、该减 / Which servers a month's use says to grow or shrink (Annex 2 §7)",
  examples: [
    "npm run right-size -- --month 2026-10 --usage https://prometheus.example",
    "npm run right-size -- --month 2026-10 --usage usage.csv --system hrss/job-service",
    "npm run right-size -- --month 2026-10 --usage usage.csv --format csv --out advice.csv --lang zh",
    "npm run right-size -- --month 2026-10 --usage usage.csv --format html --out advice.html",
    "npm run right-size -- --month 2026-10 --usage usage.csv --write     # 改申请文件 / edits the declarations",
    "npm run right-size -- --month 2026-10 --usage usage.csv --branch    # 每个系统一个分支 / a branch for each system",
  ],
  configure: (parser) => {
    addOutOption(addTreeOptions(parser))
      .requiredOption("--month <month>", "哪一个月（上海时间），如 2026-10，须已结束 / calendar month in Asia/Shanghai, ended")
      .requiredOption(
        "--usage <url|file>",
        "Prometheus 接口的地址，或 CSV 文件 / where Prometheus's HTTP API is, or a CSV file (system,server,index,from,to,cpuPercent,memoryPercent,diskUsedGb,coverage)",
      )
      .option(
        "--system <id...>",
        "只列这些系统；全市平均仍按全部计算 / list these systems only; the city's averages stay those of all",
        collect,
      )
      .addOption(
        new Option("--format <format>", "输出格式 / output format").choices(["text", "markdown", "json", "csv", "html"]).default("text"),
      )
      .option(
        "--write",
        "把建议写进申请文件，只改规格；须没有未提交的改动 / write the advice into the declarations, sizes alone; wants no uncommitted changes",
      )
      .addOption(
        new Option(
          "--branch",
          "为每个系统建一个分支，不动当前分支和工作区 / make a branch for each system; the branch and work tree in use stay as they are",
        ).conflicts("write"),
      );
  },
  run,
};

/** Advises on everything declared by the use of a month, and prices it as on the day; 2 where a change that was asked for is refused. */
async function run(options: RightSizeCommandOptions): Promise<number> {
  const { lang, out } = options;
  const mode: ChangeMode | undefined = options.write ? "write" : options.branch ? "branch" : undefined;
  if (mode === undefined) {
    const head = readHead(options);
    const found = await advise(head, options);
    writeResult(await rendered(found, undefined, options), out);
    return 0;
  }
  const folder = treeFolder(options);
  const prepared = await prepareEdits(folder, readDay(options.at), async (head) => await advise(head, options));
  const changes = carryOut(mode, folder, prepared, lang);
  writeResult(await rendered(prepared.found, changes, options), out);
  return changes.refused.length > 0 ? 2 : 0;
}

async function advise(head: CheckedTree, options: RightSizeCommandOptions): Promise<RightSize> {
  const { month, usage: from, system } = options;
  const { catalogue, declarations } = head;
  const at = readDay(options.at);
  const ids = declarations.systems.map(({ id }) => id);
  const only = checkKnown(system === undefined ? undefined : new Set(system), ids);
  const usage = await readUsage(from, { month, at, declarations, queries: catalogue.usageQueries });
  const sizes = readMonthSizes(treeFolder(options), readMonth(month));
  return buildRightSize(head, usage, { at, sizes, ...(only === undefined ? {} : { only }) });
}

async function rendered(found: RightSize, changes: ChangesResult | undefined, options: RightSizeCommandOptions): Promise<string> {
  const { format, lang, out } = options;
  const result = rightSizeResult(found, lang, changes);
  const paint = out === undefined ? paintFor(process.stdout) : plain;
  // Formats with a shape of their own have no place for what became of the advice.
  if (changes !== undefined && format !== "json" && format !== "text")
    process.stderr.write(renderChanges(changes, { lang, paint: paintFor(process.stderr) }));
  switch (format) {
    case "json":
      return `${JSON.stringify(result, null, 2)}\n`;
    case "markdown":
      return renderRightSizeMarkdown(result, lang);
    case "csv":
      return renderRightSizeCsv(result, lang);
    case "html": {
      // The charts take a second to load.
      const { renderRightSizeHtml } = await import("./render/right-size-html.ts");
      return renderRightSizeHtml(result, { lang, rules: found.rules });
    }
    case "text":
      return renderRightSize(result, { lang, paint }) + (changes === undefined ? "" : `\n${renderChanges(changes, { lang, paint })}`);
  }
}
