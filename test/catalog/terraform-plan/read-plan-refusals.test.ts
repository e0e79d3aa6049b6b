import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { InvalidInput } from "../../../catalog/source/diagnostic.ts";
import { MAX_PLAN_BYTES } from "../../../catalog/terraform-plan/plan-json/parse-plan-file.ts";
import { MAX_DEPTH } from "../../../catalog/terraform-plan/plan-json/scan-json.ts";
import { parseEnginePlan, parseForeignPlan, readPlan, readPlanBytes } from "../../../catalog/terraform-plan/read-plan.ts";
import { RECORDED, recordedBytes } from "../../plans/recorded.ts";
import { printDiagnostic } from "../../tree.ts";
import { entryOf, planOf } from "./read-plan-example.ts";

/** Errors of a plan file, each in a line; both languages have words. */
function refusals(content: string | Uint8Array): string[] {
  return thrown(() => readPlan(parseForeignPlan("plan.json", Buffer.from(content))));
}

/** The same of what the engine has just printed. */
function engineRefusals(content: string | Uint8Array): string[] {
  return thrown(() => readPlan(parseEnginePlan("plan.json", Buffer.from(content))));
}

function thrown(call: () => unknown): string[] {
  try {
    call();
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    for (const { message } of error.diagnostics) expect(message.zh).toMatch(/\p{Script=Han}/u);
    return error.diagnostics.map(printDiagnostic);
  }
}

const WANTED = "wanted the output of terraform or tofu show -json";
const ONE_DOCUMENT = `syntax: Cannot read the plan: this is not one JSON document; ${WANTED}`;
const BREAKS_OFF = "syntax: Cannot read the plan: the file breaks off here; wanted the whole output of show -json";
const TWICE = "duplicate-key: Cannot read the plan: a key stands twice in one object; wanted each once, as an engine writes it";
const NO_VERSION =
  "1:1+1 missing-key: Cannot read the plan: its format_version is —; wanted 1.x, as terraform or tofu show -json writes it";
const PROTO = "not-allowed: Cannot read the plan: a key is __proto__; wanted what an engine writes";

/** `asRead` is what is wrong where the engine is trusted to have written it otherwise. */
const NO_PLANS: readonly {
  readonly file: string;
  readonly content: string | Uint8Array;
  readonly error: string;
  readonly asRead?: string;
}[] = [
  { file: "empty", content: "", error: "1:1+1 syntax: Cannot read the plan: the file is empty; wanted the output of show -json" },
  { file: "blank", content: " \n\t", error: "1:1+1 syntax: Cannot read the plan: the file is empty; wanted the output of show -json" },
  { file: "words", content: "Plan: 3 to add", error: `1:1+1 ${ONE_DOCUMENT}` },
  { file: "YAML", content: "errored: false\n", error: `1:1+1 ${ONE_DOCUMENT}` },
  { file: "a byte order mark", content: '\ufeff{"a": 1}', error: `1:1+1 ${ONE_DOCUMENT}` },
  { file: "cut in an object", content: '{"a": {"b": 1,\n', error: `2:1+1 ${BREAKS_OFF}` },
  { file: "cut in a text", content: '{"a": "psk-of-', error: `1:15+1 ${BREAKS_OFF}` },
  { file: "cut in a number", content: '{"a": [1, 2', error: `1:12+1 ${BREAKS_OFF}` },
  { file: "two documents", content: "{}\n{}", error: `2:1+1 ${ONE_DOCUMENT}` },
  { file: "a comment", content: '{"a": 1 // no\n}', error: `1:9+1 ${ONE_DOCUMENT}` },
  { file: "a text over two lines", content: '{"a": "b\nc"}', error: `1:7+1 ${ONE_DOCUMENT}` },
  { file: "brackets that do not fit", content: '{"a": [1}]', error: `1:9+1 ${ONE_DOCUMENT}` },
  { file: "a number that is none", content: '{"a": 01}', error: `1:7+1 ${ONE_DOCUMENT}` },
  { file: "a list where a key should be", content: "{[]: 1}", error: `1:2+1 ${ONE_DOCUMENT}` },
  { file: "cut behind a comma", content: '{"a": 1,', error: `1:9+1 ${BREAKS_OFF}` },
  { file: "cut in a word", content: '{"a": tru', error: `1:10+1 ${BREAKS_OFF}` },
  { file: "a trailing comma", content: '{"a": 1,}', error: `1:9+1 ${ONE_DOCUMENT}` },
  { file: "a key twice", content: '{"a": 1,\n "b": {"c": 1, "c": 2}}', error: `2:16+3 ${TWICE}`, asRead: NO_VERSION },
  { file: "a key twice, once escaped", content: '{"ab": 1, "\\u0061b": 2}', error: `1:11+9 ${TWICE}`, asRead: NO_VERSION },
  { file: "__proto__", content: '{"a": {"__proto__": {}}}', error: `1:8+11 ${PROTO}` },
  { file: "__proto__, escaped", content: '{"a": {"\\u005f_proto__": {}}}', error: `1:8+16 ${PROTO}` },
  {
    file: "nested too deep",
    content: `${"[".repeat(MAX_DEPTH + 1)}`,
    error: `1:129+1 too-deep: Cannot read the plan: it nests deeper than ${MAX_DEPTH} levels; wanted what an engine writes`,
  },
  {
    file: "not UTF-8",
    content: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    error: "1:1+1 unreadable-file: Cannot read the plan: it is not UTF-8; wanted the output of show -json",
  },
  { file: "a list", content: "[]", error: "1:1+1 wrong-type: Cannot read the plan: wanted an object, the output of show -json" },
  {
    file: "another object",
    content: '{"name": "x"}',
    error: NO_VERSION,
  },
];

