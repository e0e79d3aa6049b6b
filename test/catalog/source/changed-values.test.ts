import fc from "fast-check";
import { expect, test } from "vitest";
import { changedValues } from "../../../catalog/source/changed-values.ts";

const printed = (before: unknown, after: unknown) =>
  changedValues(before, after).map(
    ({ kind, path, names, before: was, after: is }) =>
      `${kind} ${path.join(".")} (${names.join(".")}): ${JSON.stringify(was)} → ${JSON.stringify(is)}`,
  );

test.each([
  { what: "the same", before: { a: [1, { b: 2 }] }, after: { a: [1, { b: 2 }] }, changes: [] },
  { what: "keys in another order", before: { a: 1, b: 2 }, after: { b: 2, a: 1 }, changes: [] },
  { what: "another value", before: { a: { b: 1 } }, after: { a: { b: 2 } }, changes: ["changed a.b (a.b): 1 → 2"] },
  { what: "a number that became text", before: { a: 1 }, after: { a: "1" }, changes: ['changed a (a): 1 → "1"'] },
  {
    what: "a key more, a key less",
    before: { a: 1 },
    after: { b: 1 },
    changes: ["removed a (a): 1 → undefined", "added b (b): undefined → 1"],
  },
  { what: "a table that became a list", before: { a: {} }, after: { a: [] }, changes: ["changed a (a): {} → []"] },
  { what: "a list in another order", before: [1, 2, { c: 3, d: 4 }], after: [{ d: 4, c: 3 }, 1, 2], changes: [] },
  { what: "an entry in front", before: ["b"], after: ["a", "b"], changes: ['added 0 (0): undefined → "a"'] },
  { what: "an entry less", before: ["a", "b"], after: ["b"], changes: ['removed 0 (0): "a" → undefined'] },
  { what: "an entry twice", before: ["a"], after: ["a", "a"], changes: ['added 1 (1): undefined → "a"'] },
  {
    what: "an entry changed, beside one that moved",
    before: [{ to: 1 }, { to: 2 }],
    after: [{ to: 2 }, { to: 3 }],
    changes: ["changed 1.to (1.to): 1 → 3"],
  },
  {
    what: "named entries, one changed and one new",
    before: [{ item: "1", price: 5 }],
    after: [
      { item: "2", price: 5 },
      { item: "1", price: 6 },
    ],
    changes: ['added 0 (2): undefined → {"item":"2","price":5}', "changed 1.price (1.price): 5 → 6"],
  },
  {
    what: "an entry with another name",
    before: [{ key: "a", x: 1 }],
    after: [{ key: "b", x: 1 }],
    changes: ['added 0 (b): undefined → {"key":"b","x":1}', 'removed 0 (a): {"key":"a","x":1} → undefined'],
  },
])("$what", ({ before, after, changes }) => {
  expect(printed(before, after)).toEqual(changes);
});

test("nothing that differs goes unseen, and nothing else is told", () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof({ maxDepth: 3 }, fc.integer(), fc.string(), tie("list"), tie("table")),
    list: fc.array(tie("any"), { maxLength: 4 }),
    table: fc.dictionary(fc.constantFrom("a", "b", "key", "item"), tie("any")),
  })).any;
  fc.assert(
    fc.property(value, (one) => {
      expect(changedValues(one, structuredClone(one))).toEqual([]);
    }),
  );
  fc.assert(
    fc.property(value, value, (one, other) => {
      const sorted = (each: unknown): unknown =>
        Array.isArray(each)
          ? each.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
          : typeof each === "object" && each !== null
            ? Object.fromEntries(
                Object.entries(each)
                  .map(([key, inner]) => [key, sorted(inner)] as const)
                  .sort(([a], [b]) => (a < b ? -1 : 1)),
              )
            : each;
      expect(changedValues(one, other).length === 0).toBe(JSON.stringify(sorted(one)) === JSON.stringify(sorted(other)));
    }),
  );
});

test("ten thousand entries take no time", () => {
  const list = (first: number) => Array.from({ length: 10_000 }, (_, index) => ({ cpu: first + index, memoryGb: 1 }));
  const start = performance.now();
  expect(changedValues(list(0), list(20_000))).toHaveLength(10_000);
  expect(performance.now() - start).toBeLessThan(2_000);
});
