import type { Decimal } from "decimal.js";
import type { Text } from "../text.ts";

/** Where a figure was read: a line of a file, or the query that gave it. */
export type UsageSource = { readonly file: string; readonly line: number } | { readonly query: string };

/**
 * What one server used over a month, on average. A percentage is of what the server had (0 to 100), disk in GB of 1024³ bytes;
 * null is "not measured", never zero.
 */
export interface ServerUsage {
  /** `<bureau>/<system>`. */
  readonly system: string;
  /** Key of the group under `servers` of the declaration. */
  readonly server: string;
  /** Number within its group, from 1, as in the server's name. */
  readonly index: number;
  readonly cpuPercent: Decimal | null;
  readonly memoryPercent: Decimal | null;
  readonly diskUsedGb: Decimal | null;
  /** Share of the whole month that was measured, 0 to 1. */
  readonly coverage: Decimal;
  readonly source: UsageSource;
}

/** A server of which there are figures that cannot be used, and why. */
export interface LeftOut {
  readonly system: string;
  readonly server: string;
  readonly index: number | null;
  readonly reason: Text;
  readonly source: UsageSource;
}

/** Usage of a whole calendar month of Asia/Shanghai. */
export interface UsageMonth {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly servers: readonly ServerUsage[];
  readonly leftOut: readonly LeftOut[];
}
