import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { condensePlan } from "../../../catalog/terraform-plan/plan-json/condense-plan.ts";
import { MAX_DEPTH, scanJson } from "../../../catalog/terraform-plan/plan-json/scan-json.ts";
import { type EnginePlan, readPlan } from "../../../catalog/terraform-plan/read-plan.ts";
import { RECORDED, recordedBytes } from "../../plans/recorded.ts";
import { entryOf, type Fields, planOf } from "./read-plan-example.ts";

const compact = (plan: string) => JSON.stringify(JSON.parse(recordedBytes(plan).toString("utf8")));
const told = (plan: EnginePlan) =>
  JSON.stringify(plan, (_, value: unknown) => (value instanceof Set || value instanceof Map ? [...value] : value));
const condensed = (words: string) => condensePlan(Buffer.from(words));
const readWords = (words: string) => readPlan("plan.json", Buffer.from(words));

/** The same, with a key that no engine writes, so that all of it is parsed. */
const unusual = (words: string) => `{"\\u0078": 0,${words.slice(1)}`;

describe("Condensed, a plan says the same", () => {
  test.each(RECORDED)("%s", (plan) => {
    const words = compact(plan);
    expect(condensed(words)).toBeDefined();
    expect(condensePlan(recordedBytes(plan))).toBeDefined();
    expect(condensed(unusual(words))).toBeUndefined();
    expect(told(readWords(words))).toBe(told(readWords(unusual(words))));
  });

  test("and is shorter: one side of what stays, what other sections repeat, marks that mark nothing", () => {
    const values = { id: "0123456789", name: "0123456789" };
    const marks = { name: false, tags: [], labels: {}, more: [] };
    const change = {
      actions: ["no-op"],
      before: values,
      after: values,
      before_sensitive: marks,
      after_sensitive: marks,
      after_unknown: marks,
    };
    const plan = planOf({
      planned_values: { root_module: { resources: [{ address: "t.a", mode: "managed", values, sensitive_values: marks }] } },
      resource_changes: [entryOf("t.a", change)],
    });
    const { text, repeated } = condensed(JSON.stringify(plan)) ?? { text: "{}", repeated: [] };
    const { resource_changes: changes, planned_values: planned } = JSON.parse(text) as {
      resource_changes: Fields[];
      planned_values: unknown;
    };
    expect(planned).toEqual({ root_module: { resources: [{ address: "t.a", mode: "managed", values: null, sensitive_values: null }] } });
    expect(changes[0]?.["change"]).toEqual({
      actions: ["no-op"],
      before: values,
      after: null,
      before_sensitive: null,
      after_sensitive: null,
      after_unknown: null,
    });
    expect(repeated).toEqual([{ list: "resource_changes", index: 0, key: "after", original: "before" }]);
  });

  test("a mark of a secret stays wherever it stands", () => {
    for (const marks of [true, { name: true }, { a: [{}, { name: true }] }, { a: { b: [[true]] } }]) {
      const change = { actions: ["create"], before: null, after: { name: "0123456789" }, after_sensitive: marks };
      const { text } = condensed(JSON.stringify(planOf({ resource_changes: [entryOf("t.a", change)] }))) ?? { text: "" };
      expect(text).toContain(`"after_sensitive":${JSON.stringify(marks)}`);
    }
  });
});

describe("What is not in the plain form is parsed whole:", () => {
  const deep = (levels: number) => `{"a":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}}`;
  test.each([
    { what: "a key twice", words: '{"a":1,"b":2,"a":3}' },
    { what: "__proto__", words: '{"__proto__":1}' },
    { what: "an escape in a key", words: '{"\\u0061":1}' },
    { what: "an exponent", words: '{"a":1e999}' },
    { what: "a number longer than any", words: `{"a":${"9".repeat(400)}}` },
    { what: "more levels than the limit", words: deep(MAX_DEPTH + 1) },
    { what: "a list", words: "[1]" },
    { what: "more behind it", words: "{} {}" },
    { what: "nothing", words: "" },
    ...[
      '{"a":tru}',
      '{"a":01}',
      '{"a":-}',
      '{"a":1.}',
      '{"a":"\\x"}',
      '{"a":"\\u12g4"}',
      '{"a":"\n"}',
      '{"a":1,}',
      '{"a" 1}',
      "{a:1}",
      '{"a":[1,]}',
    ].map((words) => ({ what: words, words })),
  ])("$what", ({ words }) => {
    expect(condensed(words)).toBeUndefined();
  });

  test("at the limit of levels it is plain still", () => {
    expect(condensed(deep(MAX_DEPTH))).toBeDefined();
  });

  test("a value that is skipped as seen before is held against the limit of levels where it stands", () => {
    // The second stands two levels deeper than the first.
    const plan = (levels: number) => {
      const values = `{"a":${"[".repeat(levels)}${"]".repeat(levels)}}`;
      const listing = `{"resources":[{"values":${values}}]}`;
      return `{"planned_values":{"root_module":${listing}},"prior_state":{"values":{"x":{"root_module":${listing}}}}}`;
    };
    expect(condensed(plan(MAX_DEPTH - 8))).toBeDefined();
    expect(condensed(plan(MAX_DEPTH - 7))).toBeUndefined();
  });
});

test("What is plain is JSON that the parser takes and in which nothing is amiss, whatever is changed in it", () => {
  const seeds = ["no-op", "drift", "kubernetes-namespace"].map(compact);
  const sign = fc.constantFrom(...'{}[]",:0-.eEtu\\ntrue/ ', "null", '"a":1,', "\n", "\u00e9");
  fc.assert(
    fc.property(fc.constantFrom(...seeds), fc.nat(), sign, fc.nat(2), (seed, pick, words, cut) => {
      const at = pick % seed.length;
      const bytes = Buffer.from(seed.slice(0, at) + words + seed.slice(at + cut));
      if (condensePlan(bytes) === undefined) return;
      expect(() => JSON.parse(bytes.toString("utf8")) as unknown).not.toThrow();
      expect(scanJson(bytes)).toBeUndefined();
    }),
    { numRuns: 1500, seed: 3 },
  );
}, 120_000);
