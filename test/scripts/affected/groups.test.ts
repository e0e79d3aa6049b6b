import fc from "fast-check";
import { expect, test } from "vitest";
import { groupSystems } from "../../../scripts/affected/groups.ts";

const bureau = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${name}/s${String(index + 1).padStart(4, "0")}`);
const sizes = (ids: readonly string[], maxJobs: number) =>
  groupSystems(ids, maxJobs).map(({ name, systems }) => `${name} ${systems.length}`);

test.each([
  { what: "no system makes no group", ids: [], maxJobs: 20, groups: [] },
  { what: "the platform alone", ids: ["platform"], maxJobs: 2, groups: ["platform 1"] },
  {
    what: "one group a system as long as they suffice, the platform first",
    ids: ["hrss/job-service", "platform", "ecology/air"],
    maxJobs: 3,
    groups: ["platform 1", "ecology--air 1", "hrss--job-service 1"],
  },
  {
    what: "above that, groups of nearly equal size",
    ids: ["platform", ...bureau("a", 9)],
    maxJobs: 3,
    groups: ["platform 1", "group-1 4", "group-2 5"],
  },
  {
    what: "a bureau's systems together where the sizes allow it",
    ids: [...bureau("a", 9), ...bureau("b", 11)],
    maxJobs: 2,
    groups: ["group-1 9", "group-2 11"],
  },
  {
    what: "a bureau that is too large is divided",
    ids: [...bureau("a", 2), ...bureau("b", 18)],
    maxJobs: 2,
    groups: ["group-1 10", "group-2 10"],
  },
  {
    what: "ten thousand systems",
    ids: ["platform", ...bureau("a", 10_000)],
    maxJobs: 11,
    groups: ["platform 1", ...Array.from({ length: 10 }, (_, index) => `group-${String(index + 1).padStart(2, "0")} 1000`)],
  },
])("$what", ({ ids, maxJobs, groups }) => {
  expect(sizes(ids, maxJobs)).toEqual(groups);
});

test("Every system is in exactly one group, there are no more groups than wanted, none is empty, and order means nothing", () => {
  const ids = fc.uniqueArray(
    fc.oneof(
      fc.constant("platform"),
      fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.integer({ min: 0, max: 400 })).map(([tenant, number]) => `${tenant}/s${number}`),
    ),
    { maxLength: 300 },
  );
  fc.assert(
    fc.property(ids, fc.integer({ min: 2, max: 250 }), (systems, maxJobs) => {
      const groups = groupSystems(systems, maxJobs);
      expect(groups.flatMap((group) => group.systems).sort()).toEqual([...systems].sort());
      expect(groups.length).toBeLessThanOrEqual(maxJobs);
      expect(groups.every((group) => group.systems.length > 0)).toBe(true);
      expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
      expect(groupSystems([...systems].reverse(), maxJobs)).toEqual(groups);
      const several = groups.map((group) => group.systems.length).filter((_, index) => groups[index]?.name.startsWith("group-"));
      // Half as much again, and one for rounding.
      for (const size of several) expect(size).toBeLessThanOrEqual(Math.ceil((1.5 * systems.length) / several.length) + 1);
    }),
  );
});
