import { Decimal } from "decimal.js";
import type { ServerUsage, UsageMonth } from "./usage.ts";

/** Least share of a month that has to be measured before its average says anything. */
export const LEAST_COVERAGE = new Decimal("0.8");

/** Servers of one declared group with their figures of a month, by index. */
export type GroupServers = readonly ServerUsage[];

/** Figures by the group that they belong to. */
export class UsageByGroup {
  readonly #groups = new Map<string, ServerUsage[]>();

  constructor({ servers }: UsageMonth) {
    for (const usage of servers) {
      const key = groupKey(usage.system, usage.server);
      const group = this.#groups.get(key);
      if (group === undefined) this.#groups.set(key, [usage]);
      else group.push(usage);
    }
  }

  of(system: string, server: string): GroupServers {
    return this.#groups.get(groupKey(system, server)) ?? [];
  }

  /** Every group of which there are figures, in their order. */
  all(): readonly GroupServers[] {
    return [...this.#groups.values()];
  }
}

function groupKey(system: string, server: string): string {
  return `${system} ${server}`;
}

/** Whether enough of the month was measured. */
export function isCovered({ coverage }: ServerUsage): boolean {
  return coverage.greaterThanOrEqualTo(LEAST_COVERAGE);
}

/** What the servers of a group make together of one figure. */
export interface GroupFigure {
  readonly average: Decimal;
  readonly least: Decimal;
  readonly most: Decimal;
  /** Servers that it comes from. */
  readonly measured: number;
}

/** The average of the servers that have the figure, all alike since they have one size; undefined where none has. */
export function groupFigure(values: readonly (Decimal | null)[]): GroupFigure | undefined {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return undefined;
  return {
    average: Decimal.sum(...known).dividedBy(known.length),
    least: Decimal.min(...known),
    most: Decimal.max(...known),
    measured: known.length,
  };
}