describe("A file that is no plan:", () => {
  test.each(NO_PLANS)("$file", ({ content, error }) => {
    expect(refusals(content)).toEqual([`plan.json:${error}`]);
  });

  test.each(NO_PLANS)("$file, from the engine itself", ({ content, error, asRead }) => {
    expect(engineRefusals(content)).toEqual([`plan.json:${asRead ?? error}`]);
  });

  test("a key twice among many", () => {
    const keys = Array.from({ length: 100 }, (_, index) => `"k${index}": 0`);
    expect(refusals(`{${[...keys, '"k7": 1'].join(", ")}}`)).toEqual([expect.stringContaining("duplicate-key")]);
    expect(refusals(`{${keys.join(", ")}}`)).toEqual([expect.stringContaining("format_version")]);
  });

  test("a recorded plan that is cut anywhere", () => {
    const bytes = recordedBytes("flavor-resize");
    for (let end = 1; end < bytes.length - 1; end += 2111) {
      expect(refusals(bytes.subarray(0, end))).toEqual([expect.stringContaining(BREAKS_OFF)]);
      expect(engineRefusals(bytes.subarray(0, end))).toEqual(refusals(bytes.subarray(0, end)));
    }
  });

  test("the words of the file are in no error", () => {
    for (const content of ['{"psk": "hunter2" "x"}', '{"psk": hunter2}', '{"psk": "hunter2', "hunter2", '{"hunter2": 1, "hunter2": 2}'])
      expect([...refusals(content), ...engineRefusals(content)].join()).not.toContain("hunter2");
  });
});

describe("A file that cannot be read:", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "read-plan-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("too large, and nothing of it is read", () => {
    const path = join(folder, "large.json");
    writeFileSync(path, "{");
    truncateSync(path, MAX_PLAN_BYTES + 1);
    expect(thrown(() => readPlanBytes(path, "large.json"))).toEqual([
      `large.json:1:1+1 file-too-large: Cannot read the plan: it is larger than the limit of ${MAX_PLAN_BYTES} bytes`,
    ]);
  });

  test("not there, or no file", () => {
    expect(thrown(() => readPlanBytes(join(folder, "none.json"), "none.json"))).toEqual([
      "none.json:1:1+1 unreadable-file: Cannot read the plan (ENOENT): wanted a readable file",
    ]);
    expect(thrown(() => readPlanBytes(folder, "folder"))).toEqual([
      "folder:1:1+1 unreadable-file: Cannot read the plan: it is not a regular file; wanted a plan file",
    ]);
  });
});

const TARGETED = "wanted a plan of everything, made without -target and -refresh-only";
const created = (address: string, after: unknown = {}) => entryOf(address, { actions: ["create"], after });

