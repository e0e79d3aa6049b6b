// The library's table alone: its functions read a day in the machine's zone, and west of Greenwich that is the day before.
import calendar from "chinese-days/dist/chinese-days.json" with { type: "json" };
import type { Temporal } from "temporal-polyfill";

/** Years whose calendar the State Council has published and the library holds. */
export const PUBLISHED_YEARS: readonly number[] = [2025, 2026];

export type WorkingDay = { readonly kind: "known"; readonly working: boolean } | { readonly kind: "unpublished"; readonly year: number };

/**
 * Whether a day is a working day by the State Council's calendar, make-up days (调休) included. For a year not yet published
 * the answer is `unpublished`, never a guess from weekends.
 */
export function workingDay(date: Temporal.PlainDate): WorkingDay {
  if (!PUBLISHED_YEARS.includes(date.year)) return { kind: "unpublished", year: date.year };
  const day = date.toString();
  const working = Object.hasOwn(calendar.workdays, day) || (date.dayOfWeek <= 5 && !Object.hasOwn(calendar.holidays, day));
  return { kind: "known", working };
}

export type WorkingDate =
  | { readonly kind: "known"; readonly date: Temporal.PlainDate }
  | { readonly kind: "unpublished"; readonly year: number };

/** The nth working day after a date, which itself does not count (deadlines of 5.1.5, Annex 2 §2, 2.2). */
export function workingDaysAfter(date: Temporal.PlainDate, count: number): WorkingDate {
  let day = date;
  for (let left = count; left > 0; ) {
    day = day.add({ days: 1 });
    const answer = workingDay(day);
    if (answer.kind === "unpublished") return answer;
    if (answer.working) left -= 1;
  }
  return { kind: "known", date: day };
}
