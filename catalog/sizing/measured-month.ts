import type { Temporal } from "temporal-polyfill";
import { workingDaysAfter } from "../working-days.ts";
import type { ResourceUsageRules } from "./bands.ts";
import type { CalendarMonth } from "./calendar-month.ts";
import type { UsageByGroup } from "./group-usage.ts";

/** A month's use as policies ask for it. */
export interface MeasuredMonth {
  readonly month: CalendarMonth;
  readonly byGroup: UsageByGroup;
  /** Declarations that changed once the month's advice was due; undefined where no history tells. */
  readonly changedSinceDue: ReadonlySet<string> | undefined;
}

/**
 * The day on which a month's advice is due: the last of the next month's first working days (Annex 2 7.3). Where that year's calendar is not
 * published, the last day that it can be, so that nothing counts as older than it is.
 */
export function adviceDue({ last }: CalendarMonth, { advice }: ResourceUsageRules): Temporal.PlainDate {
  const due = workingDaysAfter(last, advice.workingDays);
  return due.kind === "known" ? due.date : last.add({ days: 1 }).add({ months: 1 }).subtract({ days: 1 });
}
