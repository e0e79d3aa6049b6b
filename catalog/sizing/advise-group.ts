import type { Decimal } from "decimal.js";
import { clauseWords } from "../clause-words.ts";
import type { Declaration, ServerGroup } from "../declaration.ts";
import type { Pool } from "../pool.ts";
import { type Text, text } from "../text.ts";
import { type ComputeAdvice, type DiskAdvice, diskGbOf, type GroupAdvice, type Left } from "./advice.ts";
import { type Band, bandEdges, bandOf, directionOf, diskStandard, type ResourceUsageRules } from "./bands.ts";
import type { CalendarMonth } from "./calendar-month.ts";
import { diskNotes } from "./disk-change.ts";
import { gbWords } from "./gb-words.ts";
import { type GroupFigure, type GroupServers, groupFigure, isCovered } from "./group-usage.ts";
import { type Target, targetDiskGb, targetSize } from "./target-size.ts";

/** What the advice for a group rests on besides its figures. */
export interface AdviceFacts {
  readonly rules: ResourceUsageRules;
  readonly pool: Pool;
  readonly month: CalendarMonth;
}

/** A size at the limit that its band points to stays. */
const NOTE_1 = "附件2 7.2 注1";
/** Emergency and security systems, and great events, are exempt. */
const NOTE_2 = "附件2 7.2 注2";

/** Bands that far apart ask for sizes of which one is at least four times the other. */
const WIDE = 2;

/** What a month's use of a group's servers says of their one size. Each resource is judged by itself; servers with too little data are not counted. */
export function adviseGroup(declaration: Declaration, group: ServerGroup, servers: GroupServers, facts: AdviceFacts): GroupAdvice {
  const covered = servers.filter(isCovered);
  const exempt = exemption(declaration, facts.month);
  const compute = (resource: "cpu" | "memory", values: readonly (Decimal | null)[]) =>
    adviseCompute(resource, { declaration, group, facts, exempt, values });
  const cpu = compute(
    "cpu",
    covered.map(({ cpuPercent }) => cpuPercent),
  );
  const memory = compute(
    "memory",
    covered.map(({ memoryPercent }) => memoryPercent),
  );
  const used = covered.map(({ diskUsedGb }) => diskUsedGb);
  const disk = adviseDisk(group, used, { facts, exempt, exiting: isExiting(declaration) });
  return { declaration, group, cpu, memory, disk, notes: notesOf(declaration, group, { cpu, memory, disk }, facts) };
}

/** A figure of fewer than half of a group's servers says too little of the others (reading). */
function enough(figure: GroupFigure | undefined, { count }: ServerGroup): GroupFigure | undefined {
  return figure !== undefined && figure.measured * 2 >= count ? figure : undefined;
}

/** Whether a system's exemption holds on some day from the first on. */
export function isExempt({ sizing }: Pick<Declaration, "sizing">, first: CalendarMonth["first"]): boolean {
  return sizing !== undefined && sizing.until >= first.toString();
}

/** Note 2: where the exemption holds on any day of the month, the month's average is of that time too and says nothing (reading). */
function exemption({ sizing }: Declaration, { first, last }: CalendarMonth): Left | undefined {
  if (sizing === undefined || !isExempt({ sizing }, first)) return undefined;
  const { exempt, until } = sizing;
  const part = until < last.toString();
  return {
    kind: "exempt",
    clause: NOTE_2,
    reason: text(
      `豁免（${exempt}），至 ${until} 止（${NOTE_2}）${part ? "：豁免期占了当月的一部分，当月平均值不作依据" : ""}`,
      `Exempt (${exempt}) until ${until} (${clauseWords(NOTE_2, "en")})${part ? ": it held for part of the month, whose average is no ground" : ""}`,
    ),
  };
}

interface Situation {
  readonly declaration: Declaration;
  readonly group: ServerGroup;
  readonly facts: AdviceFacts;
  readonly exempt: Left | undefined;
  readonly values: readonly (Decimal | null)[];
}

function adviseCompute(resource: "cpu" | "memory", { declaration, group, facts, exempt, values }: Situation): ComputeAdvice {
  const { rules, pool } = facts;
  const key = resource === "cpu" ? "cpu" : "memoryGb";
  const now = group[key];
  const figure = enough(groupFigure(values), group);
  if (figure === undefined) {
    const none = { percent: null, band: null, spread: null, isWide: false, isCut: false, measured: countKnown(values), now, target: now };
    return { ...none, left: exempt ?? noFigure(values, group) };
  }
  const bands = rules[resource];
  const band = bandOf(bands, figure.average);
  const found = {
    percent: figure.average,
    band,
    spread: { least: figure.least, most: figure.most },
    isWide: bands.indexOf(bandOf(bands, figure.least)) - bands.indexOf(bandOf(bands, figure.most)) >= WIDE,
    measured: figure.measured,
    now,
  };
  if (exempt !== undefined) return { ...found, target: now, left: exempt, isCut: false };
  if (isExiting(declaration) && directionOf(band.factor) === "grow") return { ...found, target: now, left: EXITING, isCut: false };
  const target = targetSize(now, band.factor, { smallest: pool.server.smallest[key], largest: pool.server.largest[key] });
  if (target.kind !== "change") return { ...found, target: now, left: leftAlone(target, band, resource, pool), isCut: false };
  return { ...found, target: target.size, left: null, isCut: target.cut };
}

