import type { AdviceDamage, Left } from "../../catalog/sizing/advice.ts";
import type { Factor } from "../../catalog/sizing/bands.ts";
import type { AmountsResult } from "../plan/result.ts";
import type { ChangesResult } from "./changes.ts";

/** Result of `right-size --format json`; scripts/schema/right-size.schema.json. Percentages and money are decimal strings. */
export interface RightSizeResult {
  readonly schema: "govcloud/right-size/1";
  /** `YYYY-MM`, a calendar month of Asia/Shanghai. */
  readonly month: string;
  readonly at: string;
  readonly contract: string;
  readonly priceBook: string;
  readonly deadline: DeadlineResult;
  readonly servers: readonly ServerResult[];
  readonly totals: {
    readonly systems: readonly SystemTotal[];
    readonly bureaus: readonly BureauTotal[];
    /** Of everything listed here. */
    readonly all: AmountsResult;
  };
  readonly city: CityResult;
  readonly leftOut: readonly LeftOutResult[];
  /** What a reader of the whole has to know. */
  readonly notes: readonly string[];
  /** What `--write` or `--branch` did; null where neither was asked for. */
  readonly changes: ChangesResult | null;
}

/** When the advice is due: within the first working days of the next month (Annex 2 7.3). */
export interface DeadlineResult {
  readonly workingDays: number;
  /** Null where the calendar of the year is not published yet. */
  readonly on: string | null;
  /** Null where that is not known. */
  readonly isPast: boolean | null;
  readonly clause: string;
}

/** Servers of one declared group; sizes are of each server, money is of all. */
export interface ServerResult {
  readonly system: string;
  readonly server: string;
  readonly name: string;
  readonly tenant: string;
  readonly count: number;
  readonly family: string;
  readonly cpu: ComputeResult;
  readonly memory: ComputeResult;
  readonly disk: DiskResult;
  /** List price. */
  readonly monthly: AmountsResult & {
    readonly cpu: AmountsResult;
    readonly memory: AmountsResult;
    /** Its `after` is its `before` where several disks of different prices leave open which one changes; a note says so. */
    readonly disk: AmountsResult;
  };
  readonly damage: readonly AdviceDamage[];
  readonly notes: readonly string[];
}

/** Why a target equals the present size, in a word for programs. */
export type LeftKind = Left["kind"];

interface SizedResult {
  /** What the size, or that it is left alone, rests on. */
  readonly clause: string;
  /** Servers of the group that the figure comes from. */
  readonly measured: number;
  readonly now: number;
  readonly target: number;
  /** Why the target equals `now`; null where it does not. */
  readonly left: string | null;
  readonly leftKind: LeftKind | null;
}

/** A band of use and what it asks for. */
export interface BandResult {
  /** The contract's own words, and their percentages in signs: `≥ 50, < 70`. */
  readonly printed: string;
  readonly range: string;
  readonly action: string;
  readonly clause: string;
}

export interface ComputeResult extends SizedResult {
  /** The group's average; null where too little was measured, as the factor and band then are. */
  readonly percent: string | null;
  readonly factor: Factor | null;
  readonly band: BandResult | null;
  readonly spread: { readonly least: string; readonly most: string } | null;
  /** False where the servers' own bands lie so far apart that one size does not fit all. */
  readonly oneSizeFits: boolean;
}

export interface DiskResult extends SizedResult {
  /** Of the fullest server. */
  readonly usedGb: string | null;
  readonly leastUsedGb: string | null;
  /** Share of the present size that the fullest server uses. */
  readonly percent: string | null;
  /** What disks are sized by; the same whatever is used. */
  readonly band: BandResult;
}

export interface SystemTotal {
  readonly system: string;
  readonly monthly: AmountsResult;
}

export interface BureauTotal {
  readonly tenant: string;
  readonly name: string;
  readonly monthly: AmountsResult;
}

/** How an overall average stands to what is required. */
export type OverallVerdict = "met" | "below" | "unknown";

/** Averages over the whole city, whatever systems are listed, weighted by cores and by GB (Annex 2 7.3). */
export interface CityResult {
  /** `unknown` where less than 80 % of the cores, or of the GB, were measured: the average is of too few, whichever way it lies. */
  readonly verdict: { readonly cpu: OverallVerdict; readonly memory: OverallVerdict };
  readonly cpuPercent: string | null;
  readonly memoryPercent: string | null;
  /** The same without exempt systems. */
  readonly withoutExempt: { readonly cpuPercent: string | null; readonly memoryPercent: string | null };
  /** Below this a share of the annual fee is deducted. */
  readonly required: string;
  /** What lies below it, by what was measured, be that enough or not. */
  readonly below: readonly ("cpu" | "memory")[];
  readonly measured: {
    readonly cores: number;
    readonly ofCores: number;
    readonly memoryGb: number;
    readonly ofMemoryGb: number /** Whether that is 80 % of both, as it has to be of a server's month. */;
    readonly isEnough: boolean;
  };
  readonly consequence: string;
}

export interface LeftOutResult {
  readonly system: string;
  readonly server: string;
  /** Null for the whole group. */
  readonly index: number | null;
  readonly reason: string;
}
