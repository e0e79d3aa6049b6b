import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { refusalsOf } from "../../../scripts/engine/verify-saved-plan.ts";

const DIGEST = `sha256:${"0".repeat(64)}`;
const MADE = "2026-01-15T00:00:00.000Z";

function refused(now: Partial<Parameters<typeof refusalsOf>[1]>, at = "2026-01-15") {
  return refusalsOf(
    {
      schema: "govcloud/saved-plan/1",
      program: "1",
      engine: { kind: "OpenTofu", version: "1.12.6" },
      store: "here",
      createdAt: MADE,
      at,
      sources: DIGEST,
      base: null,
      fingerprint: DIGEST,
      result: DIGEST,
      verdict: "accepted",
      stacks: [],
    },
    {
      approved: undefined,
      fingerprint: DIGEST,
      sources: DIGEST,
      store: "here",
      program: "1+2",
      plannedBy: "1+2",
      plannedFor: at,
      day: Temporal.PlainDate.from("2026-01-15"),
      instant: new Date(MADE),
      maxAgeHours: 24,
      ...now,
    },
  );
}

test.each([
  { after: "PT24H", maxAgeHours: 24, says: undefined },
  { after: "PT24H1S", maxAgeHours: 24, says: "the plan is 24.1 hours old, the most allowed is 24 hours" },
  { after: "PT3H30M", maxAgeHours: 1, says: "the plan is 3.5 hours old, the most allowed is 1 hour" },
  { after: "PT59M30S", maxAgeHours: 0.5, says: "the plan is 59.5 minutes old, the most allowed is 30 minutes" },
  { after: "PT1M10S", maxAgeHours: 1.1 / 60, says: "the plan is 1.2 minutes old, the most allowed is 1.1 minutes" },
  { after: "PT20S", maxAgeHours: 0.001, says: "the plan is 20 seconds old, the most allowed is 4 seconds" },
  { after: "-PT2H", maxAgeHours: 24, says: `the plan was made in the future, ${MADE}: check the machine's clock` },
])("a plan $after old, where $maxAgeHours hours are allowed", ({ after, maxAgeHours, says }) => {
  const [, sign = "", hours = 0, minutes = 0, seconds = 0] = /^(-?)PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(after) ?? [];
  const age = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 * (sign === "-" ? -1 : 1);
  const refusals = refused({ instant: new Date(Date.parse(MADE) + age), maxAgeHours });
  expect(refusals.map(({ message }) => message.en)).toEqual(says === undefined ? [] : [says]);
});

test.each([
  { at: "2026-01-15", day: "2026-01-15", says: [] },
  { at: "2026-01-14", day: "2026-01-15", says: [] },
  { at: "2026-01-12", day: "2026-01-15", maxAgeHours: 60, says: [] },
  { at: "2026-01-13", day: "2026-01-15", says: ["The plan was made for 2026-01-13, and this is 2026-01-15"] },
  { at: "2026-01-16", day: "2026-01-15", says: ["The plan was made for 2026-01-16, and this is 2026-01-15"] },
  { at: "2026-06-18", day: "2026-01-15", says: ["The plan was made for 2026-06-18, and this is 2026-01-15"] },
  // The list says another day than what people saw.
  { at: "2026-01-15", plannedFor: "2026-06-18", day: "2026-01-15", says: ["The plan was made for ?, and this is 2026-01-15"] },
])("a plan for $at, applied on $day", ({ at, day, plannedFor = at, maxAgeHours = 24, says }) => {
  const refusals = refused({ day: Temporal.PlainDate.from(day), plannedFor, maxAgeHours }, at);
  expect(refusals.map(({ message }) => message.en)).toEqual(says);
  expect(refusals.map(({ remedy }) => remedy.en)).toEqual(says.map(() => "plan and approve again without --at: judged for today"));
});
