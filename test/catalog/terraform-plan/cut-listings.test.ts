import { describe, expect, test } from "vitest";
import { InvalidInput } from "../../../catalog/source/diagnostic.ts";
import { cutListings } from "../../../catalog/terraform-plan/plan-json/cut-listings.ts";
import { parseEnginePlan, parseForeignPlan, readPlan } from "../../../catalog/terraform-plan/read-plan.ts";
import { RECORDED, recordedBytes } from "../../plans/recorded.ts";
import { printDiagnostic } from "../../tree.ts";
import { entryOf, planOf } from "./read-plan-example.ts";

type Parse = typeof parseForeignPlan;

/** However small it is, its listings are passed over. */
const parseCut: Parse = (name, content) => parseEnginePlan(name, content, 0);

function refusals(parse: Parse, content: string): string[] {
  try {
    readPlan(parse("plan.json", Buffer.from(content)));
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.diagnostics.map(printDiagnostic);
  }
}

const listed = (address: string, more: object = {}) => ({ address, mode: "managed", type: "t", name: "x", values: {}, ...more });
const planned = (...resources: readonly object[]) => ({ planned_values: { root_module: { resources } } });
const created = (address: string, after: object = {}) => entryOf(address, { actions: ["create"], after });
const cut = (plan: object) => cutListings(Buffer.from(JSON.stringify(plan)));
const addresses = (plan: object) => cut(plan)?.listings.get("planned_values")?.addresses;

describe("What lists the resources of a plan once more is passed over,", () => {
  test.each(RECORDED)("%s as an engine prints it says the same as from elsewhere", (plan) => {
    const bytes = Buffer.from(JSON.stringify(JSON.parse(recordedBytes(plan).toString())));
    expect(cutListings(bytes)).toBeDefined();
    const file = parseCut("plan.json", bytes);
    expect(readPlan(file)).toEqual(readPlan(parseForeignPlan("plan.json", bytes)));
    const { planned_values, prior_state } = JSON.parse(bytes.toString()) as Record<string, unknown>;
    expect([file.listing("planned_values"), file.listing("prior_state")]).toEqual([planned_values, prior_state]);
  });

  test.each([
    { what: "of the root module", plan: planned(listed("t.x"), listed("t.y")), found: ["t.x", "t.y"] },
    {
      what: "of a module inside",
      plan: { planned_values: { root_module: { child_modules: [{ address: "module.a", resources: [listed("module.a.t.x")] }] } } },
      found: ["module.a.t.x"],
    },
    { what: "with a key", plan: planned(listed('t.x["政务\\"]}"]')), found: ['t.x["政务\\"]}"]'] },
    {
      what: "whatever its values hold",
      plan: planned(listed("t.x", { values: { "}]": '"}]}', resources: [{ address: "t.no", mode: "managed" }] } })),
      found: ["t.x"],
    },
    { what: "but no data source", plan: planned({ ...listed("data.t.x"), mode: "data" }), found: [] },
    { what: "but nothing deposed", plan: planned(listed("t.x", { deposed_key: "0a" })), found: [] },
  ])("with the addresses $what", ({ plan, found }) => expect(addresses(planOf(plan))).toEqual(found));

  test.each([
    { what: "brackets that do not fit", words: '{"planned_values":{"root_module":{"a":{"b":[}]}}}' },
    { what: "an end within a text", words: '{"planned_values":{"root_module":{"a":"b' },
    { what: "an end within a list", words: '{"planned_values":{"root_module":{"resources":[{"address":"t.x"}' },
    { what: "blanks", words: '{"planned_values":{"root_module": {}}}' },
    { what: "a key __proto__", words: '{"planned_values":{"root_module":{"a":{"__proto__":1}}}}' },
    { what: "a key __proto__ in escapes", words: '{"planned_values":{"root_module":{"a":{"\\u005f_proto__":1}}}}' },
    { what: "an escape in a key", words: '{"planned_values":{"root_module":{"\\u0072esources":[]}}}' },
    { what: "an address that is no text", words: '{"planned_values":{"root_module":{"resources":[{"address":7,"mode":"managed"}]}}}' },
  ])("not where it holds $what", ({ words }) => expect(cutListings(Buffer.from(words))).toBeUndefined());
});

describe("A plan as an engine prints it is refused as one from elsewhere:", () => {
  const whole = { ...planned(listed("t.x")), resource_changes: [created("t.x")] };
  const both = (words: string) => {
    const found = refusals(parseCut, words);
    expect(found).toEqual(refusals(parseForeignPlan, words));
    return found;
  };

  test("cut anywhere", () => {
    const words = JSON.stringify(planOf(whole));
    expect(both(words)).toEqual([]);
    for (let end = 1; end < words.length; end += 7) expect(both(words.slice(0, end))).toEqual([expect.stringContaining("syntax")]);
  });

  test.each([
    { what: "planned", plan: planned(listed("t.x"), listed("t.gone")) },
    { what: "in the state", plan: { prior_state: { format_version: "1.0", values: { root_module: { resources: [listed("t.gone")] } } } } },
  ])("a resource that is $what alone", ({ plan }) => {
    expect(both(JSON.stringify(planOf({ ...whole, ...plan })))).toEqual([expect.stringContaining("t.gone is not among its changes")]);
  });

  test.each([
    { where: "in a value", more: { resource_changes: [created("t.x", { planned_values: { root_module: {} } })] } },
    { where: "before it, in a variable", more: {}, first: { variables: { a: { value: { planned_values: { root_module: {} } } } } } },
    { where: "in a text", more: { resource_changes: [created("t.x", { name: '"planned_values":{"root_module":{}}' })] } },
  ])("a listing $where hides none", ({ more, first = {} }) => {
    const plan = { ...first, ...planOf({ ...whole, ...planned(listed("t.x"), listed("t.gone")), ...more }) };
    expect(both(JSON.stringify(plan))).toEqual([expect.stringContaining("t.gone is not among its changes")]);
  });
});
