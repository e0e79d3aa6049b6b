import { Temporal } from "temporal-polyfill";
import { TIME_ZONE } from "../../catalog/day.ts";
import { readMonth as readCalendarMonth } from "../../catalog/sizing/calendar-month.ts";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { text } from "../../catalog/text.ts";

/** A whole calendar month of Asia/Shanghai. */
export interface Month {
  /** `YYYY-MM`. */
  readonly name: string;
  /** First day, and the first one after it. */
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
  /** Seconds since 1970 of its first moment, and of the first one after it. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** Reads `--month`. Throws where it is none, or where it has not ended by the day `at`: a month that runs on has no average yet. */
export function readMonth(name: string, at: Temporal.PlainDate): Month {
  const { key, first: from } = readCalendarMonth(name);
  const to = from.add({ months: 1 });
  if (Temporal.PlainDate.compare(at, to) < 0) {
    throw new InvalidRequest(
      text(
        `${name} 到 ${at} 还没有结束（上海时间），没有全月的平均值：请在 ${to} 当天或以后再算`,
        `Cannot judge usage of ${name}: on ${at} in Asia/Shanghai it has not ended; wanted ${to} or later`,
      ),
    );
  }
  return { name: key, from, to, fromSeconds: startOf(from), toSeconds: startOf(to) };
}

/** Seconds since 1970 at which a day begins in Asia/Shanghai. */
export function startOf(day: Temporal.PlainDate): number {
  return day.toZonedDateTime(TIME_ZONE).epochMilliseconds / 1000;
}