function countKnown(values: readonly (Decimal | null)[]): number {
  return values.filter((value) => value !== null).length;
}

function leftAlone(target: Exclude<Target, { kind: "change" }>, band: Band, resource: "cpu" | "memory", pool: Pool): Left {
  if (target.kind === "keep") {
    return { kind: "keep", reason: text(`${band.printed}：保持`, `Band ${bandEdges(band)} %: keep`) };
  }
  const unit = resource === "cpu" ? text("核", target.limit === 1 ? "core" : "cores") : text("GB", "GB");
  const end = target.end === "largest" ? text("最高配置", "largest configuration") : text("最低配置", "smallest configuration");
  return {
    kind: "at-limit",
    clause: NOTE_1,
    reason: text(
      `已到资源池 ${pool.key} 的${end.zh} ${target.limit} ${unit.zh}，不适用（${NOTE_1}）`,
      `At the ${end.en} of pool ${pool.key}, ${target.limit} ${unit.en}: the rule does not apply (${clauseWords(NOTE_1, "en")})`,
    ),
  };
}

const NOT_MEASURED: Left = {
  kind: "not-measured",
  reason: text("当月测得的数据不足，不提建议", "Too little of the month was measured: no advice"),
};

/** Where the servers were measured long enough: it is this resource that has no figure, or has one of fewer than half of them. */
function noFigure(values: readonly (Decimal | null)[], { count }: ServerGroup): Left {
  const known = countKnown(values);
  if (values.length * 2 < count) return NOT_MEASURED;
  if (known === 0) return { kind: "not-measured", reason: text("没有测量，不提建议", "Not measured: no advice") };
  return {
    kind: "not-measured",
    reason: text(
      `${count} 台中只有 ${known} 台测到，不到一半，不提建议`,
      `Measured of only ${known} of ${count} servers, fewer than half: no advice`,
    ),
  };
}

/** More cannot be used than there is: the figure counts other disks than those declared, and a size by it would be wrong (reading). */
const BEYOND_SIZE: Left = {
  kind: "beyond-size",
  reason: text("测得的用量多于申报的容量，不提建议", "More was measured as used than is declared: no advice"),
};

const EXITING: Left = {
  kind: "exiting",
  reason: text("系统正在退出，不再增加资源", "The system is exiting and grows no more"),
};

function isExiting({ stage }: Declaration): boolean {
  return stage === "exiting";
}

function adviseDisk(
  group: ServerGroup,
  used: readonly (Decimal | null)[],
  { facts, exempt, exiting }: { readonly facts: AdviceFacts; readonly exempt: Left | undefined; readonly exiting: boolean },
): DiskAdvice {
  const now = diskGbOf(group);
  const figure = enough(groupFigure(used), group);
  if (figure === undefined)
    return { usedGb: null, leastUsedGb: null, measured: 0, now, target: now, left: exempt ?? noFigure(used, group) };
  const found = { usedGb: figure.most, leastUsedGb: figure.least, measured: figure.measured, now };
  if (exempt !== undefined) return { ...found, target: now, left: exempt };
  if (figure.most.greaterThan(now)) return { ...found, target: now, left: BEYOND_SIZE };
  // One size for all: the fullest server decides, so that none is given less than it uses.
  const target = targetDiskGb(figure.most, facts.rules.disk.above);
  if (target > now && exiting) return { ...found, target: now, left: EXITING };
  if (target !== now) return { ...found, target, left: null };
  return { ...found, target, left: { kind: "fits", reason: diskStandard(facts.rules.disk) } };
}

function notesOf(
  { stage }: Declaration,
  group: ServerGroup,
  { cpu, memory, disk }: Pick<GroupAdvice, "cpu" | "memory" | "disk">,
  { pool }: AdviceFacts,
): Text[] {
  const notes: Text[] = [];
  const { count } = group;
  const note = (zh: string, en: string) => notes.push(text(zh, en));
  for (const [zh, en, { isWide, isCut, measured, percent, target }] of [
    ["CPU", "CPU", cpu],
    ["内存", "Memory", memory],
  ] as const) {
    if (percent !== null && measured < count)
      note(
        `${zh}是 ${count} 台中有足够数据的 ${measured} 台的平均值`,
        `${en} is the average of the ${measured} of ${count} servers with enough data`,
      );
    if (isWide)
      note(
        `各台的${zh}使用率相差两档以上：一个规格不适合全部 ${count} 台`,
        `${en} use of the servers lies two or more bands apart: one size does not fit all ${count}`,
      );
    if (isCut)
      note(
        `${zh}以资源池 ${pool.key} 的限度 ${target} 为止（${NOTE_1}）`,
        `${en} stops at ${target}, a limit of pool ${pool.key} (${clauseWords(NOTE_1, "en")})`,
      );
  }
  // Also of what is left alone for another reason.
  if (disk.usedGb?.greaterThan(disk.now) === true)
    note(
      `磁盘测得已用 ${gbWords(disk.usedGb)} GB，多于申报的 ${disk.now} GB：请核对量的是哪些磁盘（网络文件系统、没有申报的云盘）`,
      `${gbWords(disk.usedGb)} GB were measured as used of ${disk.now} GB declared: check which disks are measured (a network file system, a volume that is not declared)`,
    );
  notes.push(...diskNotes(group, disk));
  if (stage === "trial") note("系统在试用，使用率未必是正式运行后的水平", "The system is on trial: its use need not be that of production");
  return notes;
}
