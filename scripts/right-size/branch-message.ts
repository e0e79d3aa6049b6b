import type { ComputeAdvice, GroupAdvice } from "../../catalog/sizing/advice.ts";
import { type Band, bandEdges, type ResourceUsageRules } from "../../catalog/sizing/bands.ts";
import { gbWords } from "../../catalog/sizing/gb-words.ts";
import { bandedPercentWords } from "../../catalog/sizing/percent-words.ts";
import { oneLine } from "../../catalog/source/visible-text.ts";
import type { Lang, Text } from "../../catalog/text.ts";
import { money } from "../plan/put-into-words.ts";
import { messageSafe } from "../render/escape.ts";
import { grouped, signed } from "../render/table.ts";
import type { PreparedEdit } from "./prepare-edits.ts";
import type { AdviceOnly } from "./size-edits.ts";

interface MessageFacts {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly rules: ResourceUsageRules;
  /** What the advice has for this system beside the edits. */
  readonly leftOut: readonly AdviceOnly[];
}

/** Name of the branch that holds a system's advice of a month. */
export function branchName(month: string, system: string): string {
  return `right-size/${month}/${system}`;
}

/** Title and body of the commit, and so of the merge request, for the people of a bureau: Chinese first, then English. */
export function branchMessage(edit: PreparedEdit, facts: MessageFacts): string {
  const { id, name } = edit.declaration;
  const title = `调整资源：${messageSafe(oneLine(name))}（${facts.month}）/ Right-size ${id}, ${facts.month}`;
  return `${[title, "", ...body(edit, facts, "zh"), "", "---", "", ...body(edit, facts, "en")].join("\n")}\n`;
}

function body({ declaration, groups, edits, monthly }: PreparedEdit, { month, rules, leftOut }: MessageFacts, lang: Lang): string[] {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const [before, after, delta] = [monthly.before, monthly.after, monthly.delta].map(money);
  const isReboot = edits.some(({ path }) => path.at(-1) !== "sizeGb");
  const name = messageSafe(oneLine(declaration.name));
  const titles = say(
    "| 服务器 | 资源 | 当月平均 | 合同的档位 | 每台由 → 到 |",
    "| Servers | Resource | Average of the month | Band of the contract | Each from → to |",
  );
  return [
    say(
      `“${name}”（${declaration.id}）在 ${month} 的资源使用率，按合同附件2 第7条应作如下调整。同意的话，批准并合并本申请即可；不同意请写明理由。`,
      `By its use in ${month}, Annex 2 §7 of the contract asks for these sizes of "${name}" (${declaration.id}). If you agree, approve and merge this request, and nothing else is needed; if not, say why.`,
    ),
    "",
    titles,
    "|---|---|---|---|---|",
    ...groups.flatMap((group) => evidence(group, edits, rules, lang)),
    "",
    say(
      `本系统每月（目录价）：${grouped(before ?? "")} 元 → ${grouped(after ?? "")} 元，${signed(delta ?? "")} 元。`,
      `The system a month (list price): ${grouped(before ?? "")} → ${grouped(after ?? "")} CNY, ${signed(delta ?? "")} CNY.`,
    ),
    ...(isReboot
      ? [
          say(
            "改核数或内存要重启这些服务器，数据和地址不变；请先约好时间。",
            "Another number of cores or GB restarts these servers; data and addresses stay. Agree on a time first.",
          ),
        ]
      : []),
    ...groups.flatMap(({ notes, group: { key } }) =>
      notesBeside(notes, key, leftOut).map((note) => `- ${key}: ${messageSafe(note[lang])}`),
    ),
    ...(leftOut.length === 0
      ? []
      : [
          "",
          say("只作建议、本申请没有改的（上面的金额不含这些）：", "Advice only, which this request leaves as it is (in no amount above):"),
          ...leftOut.map((each) => leftOutLine(each, lang)),
        ]),
  ];
}

/** Notes of a group but those that are told with what is left out. */
function notesBeside(notes: readonly Text[], key: string, leftOut: readonly AdviceOnly[]): Text[] {
  const told = new Set(leftOut.filter(({ group }) => group.key === key).flatMap(({ reasons }) => reasons.map(({ en }) => en)));
  return notes.filter(({ en }) => !told.has(en));
}

function leftOutLine({ group: { key, count }, now, target, reasons }: AdviceOnly, lang: Lang): string {
  const [what, colon, between] = lang === "zh" ? ["磁盘（GB/台）", "：", "；"] : ["disk (GB each)", ": ", "; "];
  return `- ${key} × ${count}, ${what} ${now} → ${target}${colon}${reasons.map((reason) => messageSafe(reason[lang])).join(between)}`;
}

/** A line of the table for every number that changes. */
function evidence(
  { group, cpu, memory, disk }: GroupAdvice,
  edits: PreparedEdit["edits"],
  rules: ResourceUsageRules,
  lang: Lang,
): string[] {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const servers = `${group.key} × ${group.count}`;
  const used = disk.usedGb === null ? "" : gbWords(disk.usedGb);
  return edits
    .filter(({ path }) => path[1] === group.key)
    .map(({ path, from, to }) => {
      const [what, ground] =
        path.at(-1) === "cpu"
          ? [say("CPU（核）", "CPU (cores)"), use(cpu, rules.cpu, lang)]
          : path.at(-1) === "memoryGb"
            ? [say("内存（GB）", "Memory (GB)"), use(memory, rules.memory, lang)]
            : [
                say(`数据盘 ${path[3]}（GB）`, `Data disk ${path[3]} (GB)`),
                [
                  say(`全部磁盘 ${disk.now} GB，用到 ${used} GB`, `${used} GB of ${disk.now} GB on all disks`),
                  say(messageSafe(rules.disk.printed), `use above ${rules.disk.above.toFixed()} %`),
                ],
              ];
      return `| ${[servers, what, ...ground, `${from} → ${to}`].join(" | ")} |`;
    });
}

function use({ percent, spread, band }: ComputeAdvice, bands: readonly Band[], lang: Lang): [string, string] {
  if (percent === null || band === null) return ["", ""];
  const words = (value: typeof percent) => `${bandedPercentWords(value, bands)}%`;
  const range =
    spread === null || spread.least.equals(spread.most)
      ? ""
      : lang === "zh"
        ? `（各台 ${words(spread.least)} 到 ${words(spread.most)}）`
        : ` (servers ${words(spread.least)} to ${words(spread.most)})`;
  return [
    `${words(percent)}${range}`,
    `${lang === "zh" ? messageSafe(band.printed) : `${bandEdges(band)} %`}: ${messageSafe(band.action[lang])}`,
  ];
}
