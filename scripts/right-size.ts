import { Option } from "commander";
import { readDay } from "../catalog/day.ts";
import type { Lang } from "../catalog/text.ts";
import type { CommandDefinition } from "./command.ts";
import { addOutOption, addTreeOptions, collect, readHead, type TreeOptions } from "./options.ts";
import { writeResult } from "./output.ts";
import { checkKnown } from "./plan/known-systems.ts";
import { renderRightSizeCsv } from "./render/right-size-csv.ts";
import { renderRightSizeMarkdown } from "./render/right-size-markdown.ts";
import { renderRightSize } from "./render/right-size-text.ts";
import { paintFor, plain } from "./render/style.ts";
import { buildRightSize } from "./right-size/build-right-size.ts";
import { rightSizeResult } from "./right-size/put-into-words.ts";
import type { RightSizeResult } from "./right-size/result.ts";
import { readUsage } from "./usage/read-usage.ts";

interface RightSizeCommandOptions extends TreeOptions {
  readonly month: string;
  readonly usage: string;
  readonly system?: readonly string[];
  readonly format: "text" | "markdown" | "json" | "csv";
}

export const command: CommandDefinition = {
  name: "right-size",
  summary: "资源调整建议：按当月使用率，哪些服务器该增、该减 / Which servers a month's use says to grow or shrink (Annex 2 §7)",
  examples: [
    "npm run right-size -- --month 2026-10 --usage https://prometheus.example",
    "npm run right-size -- --month 2026-10 --usage usage.csv --system hrss/job-service",
    "npm run right-size -- --month 2026-10 --usage usage.csv --format csv --out advice.csv --lang zh",
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
      .addOption(new Option("--format <format>", "输出格式 / output format").choices(["text", "markdown", "json", "csv"]).default("text"));
  },
  run,
};

/** Advises on everything declared by the use of a month, and prices it as on the day. */
async function run(options: RightSizeCommandOptions): Promise<number> {
  const { lang, format, out, month } = options;
  const at = readDay(options.at);
  const head = readHead(options);
  const ids = head.declarations.systems.map(({ id }) => id);
  const only = checkKnown(options.system === undefined ? undefined : new Set(options.system), ids);
  const usage = await readUsage(options.usage, { month, at, declarations: head.declarations, queries: head.catalogue.usageQueries });
  const found = buildRightSize(head, usage, { at, ...(only === undefined ? {} : { only }) });
  writeResult(rendered(rightSizeResult(found, lang), format, { lang, out }), out);
  return 0;
}

function rendered(
  result: RightSizeResult,
  format: RightSizeCommandOptions["format"],
  { lang, out }: { readonly lang: Lang; readonly out: string | undefined },
): string {
  switch (format) {
    case "json":
      return `${JSON.stringify(result, null, 2)}\n`;
    case "markdown":
      return renderRightSizeMarkdown(result, lang);
    case "csv":
      return renderRightSizeCsv(result, lang);
    case "text":
      return renderRightSize(result, { lang, paint: out === undefined ? paintFor(process.stdout) : plain });
  }
}
