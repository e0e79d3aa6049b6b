import { Temporal } from "temporal-polyfill";
import { InvalidRequest } from "../source/diagnostic.ts";
import { clip } from "../source/visible-text.ts";
import { text } from "../text.ts";

/** A calendar month of Asia/Shanghai; both days belong to it. */
export interface CalendarMonth {
  /** `YYYY-MM`. */
  readonly key: string;
  readonly first: Temporal.PlainDate;
  readonly last: Temporal.PlainDate;
}

/** Reads `2026-10`; anything else is refused. */
export function readMonth(words: string): CalendarMonth {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(words))
    throw new InvalidRequest(
      text(`月份“${clip(words, 40)}”不对，应写成 2026-10 这样`, `Cannot read the month "${clip(words, 40)}": wanted one such as 2026-10`),
    );
  return monthOf(Temporal.PlainDate.from(`${words}-01`));
}

/** The month that a day lies in. */
export function monthOf(day: Temporal.PlainDate): CalendarMonth {
  const first = day.with({ day: 1 });
  return { key: first.toPlainYearMonth().toString(), first, last: first.add({ months: 1 }).subtract({ days: 1 }) };
}

/** The whole month before the one that a day lies in: the last one with figures to the end. */
export function monthBefore(day: Temporal.PlainDate): CalendarMonth {
  return monthOf(day.with({ day: 1 }).subtract({ days: 1 }));
}
