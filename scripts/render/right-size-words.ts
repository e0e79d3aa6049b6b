import type { Factor } from "../../catalog/sizing/bands.ts";
import { type Text, text } from "../../catalog/text.ts";
import type {
  BandResult,
  CityResult,
  ComputeResult,
  DiskResult,
  LeftKind,
  OverallVerdict,
  RightSizeResult,
  ServerResult,
} from "../right-size/result.ts";

/** Why a size stays, in a cell's width. */
const LEFT_WORDS: Readonly<Record<LeftKind, Text>> = {
  keep: text("保持", "keep"),
  exempt: text("豁免", "exempt"),
  "at-limit": text("已到限度", "at limit"),
  exiting: text("退出中", "exiting"),
  "not-measured": text("数据不足", "no data"),
  fits: text("合适", "fits"),
  "beyond-size": text("超过申报", "over declared"),
  followed: text("已照办", "followed"),
  changed: text("已另改", "changed since"),
  swing: text("来回变动", "up and down"),
};

export type Say = (zh: string, en: string) => string;

/** A server group's name with how many there are: `hrss/social app ×3`. */
export function groupWords({ system, server, count }: Pick<ServerResult, "system" | "server" | "count">): string {
  return `${system} ${server}${count === 1 ? "" : ` ×${count}`}`;
}

/** `8 → 4`, or the size with why it stays: `8 keep`. */
export function sizeWords({ now, target, leftKind }: ComputeResult | DiskResult, say: Say): string {
  if (leftKind === null) return `${now} → ${target}`;
  const { zh, en } = LEFT_WORDS[leftKind];
  return `${now} ${say(zh, en)}`;
}

/** The average, with the spread where several servers share it: `42.5 (40–45)`. */
export function useWords({ percent, spread, measured }: ComputeResult): string {
  if (percent === null) return "—";
  return measured > 1 && spread !== null ? `${percent}% (${spread.least}–${spread.most})` : `${percent}%`;
}

/** What is used, with its share of the size: `52 (86.6667%)`. */
export function diskUseWords({ usedGb, percent }: DiskResult): string {
  return usedGb === null ? "—" : `${usedGb} (${percent}%)`;
}

/** The band that a figure lies in, in a cell's width: `≥50,<70`. */
export function bandWords({ band }: ComputeResult): string {
  return band === null ? "—" : compact(band);
}

function compact({ range }: BandResult): string {
  return range.replaceAll(" ", "");
}

const FACTORS: readonly Factor[] = ["3", "2", "1", "1/2", "1/4"];

/** What the bands in the rows ask for, each with its clause, highest first: `CPU ≥30,<50 %: keep, Annex 2 7.2`. */
export function bandLegend(servers: readonly ServerResult[], say: Say): string[] {
  const line = (resource: string, band: BandResult) =>
    say(`${resource} ${compact(band)}%：${band.action}，${band.clause}`, `${resource} ${compact(band)} %: ${band.action}, ${band.clause}`);
  const compute = (resource: string, all: readonly ComputeResult[]) =>
    FACTORS.flatMap((factor) => all.find((each) => each.factor === factor)?.band ?? []).map((band) => line(resource, band));
  const disk = servers.find(({ disk: { percent } }) => percent !== null)?.disk;
  return [
    ...compute(
      "CPU",
      servers.map(({ cpu }) => cpu),
    ),
    ...compute(
      say("内存", "memory"),
      servers.map(({ memory }) => memory),
    ),
    ...(disk === undefined ? [] : [line(say("磁盘", "disk"), disk.band)]),
  ];
}

