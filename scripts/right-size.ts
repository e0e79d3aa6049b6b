import { Option } from "commander";
import { monthBefore, readMonth } from "../catalog/sizing/calendar-month.ts";
import { InvalidRequest } from "../catalog/source/diagnostic.ts";
import { text } from "../catalog/text.ts";
import type { CommandDefinition } from "./command.ts";
import { addOutOption, addTreeOptions, collect, readDay, readHead, type TreeOptions, treeFolder } from "./options.ts";
import { writeResult } from "./output.ts";
import { checkKnown } from "./plan/known-systems.ts";
import type { CheckedTree } from "./plan/read-tree.ts";
import { renderChanges } from "./render/changes-text.ts";
import { jsonText } from "./render/json-text.ts";
import { renderReview, renderReviewMarkdown } from "./render/review-text.ts";
import { renderRightSizeCsv } from "./render/right-size-csv.ts";
import { renderRightSizeMarkdown } from "./render/right-size-markdown.ts";
import { renderRightSize } from "./render/right-size-text.ts";
import { paintFor, plain } from "./render/style.ts";
import { buildReview, monthAfter } from "./right-size/build-review.ts";
import { buildRightSize, type RightSize } from "./right-size/build-right-size.ts";
import { type ChangeMode, type ChangesResult, carryOut } from "./right-size/changes.ts";
import { prepareEdits } from "./right-size/prepare-edits.ts";
import { rightSizeResult } from "./right-size/put-into-words.ts";
import { reviewResult } from "./right-size/review-result.ts";
import { readMonthSizes } from "./right-size/settle-advice.ts";
import { tellingInvalid } from "./tell-invalid.ts";
import { readUsage } from "./usage/read-usage.ts";

interface RightSizeCommandOptions extends TreeOptions {
  readonly month?: string;
  readonly review?: string;
  readonly usage?: readonly string[];
  readonly system?: readonly string[];
  readonly format: "text" | "markdown" | "json" | "csv" | "html";
  readonly write?: true;
  readonly branch?: true;
}

export const command: CommandDefinition = {
  name: "right-size",
  summary: "资源调整建议：按当月使用率，哪些服务器该增、该减 / Which servers a month's use says to grow or shrink (Annex 2 §7)",
  examples: [
    "npm run right-size -- --usage https://prometheus.example             # 最近结束的一个月 / the last month that has ended",
    "npm run right-size -- --month 2026-01 --at 2026-02-02 --usage https://prometheus.example",
    "npm run right-size -- --month 2026-01 --at 2026-02-02 --usage usage.csv --system hrss/job-service",
    "npm run right-size -- --month 2026-01 --at 2026-02-02 --usage usage.csv --format csv --out advice.csv --lang zh",
    "npm run right-size -- --month 2026-01 --at 2026-02-02 --usage usage.csv --format html --out advice.html",
    "npm run right-size -- --month 2026-01 --at 2026-02-02 --usage usage.csv --write     # 改申请文件 / edits the declarations",
    "npm run right-size -- --month 2026-01 --at 2026-02-02 --usage usage.csv --branch    # 每个系统一个分支 / a branch for each system",
    "npm run right-size -- --review 2026-01 --at 2026-03-02 --usage january.csv february.csv",
  ],
  configure: (parser) => {
    addOutOption(addTreeOptions(parser))
      .option(
        "--month <month>",
        "哪一个月（上海时间），如 2026-01，须已结束，默认最近的一个 / calendar month in Asia/Shanghai that has ended, default: the last one",
      )
      .addOption(
        new Option(
          "--review <month>",
          "看这个月的建议成效如何：与下个月的使用率对照 / did the advice of this month help: held against the use of the next",
        ).conflicts(["month", "write", "branch"]),
      )
      .option(
        "--usage <url|file...>",
        "Prometheus 接口的地址，或 CSV 文件（--review 要两个：当月和下月），默认取环境变量 GOVCLOUD_USAGE / where Prometheus's HTTP API is, or a CSV file (system,server,index,from,to,cpuPercent,memoryPercent,diskUsedGb,coverage); two of them for --review: of the month and of the next; default: GOVCLOUD_USAGE in the environment",
        (value: string, earlier: readonly string[] = []) => [...earlier, value],
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
  run: async (options: RightSizeCommandOptions) => await (options.review === undefined ? adviseOrTell : reviewOrTell)(options),
};

const adviseOrTell = tellingInvalid("right-size", run);
const reviewOrTell = tellingInvalid("right-size-review", runReview);

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
  const { catalogue, declarations } = head;
  const at = readDay(options.at);
  const only = systemsOf(head, options);
  const month = options.month === undefined ? monthBefore(at) : readMonth(options.month);
  const [spec, another] = placesOfUse(options);
  if (another !== undefined) throw wrongCall("--month 只用一个 --usage：地址或文件", "--month takes one --usage, an address or a file");
  const usage = await readUsage(spec, { month: month.key, at, declarations, queries: catalogue.usageQueries });
  const sizes = readMonthSizes(treeFolder(options), month);
  return buildRightSize(head, usage, { at, sizes, ...(only === undefined ? {} : { only }) });
}

/** Tells what became of a month's advice. */
async function runReview(options: RightSizeCommandOptions): Promise<number> {
  const { review = "", lang, format, out } = options;
  if (format === "csv" || format === "html")
    throw wrongCall("--review 的格式是 text、markdown 或 json", "--review is written as text, markdown or json");
  const at = readDay(options.at);
  const head = readHead(options);
  const { catalogue, declarations } = head;
  const month = readMonth(review);
  const [first, second, another] = placesOfUse(options);
  if (another !== undefined || (second === undefined && !first.includes("://")))
    throw wrongCall(
      "--review 要两个月的使用率：--usage 当月.csv 下月.csv，或一个地址",
      "--review wants the use of two months: --usage MONTH.csv NEXT.csv, or one address",
    );
  const read = async (spec: string, of: string) => await readUsage(spec, { month: of, at, declarations, queries: catalogue.usageQueries });
  const usage = { month: await read(first, month.key), next: await read(second ?? first, monthAfter(month).key) };
  const result = reviewResult(buildReview(head, usage, { at, folder: treeFolder(options), only: systemsOf(head, options) }));
  const paint = out === undefined ? paintFor(process.stdout) : plain;
  const words =
    format === "json"
      ? jsonText(result)
      : format === "markdown"
        ? renderReviewMarkdown(result, lang)
        : renderReview(result, { lang, paint });
  writeResult(words, out);
  return 0;
}

/** Where use is read from. A pipeline hands on a variable that nobody defined as an empty one. */
function placesOfUse({ usage }: RightSizeCommandOptions): readonly [string, ...string[]] {
  const [first = process.env["GOVCLOUD_USAGE"] ?? "", ...more] = usage ?? [];
  if (first !== "") return [first, ...more];
  throw wrongCall(
    "不知道从哪里取使用率，请用 --usage 指定地址或文件，或设环境变量 GOVCLOUD_USAGE",
    "wanted where use is read from, --usage with an address or a file, or GOVCLOUD_USAGE in the environment",
  );
}

function systemsOf({ declarations }: CheckedTree, { system }: RightSizeCommandOptions): ReadonlySet<string> | undefined {
  const ids = declarations.systems.map(({ id }) => id);
  return checkKnown(system === undefined ? undefined : new Set(system), ids);
}

function wrongCall(zh: string, en: string): InvalidRequest {
  return new InvalidRequest(text(zh, `Cannot run right-size: ${en}`));
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
      return jsonText(result);
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
