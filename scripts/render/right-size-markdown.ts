import type { Lang } from "../../catalog/text.ts";
import type { RightSizeResult } from "../right-size/result.ts";
import { markdownCode, markdownSafe } from "./escape.ts";
import { cell, fitting } from "./markdown-table.ts";
import { MAX_MARKDOWN } from "./plan-markdown.ts";
import {
  bandLegend,
  bandWords,
  citySentence,
  countSentence,
  deadlineSentence,
  detailSentences,
  diskUseWords,
  groupWords,
  leftOutName,
  type Say,
  sizeWords,
  useWords,
} from "./right-size-words.ts";
import { grouped, signed } from "./table.ts";

/** Rows of each table that a comment has room for. */
const MAX_TABLE = Math.floor(MAX_MARKDOWN / 5);

/** Renders a month's advice as a comment or a page, always under {@link MAX_MARKDOWN} characters; what no longer fits is counted. */
export function renderRightSizeMarkdown(result: RightSizeResult, lang: Lang): string {
  const say: Say = (zh, en) => (lang === "zh" ? zh : en);
  const { before, after, delta } = result.totals.all;
  const more = (all: readonly string[], kept: readonly string[]) =>
    kept.length === all.length
      ? []
      : [
          "",
          say(`_另有 ${all.length - kept.length} 行，见 JSON 结果_`, `_${all.length - kept.length} more rows stand in the JSON result_`),
        ];
  const rows = (all: readonly string[]) => {
    const kept = fitting(all, MAX_TABLE);
    return [...kept, ...more(all, kept)];
  };
  const lines = [
    say(`## ${result.month} 资源调整建议`, `## Right-sizing advice for ${result.month}`),
    "",
    say(
      `**每月目录价 ${grouped(before)} → ${grouped(after)} 元（${signed(delta)}）**`,
      `**List price ${grouped(before)} → ${grouped(after)} CNY a month (${signed(delta)})**`,
    ),
    "",
    ...[
      countSentence(result, say),
      citySentence(result.city, say),
      ...(result.city.below.length > 0 ? [result.city.consequence] : []),
      deadlineSentence(result, say),
    ].map((sentence) => `- ${markdownSafe(sentence)}`),
    "",
    say(
      "| 服务器组 | CPU 平均 | 档 % | 核 | 内存平均 | 档 % | 内存 GB | 磁盘已用 GB | 磁盘 GB | 增减/月（元） |",
      "| Servers | CPU use | Band % | Cores | Memory use | Band % | Memory GB | Disk used GB | Disk GB | A month (CNY) |",
    ),
    "|---|--:|---|---|--:|---|---|--:|---|--:|",
    ...rows(result.servers.map((server) => serverRow(server, say))),
    "",
    ...bandLegend(result.servers, say).map((line) => `- ${markdownSafe(line)}`),
    ...section(say("依据与说明", "Grounds and remarks"), rows(result.servers.flatMap((server) => remarks(server, say)))),
    ...section(
      say(`没有建议（${result.leftOut.length}）`, `Without advice (${result.leftOut.length})`),
      rows(result.leftOut.map((each) => `- ${markdownCode(leftOutName(each))} ${cell(each.reason)}`)),
    ),
    ...section(say("金额合计", "Totals"), rows(totalRows(result, say))),
    ...result.notes.flatMap((note) => ["", cell(note)]),
    "",
    `<sub>${result.at} · ${markdownSafe(result.contract)}</sub>`,
  ];
  return `${lines.join("\n")}\n`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", `<details><summary>${markdownSafe(title)}</summary>`, "", ...lines, "", "</details>"];
}

function serverRow(server: RightSizeResult["servers"][number], say: Say): string {
  const { cpu, memory, disk, monthly } = server;
  const cells = [
    ...[cpu, memory].flatMap((each) => [useWords(each), bandWords(each), sizeWords(each, say)]),
    diskUseWords(disk),
    sizeWords(disk, say),
  ];
  return `| ${[markdownCode(groupWords(server)), ...cells.map(cell), signed(monthly.delta)].join(" | ")} |`;
}

function remarks(server: RightSizeResult["servers"][number], say: Say): string[] {
  const sentences = detailSentences(server, say);
  return sentences.length === 0 ? [] : [`- ${markdownCode(groupWords(server))} ${sentences.map(cell).join(say("；", "; "))}`];
}

function totalRows({ totals: { systems, bureaus, all } }: RightSizeResult, say: Say): string[] {
  if (systems.length === 0) return [];
  const row = (name: string, { before, after, delta }: typeof all) =>
    `| ${name} | ${grouped(before)} | ${grouped(after)} | ${signed(delta)} |`;
  return [
    say("| 目录价/月（元） | 现在 | 调整后 | 增减 |", "| List price a month (CNY) | Before | After | Difference |"),
    "|---|--:|--:|--:|",
    ...systems.map(({ system, monthly }) => row(markdownCode(system), monthly)),
    ...bureaus.map(({ name, monthly }) => row(cell(name), monthly)),
    row(`**${say("全部", "All")}**`, all),
  ];
}
