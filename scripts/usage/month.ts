import { Temporal } from "temporal-polyfill";
import { TIME_ZONE } from "../../catalog/day.ts";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { clip } from "../../catalog/source/visible-text.ts";
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
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(name) ? Temporal.PlainYearMonth.from(name) : undefined;
  if (month === undefined) {
    throw new InvalidRequest(
      text(`--month 的月份“${clip(name)}”不对，应写成 2026-10 这样`, `Cannot read --month "${clip(name)}": wanted a month such as 2026-10`),
    );
  }
  const from = month.toPlainDate({ day: 1 });
  const to = from.add({ months: 1 });
  if (Temporal.PlainDate.compare(at, to) < 0) {
    throw new InvalidRequest(
      text(
        `${name} 到 ${at} 还没有结束（上海时间），没有全月的平均值：请在 ${to} 当天或以后再算`,
        `Cannot judge usage of ${name}: on ${at} in Asia/Shanghai it has not ended; wanted ${to} or later`,
      ),
    );
  }
  return { name, from, to, fromSeconds: startOf(from), toSeconds: startOf(to) };
}

/** Seconds since 1970 at which a day begins in Asia/Shanghai. */
export function startOf(day: Temporal.PlainDate): number {
  return day.toZonedDateTime(TIME_ZONE).epochMilliseconds / 1000;
}