describe("A plan that is not finished, not whole, or that no engine wrote:", () => {
  test.each([
    {
      plan: { format_version: "2.0" },
      error: 'not-allowed: Cannot read the plan: its format_version is "2.0"; wanted 1.x, as terraform or tofu show -json writes it',
    },
    {
      plan: { format_version: "1" },
      error: 'not-allowed: Cannot read the plan: its format_version is "1"; wanted 1.x, as terraform or tofu show -json writes it',
    },
    {
      plan: { format_version: 1.2 },
      error: "not-allowed: Cannot read the plan: its format_version is ?; wanted 1.x, as terraform or tofu show -json writes it",
    },
    {
      plan: { terraform_version: "1.5.7" },
      error: 'not-allowed: Cannot read the plan: it was made by version "1.5.7"; wanted Terraform or OpenTofu 1.6 or later',
    },
    {
      plan: { terraform_version: undefined },
      error: "missing-key: Cannot read the plan: it was made by version —; wanted Terraform or OpenTofu 1.6 or later",
    },
    {
      plan: { errored: true, complete: false },
      error: "not-allowed: Cannot read the plan: planning failed, so it is not whole; wanted a plan that succeeded",
      more: 1,
    },
    {
      plan: { errored: undefined },
      error: "missing-key: Cannot read the plan: it does not say whether planning failed; wanted errored to be false",
    },
    {
      plan: { complete: false },
      error: "not-allowed: Cannot read the plan: it is not complete (-target, or deferred changes); wanted a plan of everything",
    },
    { plan: { deferred_changes: [{}] }, error: "not-allowed: Cannot read the plan: it defers changes; wanted a plan of everything" },
    {
      plan: { action_invocations: [{}] },
      error: "not-allowed: Cannot read the plan: it runs actions that nobody here can judge; wanted changes of resources alone",
    },
    { plan: { resource_changes: {} }, error: "wrong-type: Cannot read the plan: wanted resource_changes to be a list" },
    {
      plan: { planned_values: { root_module: { child_modules: [{ resources: [{ address: "module.a.t.x", mode: "managed" }] }] } } },
      error: `contradiction: Cannot read the plan: module.a.t.x is not among its changes; ${TARGETED}`,
    },
    {
      plan: {
        prior_state: {
          values: {
            root_module: {
              resources: [
                { address: "t.x", mode: "managed" },
                { address: "data.t.y", mode: "data" },
              ],
            },
          },
        },
      },
      error: `contradiction: Cannot read the plan: t.x is not among its changes; ${TARGETED}`,
    },
    {
      plan: {
        complete: undefined,
        resource_changes: [created("t.y")],
        configuration: {
          root_module: {
            resources: [
              { address: "t.x", mode: "managed" },
              { address: "t.y", mode: "managed" },
            ],
          },
        },
      },
      error: `contradiction: Cannot read the plan: t.x is not among its changes; ${TARGETED}`,
    },
    {
      plan: { resource_changes: [created("t.x"), created("t.x")] },
      error: "contradiction: Cannot read the plan: t.x is there twice; wanted one change of each resource",
    },
    { plan: { resource_changes: [7] }, error: "wrong-type: Cannot read the plan: a change is no object; wanted what show -json writes" },
    {
      plan: { resource_changes: [{ ...created("t.x"), mode: "other" }] },
      error: "wrong-type: Cannot read the plan: wanted mode managed or data",
    },
    {
      plan: { resource_changes: [{ ...created("t.x"), type: "u" }] },
      error: "wrong-type: Cannot read the plan: address t.x is not that of its type, name and module",
    },
    {
      plan: { resource_changes: [{ ...created("t.x"), name: "" }] },
      error: "wrong-type: Cannot read the plan: wanted address, type and name of the resource",
    },
    {
      plan: { resource_changes: [{ ...created("t.x"), change: null }] },
      error: "wrong-type: Cannot read the plan: wanted the change of the resource",
    },
    {
      plan: { resource_changes: [entryOf("t.x", { actions: ["explode"], after: {} })] },
      error: 'wrong-type: Cannot read the plan: unknown actions ["explode"]; wanted create, update, delete, forget, no-op or a replacement',
    },
    {
      plan: { resource_changes: [entryOf("t.x", { actions: ["update"], after: {} })] },
      error: "wrong-type: Cannot read the plan: before and after do not fit the action update",
    },
    {
      plan: { resource_changes: [entryOf("t.x", { actions: ["no-op"], before: { size: 20 }, after: { size: 15 } })] },
      error: "wrong-type: Cannot read the plan: before and after do not fit the action no-op",
    },
    {
      plan: { resource_changes: [entryOf("t.x", { actions: ["no-op"], before: { ids: ["a"] }, after: { ids: ["a", "b"] } })] },
      error: "wrong-type: Cannot read the plan: before and after do not fit the action no-op",
    },
    {
      plan: { resource_changes: [entryOf("t.x", { actions: ["no-op"], before: { size: 20 }, after: {}, after_unknown: { size: true } })] },
      error: "wrong-type: Cannot read the plan: before and after do not fit the action no-op",
    },
    {
      plan: { resource_changes: [entryOf("t.x", { actions: ["create"], before: { size: 20 }, after: { size: 15 } })] },
      error: "wrong-type: Cannot read the plan: before and after do not fit the action create",
    },
    {
      plan: { resource_changes: [entryOf("t.x", { actions: ["read"], before: { size: 20 }, after: { size: 15 } })] },
      error: 'wrong-type: Cannot read the plan: unknown actions ["read"]; wanted create, update, delete, forget, no-op or a replacement',
    },
  ])("$error", ({ plan, error, more = 0 }) => {
    const words = JSON.stringify(planOf(plan), undefined, 1);
    const found = refusals(words);
    expect(engineRefusals(words)).toEqual(found);
    expect(found).toHaveLength(1 + more);
    expect(found.map((each) => each.replace(/^plan\.json:\d+:\d+\+1 /, ""))).toContain(error);
  });

  test("a number without end", () => {
    const plan = JSON.stringify(planOf({ resource_changes: [created("t.x", { size: "SIZE" })] })).replace('"SIZE"', "1e999");
    expect(engineRefusals(plan)).toEqual(refusals(plan));
    expect(refusals(plan)).toEqual([
      expect.stringContaining("out-of-range: Cannot read the plan: size of t.x is too large a number; wanted a finite one"),
    ]);
  });

  test("the place of an error is that of the value, also where a line is the whole file", () => {
    const plan = planOf({ resource_changes: [created("t.x"), { ...created("t.y"), mode: "other" }] });
    const line = JSON.stringify(plan);
    expect(refusals(line)).toEqual([expect.stringContaining(`plan.json:1:${line.indexOf('"other"') + 1}+1 `)]);
    expect(refusals(JSON.stringify(plan, undefined, 2))).toEqual([expect.stringMatching(/^plan\.json:\d\d:15\+1 /)]);
  });

  test("no more than ten errors are told", () => {
    expect(refusals(JSON.stringify(planOf({ resource_changes: Array.from({ length: 50 }, () => 7) })))).toHaveLength(10);
  });
});

