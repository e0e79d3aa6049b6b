import type { Temporal } from "temporal-polyfill";
import type { Declaration, ServerGroup } from "../declaration.ts";
import { workingDaysAfter } from "../working-days.ts";
import type { ResourceUsageRules } from "./bands.ts";
import type { CalendarMonth } from "./calendar-month.ts";
import type { UsageByGroup } from "./group-usage.ts";

/** What servers had when a month ended, by their declaration and group: a month's use is of that. Unknown where the history does not go back so far. */
export type SizesAtEnd =
  | { readonly kind: "known"; readonly of: (declaration: Declaration) => ReadonlyMap<string, Pick<ServerGroup, "cpu" | "memoryGb">> }
  | { readonly kind: "unknown" };

/** A month's use as policies ask for it. */
export interface MeasuredMonth {
  readonly month: CalendarMonth;
  readonly byGroup: UsageByGroup;
  readonly sizes: SizesAtEnd;
  /** Declarations that changed once the month's advice was due; undefined where no history tells. */
  readonly changedSinceDue: ReadonlySet<string> | undefined;
}

/** A group with the cores and GB that its month was measured at; as it is where it was not there yet, undefined where nobody knows. */
export function groupAsMeasured({ sizes }: MeasuredMonth, declaration: Declaration, group: ServerGroup): ServerGroup | undefined {
  if (sizes.kind === "unknown") return undefined;
  const { cpu, memoryGb } = sizes.of(declaration).get(group.key) ?? group;
  return { ...group, cpu, memoryGb };
}

/**
 * The day on which a month's advice is due: the last of the next month's first working days (Annex 2 7.3). Where that year's calendar is not
 * published, the last day that it can be, so that nothing counts as older than it is.
 */
export function adviceDue({ last }: CalendarMonth, { advice }: ResourceUsageRules): Temporal.PlainDate {
  const due = workingDaysAfter(last, advice.workingDays);
  return due.kind === "known" ? due.date : last.add({ days: 1 }).add({ months: 1 }).subtract({ days: 1 });
}