/** Everything that has to be said of a group beside its row: its bands where it changes, why it stays where that is no band, damage, notes. */
export function detailSentences(server: ServerResult, say: Say): string[] {
  const colon = say("：", ": ");
  const resources = [
    ["CPU", server.cpu],
    [say("内存", "memory"), server.memory],
  ] as const;
  const bands = resources.flatMap(([name, { band, left, target, now }]) =>
    band === null || left !== null
      ? []
      : [`${name}${colon}${band.clause} ${say(band.printed, `${band.range} %`)}${colon}${band.action}${say("，", ", ")}${now} → ${target}`],
  );
  const sized: readonly (readonly [string, ComputeResult | DiskResult])[] = [...resources, [say("磁盘", "disk"), server.disk]];
  const kept = sized.filter(([, { leftKind }]) => leftKind !== null && leftKind !== "keep" && leftKind !== "fits");
  // One reason for all three is told once.
  const reasons = [...Map.groupBy(kept, ([, { left }]) => left ?? "")].map(
    ([reason, own]) => `${own.map(([name]) => name).join(say("、", ", "))}${colon}${reason}`,
  );
  // What another size of a disk does stands in the notes.
  const damage = server.damage.includes("reboot") ? [say("改核数、内存要重启", "a new number of cores or GB is a reboot")] : [];
  return [...bands, ...reasons, ...damage, ...server.notes];
}

/** What the overall averages come to: below where one surely is, met where both surely are. */
export function cityVerdict({ verdict: { cpu, memory } }: CityResult): OverallVerdict {
  if (cpu === "below" || memory === "below") return "below";
  return cpu === "met" && memory === "met" ? "met" : "unknown";
}

const SIGNS: Readonly<Record<OverallVerdict, string>> = { met: "✔", below: "✘", unknown: "?" };

/** The overall averages against what is required, and what lies below it. */
export function citySentence(city: CityResult, say: Say): string {
  const { cpuPercent, memoryPercent, required, withoutExempt, measured } = city;
  const words = (percent: string | null) => (percent === null ? say("没有数据", "no data") : `${percent}%`);
  const sign = SIGNS[cityVerdict(city)];
  return say(
    `${sign} 全市平均：CPU ${words(cpuPercent)}，内存 ${words(memoryPercent)}（须不低于 ${required}%；不含豁免系统为 ${words(withoutExempt.cpuPercent)}、${words(withoutExempt.memoryPercent)}；测得 ${measured.cores}/${measured.ofCores} 核、${measured.memoryGb}/${measured.ofMemoryGb} GB）`,
    `${sign} City-wide averages: CPU ${words(cpuPercent)}, memory ${words(memoryPercent)} (required ${required}% or more; without exempt systems ${words(withoutExempt.cpuPercent)} and ${words(withoutExempt.memoryPercent)}; measured ${measured.cores} of ${measured.ofCores} cores, ${measured.memoryGb} of ${measured.ofMemoryGb} GB)`,
  );
}

/** When the advice is due. */
export function deadlineSentence({ deadline: { workingDays, on, isPast, clause } }: RightSizeResult, say: Say): string {
  if (on === null)
    return say(
      `须在次月前 ${workingDays} 个工作日内提交（${clause}），日历尚未公布`,
      `Due within the first ${workingDays} working days of the next month (${clause}); its calendar is not published`,
    );
  return say(
    `须在 ${on} 前（次月前 ${workingDays} 个工作日内）提交（${clause}）${isPast === true ? "，已过期" : ""}`,
    `Due by ${on}, within the first ${workingDays} working days of the next month (${clause})${isPast === true ? ": that day is past" : ""}`,
  );
}

/** Which server a line of what is left out is of. */
export function leftOutName({ system, server, index }: RightSizeResult["leftOut"][number]): string {
  return index === null ? `${system} ${server}` : `${system} ${server}-${index}`;
}

/** Counts of what the advice changes. */
export function countSentence({ servers, leftOut }: RightSizeResult, say: Say): string {
  const changed = servers.filter(({ cpu, memory, disk }) => [cpu, memory, disk].some(({ left }) => left === null)).length;
  return say(
    `${servers.length} 组服务器：建议调整 ${changed} 组，不动 ${servers.length - changed} 组；另有 ${leftOut.length} 项没有建议`,
    `server groups: ${servers.length}; to change: ${changed}; left alone: ${servers.length - changed}; without advice: ${leftOut.length}`,
  );
}
