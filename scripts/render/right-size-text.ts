import type { Lang } from "../../catalog/text.ts";
import type { RightSizeResult } from "../right-size/result.ts";
import { terminalSafe } from "./escape.ts";
import {
  bandLegend,
  bandWords,
  citySentence,
  cityVerdict,
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
import type { Paint } from "./style.ts";
import { type Column, grouped, signed, table } from "./table.ts";

/** Renders a month's advice for people: the city's averages, each group's row, what has to be said of it, and the money. */
export function renderRightSize(result: RightSizeResult, { lang, paint }: { readonly lang: Lang; readonly paint: Paint }): string {
  const say: Say = (zh, en) => (lang === "zh" ? zh : en);
  const sections = [
    heading(result, { say, paint }),
    serversTable(result, { say, paint }),
    details(result, { say, paint }),
    leftOut(result, { say, paint }),
    totals(result, { say, paint }),
    result.notes.map(terminalSafe),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

interface Context {
  readonly say: Say;
  readonly paint: Paint;
}

function heading(result: RightSizeResult, { say, paint }: Context): string[] {
  const { city, month, at, contract } = result;
  const { before, after, delta } = result.totals.all;
  const money = say(
    `每月目录价 ${grouped(before)} → ${grouped(after)} 元（${signed(delta)}）`,
    `list price ${grouped(before)} → ${grouped(after)} CNY a month (${signed(delta)})`,
  );
  const tone = ({ met: "good", below: "bad", unknown: "warn" } as const)[cityVerdict(city)];
  return [
    `${paint("strong", say(`${month} 资源调整建议`, `Right-sizing advice for ${month}`))}  ${money}`,
    paint(
      "dim",
      `${say(`按 ${at} 的价格`, `prices of ${at}`)} · ${say("合同", "contract")} ${terminalSafe(contract)} · ${countSentence(result, say)}`,
    ),
    paint(tone, citySentence(city, say)),
    ...(city.below.length > 0 ? [paint(tone, city.consequence)] : []),
    paint(result.deadline.isPast === true ? "warn" : "dim", deadlineSentence(result, say)),
  ];
}

function serversTable({ servers }: RightSizeResult, { say, paint }: Context): string[] {
  if (servers.length === 0) return [];
  const columns: Column[] = [
    { title: say("服务器组", "Servers") },
    { title: say("CPU 平均", "CPU use"), align: "right" },
    { title: say("档 %", "Band %") },
    { title: say("核", "Cores") },
    { title: say("内存平均", "Memory use"), align: "right" },
    { title: say("档 %", "Band %") },
    { title: say("内存 GB", "Memory GB") },
    { title: say("磁盘已用 GB", "Disk used GB"), align: "right" },
    { title: say("磁盘 GB", "Disk GB") },
    { title: say("增减/月（元）", "A month (CNY)"), align: "right" },
  ];
  const rows = servers.map((server) =>
    [
      groupWords(server),
      useWords(server.cpu),
      bandWords(server.cpu),
      sizeWords(server.cpu, say),
      useWords(server.memory),
      bandWords(server.memory),
      sizeWords(server.memory, say),
      diskUseWords(server.disk),
      sizeWords(server.disk, say),
      signed(server.monthly.delta),
    ].map(terminalSafe),
  );
  return [
    paint("strong", say("每组服务器（规格为每台，金额为整组）", "Server groups (sizes of each server, money of the group)")),
    ...table(columns, rows),
    ...bandLegend(servers, say).map((line) => paint("dim", terminalSafe(line))),
  ];
}

function details({ servers }: RightSizeResult, { say, paint }: Context): string[] {
  const told = servers.flatMap((server) => {
    const sentences = detailSentences(server, say);
    return sentences.length === 0 ? [] : [groupWords(server), ...sentences.map((sentence) => `  · ${sentence}`)].map(terminalSafe);
  });
  return told.length === 0 ? [] : [paint("strong", say("依据与说明", "Grounds and remarks")), ...told];
}

function leftOut(result: RightSizeResult, { say, paint }: Context): string[] {
  if (result.leftOut.length === 0) return [];
  const lines = result.leftOut.map((each) => terminalSafe(`${leftOutName(each)}: ${each.reason}`));
  return [paint("strong", say("没有建议", "Without advice")), ...lines];
}

function totals({ totals: { systems, bureaus, all } }: RightSizeResult, { say, paint }: Context): string[] {
  if (systems.length === 0) return [];
  const columns: Column[] = [
    { title: say("合计（目录价/月，元）", "Totals (list price a month, CNY)") },
    { title: say("现在", "Before"), align: "right" },
    { title: say("调整后", "After"), align: "right" },
    { title: say("增减", "Difference"), align: "right" },
  ];
  const row = (name: string, { before, after, delta }: typeof all) => [terminalSafe(name), grouped(before), grouped(after), signed(delta)];
  const rows = [
    ...systems.map(({ system, monthly }) => row(system, monthly)),
    null,
    ...bureaus.map(({ name, monthly }) => row(name, monthly)),
    null,
    row(say("全部", "All"), all),
  ];
  return [paint("strong", say("金额", "Money")), ...table(columns, rows)];
}
