import type { Decimal } from "decimal.js";
import type { Declaration, ServerGroup } from "../declaration.ts";
import type { Text } from "../text.ts";
import type { Band } from "./bands.ts";
import type { CalendarMonth } from "./calendar-month.ts";

/** Why a size is left alone. */
export interface Left {
  readonly kind: "keep" | "exempt" | "at-limit" | "exiting" | "not-measured" | "fits" | "beyond-size" | "followed" | "changed" | "swing";
  readonly reason: Text;
  /** Where another clause says so than that of the bands. */
  readonly clause?: string;
}

/** What a month's use says of one resource of a group; sizes are of each server, in cores or GB. */
interface Advised {
  /** Servers of the group with enough figures. */
  readonly measured: number;
  readonly now: number;
  readonly target: number;
  /** Why the target is the size there is; null where it is another. */
  readonly left: Left | null;
}

/** Of CPU or memory: the group's average, percent, and the band that it lies in; both null where too little was measured. */
export interface ComputeAdvice extends Advised {
  readonly percent: Decimal | null;
  readonly band: Band | null;
  /** Least and most used server, percent. */
  readonly spread: { readonly least: Decimal; readonly most: Decimal } | null;
  /** The servers' own bands lie two or more apart: one size does not fit all. */
  readonly isWide: boolean;
  /** A limit of the pool stopped the target short of what the band asks for. */
  readonly isCut: boolean;
}

/** Of all disks of a server together. */
export interface DiskAdvice extends Advised {
  /** Of the fullest server, GB of 1024³ bytes. */
  readonly usedGb: Decimal | null;
  readonly leastUsedGb: Decimal | null;
}

/** What a month's use says of the servers of one declared group, which share one size. */
export interface GroupAdvice {
  readonly declaration: Declaration;
  readonly group: ServerGroup;
  readonly cpu: ComputeAdvice;
  readonly memory: ComputeAdvice;
  readonly disk: DiskAdvice;
  /** What a reader has to know beside the figures. */
  readonly notes: readonly Text[];
}

/** A server, or a whole group (`index` null), of which there is no advice. */
export interface NoAdvice {
  readonly system: string;
  readonly server: string;
  readonly index: number | null;
  readonly reason: Text;
}

/** Advice of a month, before money and words; groups by system and key. */
export interface SizingAdvice {
  readonly month: CalendarMonth;
  readonly groups: readonly GroupAdvice[];
  readonly leftOut: readonly NoAdvice[];
}

/**
 * What carrying out the advice does: a new number of cores or GB reboots the server, a smaller disk is a new one with the data moved, and another
 * size of a system disk that is the only disk rebuilds the server.
 */
export type AdviceDamage = "reboot" | "migration" | "root-disk-lost";

export function adviceDamage({ group, cpu, memory, disk }: GroupAdvice): readonly AdviceDamage[] {
  return [...(cpu.target !== cpu.now || memory.target !== memory.now ? (["reboot"] as const) : []), ...diskDamage(group, disk)];
}

function diskDamage({ dataDisks }: ServerGroup, { now, target }: DiskAdvice): AdviceDamage[] {
  return [
    ...(target < now ? (["migration"] as const) : []),
    ...(target !== now && dataDisks.length === 0 ? (["root-disk-lost"] as const) : []),
  ];
}

/** GB of all disks of one server. */
export function diskGbOf({ systemDisk, dataDisks }: ServerGroup): number {
  return dataDisks.reduce((sum, { sizeGb }) => sum + sizeGb, systemDisk.sizeGb);
}
