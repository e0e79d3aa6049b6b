import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { workingDay, workingDaysAfter } from "../../catalog/working-days.ts";

const day = (iso: string) => Temporal.PlainDate.from(iso);

/** Days of a year whose being a working day differs from what the weekday says, as `MM-DD`. */
function exceptionsOf(year: number) {
  const off: string[] = [];
  const working: string[] = [];
  for (let date = day(`${year}-01-01`); date.year === year; date = date.add({ days: 1 })) {
    const answer = workingDay(date);
    if (answer.kind === "unpublished") throw new Error(`wanted a calendar of ${year}`);
    const isWeekday = date.dayOfWeek <= 5;
    if (answer.working !== isWeekday) (answer.working ? working : off).push(date.toString().slice(5));
  }
  return { off, working };
}

// 国务院办公厅关于2025年部分节假日安排的通知（2024-11-12）, 2026年（2025-11-04）: weekdays off, and Saturdays and Sundays worked.
test("The year 2025 has the holidays and make-up days of the State Council's notice, and no other", () => {
  expect(exceptionsOf(2025)).toEqual({
    off: [
      "01-01",
      ...["01-28", "01-29", "01-30", "01-31", "02-03", "02-04"],
      "04-04",
      ...["05-01", "05-02", "05-05"],
      "06-02",
      ...["10-01", "10-02", "10-03", "10-06", "10-07", "10-08"],
    ],
    working: ["01-26", "02-08", "04-27", "09-28", "10-11"],
  });
});

test("The year 2026 has the holidays and make-up days of the State Council's notice, and no other", () => {
  expect(exceptionsOf(2026)).toEqual({
    off: [
      ...["01-01", "01-02"],
      ...["02-16", "02-17", "02-18", "02-19", "02-20", "02-23"],
      "04-06",
      ...["05-01", "05-04", "05-05"],
      "06-19",
      "09-25",
      ...["10-01", "10-02", "10-05", "10-06", "10-07"],
    ],
    working: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
  });
});

test.each([
  { date: "2025-06-20", working: true, why: "a Friday" },
  { date: "2025-06-21", working: false, why: "a Saturday" },
  { date: "2025-09-28", working: true, why: "a Sunday made up for the National Day" },
  { date: "2025-10-06", working: false, why: "the Mid-Autumn Festival" },
  { date: "2026-02-28", working: true, why: "a Saturday made up for the Spring Festival" },
])("$date is $why: working is $working", ({ date, working }) => {
  expect(workingDay(day(date))).toEqual({ kind: "known", working });
});

test.each([2024, 2027, 2050])("A day of %i is told to be unpublished, never guessed from the weekday", (year) => {
  expect(workingDay(day(`${year}-03-03`))).toEqual({ kind: "unpublished", year });
});

describe("A deadline in working days", () => {
  test.each([
    { from: "2025-06-20", count: 0, deadline: "2025-06-20", why: "none is the day itself" },
    { from: "2025-06-19", count: 1, deadline: "2025-06-20", why: "the next day" },
    { from: "2025-06-20", count: 1, deadline: "2025-06-23", why: "over a weekend" },
    { from: "2025-06-30", count: 5, deadline: "2025-07-07", why: "a monthly statement: the fifth working day of July" },
    { from: "2025-09-30", count: 1, deadline: "2025-10-09", why: "over the National Day" },
    { from: "2025-09-26", count: 2, deadline: "2025-09-29", why: "on a Sunday that is worked" },
    { from: "2025-09-30", count: 3, deadline: "2025-10-11", why: "on a Saturday that is worked" },
    { from: "2025-12-31", count: 2, deadline: "2026-01-05", why: "over New Year into a Sunday that is worked" },
    { from: "2026-06-19", count: 30, deadline: "2026-07-31", why: "the run-on after the contract's end (2.2)" },
  ])("of $count after $from is $deadline: $why", ({ from, count, deadline }) => {
    const answer = workingDaysAfter(day(from), count);
    expect(answer.kind === "known" ? answer.date.toString() : answer).toBe(deadline);
  });

  test("that reaches into an unpublished year is unknown", () => {
    expect(workingDaysAfter(day("2026-12-30"), 1)).toEqual({ kind: "known", date: day("2026-12-31") });
    expect(workingDaysAfter(day("2026-12-30"), 2)).toEqual({ kind: "unpublished", year: 2027 });
  });
});