test("A type that is called like a part of every object is a type like any other", () => {
  const { after } = readPlan(
    parseForeignPlan("plan.json", Buffer.from(JSON.stringify(planOf({ resource_changes: [created("constructor.x", { size: 1 })] })))),
  );
  expect(after.map(({ type, values }) => [type, values])).toEqual([["constructor", { size: 1 }]]);
});

test.each([
  { what: "null on one side, left out on the other", before: { size: 1, tags: null }, after: { size: 1 } },
  { what: "keys in another order", before: { size: 1, list: [{ a: 1, b: 2 }] }, after: { list: [{ b: 2, a: 1 }], size: 1 } },
])("what an engine calls no-op is none: $what", ({ before, after }) => {
  const unknown = { list: [{}], tags: false };
  expect(
    refusals(JSON.stringify(planOf({ resource_changes: [entryOf("t.x", { actions: ["no-op"], before, after, after_unknown: unknown })] }))),
  ).toEqual([]);
});

test("what is left out of a plan of nothing is no error", () => {
  expect(refusals(JSON.stringify(planOf({ resource_changes: undefined, configuration: undefined, planned_values: undefined })))).toEqual(
    [],
  );
});

describe("From the engine itself", () => {
  test.each(RECORDED)("%s says the same as from elsewhere", (plan) => {
    const [engine, foreign] = [parseEnginePlan, parseForeignPlan].map((parse) => readPlan(parse("plan.json", recordedBytes(plan))));
    expect(engine).toEqual(foreign);
  });

  test("what only reads like a key __proto__ is no error", () => {
    for (const words of ["__proto__", "\\u005f_proto__"])
      expect(engineRefusals(JSON.stringify(planOf({ resource_changes: [created("t.x", { name: words })] })))).toEqual([]);
  });

  test.each([
    { where: "in a value", more: (deep: unknown) => ({ resource_changes: [created("t.x", { deep })] }), from: 5 },
    { where: "in the configuration", more: (deep: unknown) => ({ configuration: { deep } }), from: 2 },
    { where: "in an output", more: (deep: unknown) => ({ output_changes: { deep } }), from: 2 },
  ])("as deep as the limit is read, and no deeper: $where", ({ more, from }) => {
    const plan = (levels: number) => JSON.stringify(planOf(more("DEEP"))).replace('"DEEP"', "[".repeat(levels) + "]".repeat(levels));
    const most = MAX_DEPTH - from;
    expect(engineRefusals(plan(most))).toEqual([]);
    expect(engineRefusals(plan(most + 1))).toEqual([expect.stringContaining("too-deep")]);
    expect(engineRefusals(plan(most + 1))).toEqual(refusals(plan(most + 1)));
    expect(engineRefusals(plan(100_000))).toEqual([expect.stringContaining("too-deep")]);
  });

  test("modules that are listed without end are looked through", () => {
    const listed = `${'{"child_modules":['.repeat(50_000)}${"]}".repeat(50_000)}`;
    expect(engineRefusals(JSON.stringify(planOf({ planned_values: { root_module: "DEEP" } })).replace('"DEEP"', listed))).toEqual([]);
  });
});
