import { expect, test } from "vitest";
import { lastTrialDay } from "../../catalog/trial.ts";

test.each([
  ["2025-07-01", "2025-08-01"],
  ["2025-12-15", "2026-01-15"],
  ["2026-01-31", "2026-02-28"],
  ["2028-01-31", "2028-02-29"],
  ["2025-08-31", "2025-09-30"],
  ["2026-02-28", "2026-03-28"],
])("A trial begun on %s ends on %s", (since, last) => {
  expect(lastTrialDay(since, { trialMonths: 1 }).toString()).toBe(last);
});

test("The contract says how many months", () => {
  expect(lastTrialDay("2025-11-30", { trialMonths: 3 }).toString()).toBe("2026-02-28");
});
