import { expect, test } from "vitest";
import { InvalidInput } from "../../../catalog/source/diagnostic.ts";
import { scanJson } from "../../../catalog/terraform-plan/plan-json/scan-json.ts";
import { parseForeignPlan, readPlan } from "../../../catalog/terraform-plan/read-plan.ts";
import { recordedBytes } from "../../plans/recorded.ts";
import { entryOf, type Fields, planOf, read } from "./read-plan-example.ts";

const LONG = "x".repeat(300);
const listed = (address: string): Fields => ({ address, mode: "managed", values: { text: `${LONG}"}]\\` } });

/** What is wrong, and where, with a plan that lists these resources as planned. */
function faultOf(plan: Fields): string {
  try {
    read(JSON.stringify(plan, null, 1));
  } catch (error) {
    if (error instanceof InvalidInput) return error.diagnostics.map(({ code, message }) => `${code} ${message.en}`).join();
    throw error;
  }
  return "none";
}

test.each([
  { what: "in the root module", module: { resources: [listed("t.a"), listed("t.b")] } },
  {
    what: "in a module of a module",
    module: { child_modules: [{ text: LONG, child_modules: [{ resources: [listed("t.a"), listed("t.b")] }] }] },
  },
])("A plan that lists a resource without a change is refused: $what", ({ module }) => {
  const change = entryOf("t.a", { actions: ["create"], after: {} });
  const wanted = /^contradiction .*t\.b is not among its changes/;
  expect(faultOf(planOf({ planned_values: { root_module: module }, resource_changes: [change] }))).toMatch(wanted);
  expect(faultOf(planOf({ prior_state: { values: { root_module: module } }, resource_changes: [change] }))).toMatch(wanted);
});

test("A data source and a deposed object need no change, however long they are", () => {
  const resources = [
    { ...listed("t.a"), mode: "data" },
    { ...listed("t.b"), deposed_key: "0" },
  ];
  expect(faultOf(planOf({ planned_values: { root_module: { resources } } }))).toBe("none");
});

test("Whatever is no JSON is refused, also where only addresses are read: each sign of a recorded plan spoilt in turn", () => {
  const whole = JSON.stringify(JSON.parse(recordedBytes("no-op").toString("utf8")));
  const passed: string[] = [];
  for (const key of ["planned_values", "prior_state"]) {
    const from = whole.indexOf(`"${key}"`);
    for (let at = from; at < from + 1500; at += 41) {
      for (const sign of ["{", "}", "[", "]", '"', ",", ":", "\\", "7", ""]) {
        const spoilt = whole.slice(0, at) + sign + whole.slice(at + 1);
        try {
          JSON.parse(spoilt);
        } catch {
          try {
            readPlan(parseForeignPlan("plan.json", Buffer.from(spoilt)));
            passed.push(`${sign} at ${at}`);
          } catch (error) {
            if (!(error instanceof InvalidInput)) throw error;
          }
        }
      }
    }
  }
  expect(passed).toEqual([]);
});

test.each([
  { keys: ["a", "b", "a"] },
  { keys: ["a", "b", "c", "b"] },
  { keys: ["b", "a", "b"] },
  { keys: ["a", "ab", "abc", "ab"] },
  { keys: ["b", "a", "c", "a"] },
])("A key that stands twice is found, sorted or not: $keys", ({ keys }) => {
  const words = `{${keys.map((key) => `"${key}":0`).join()}}`;
  expect(scanJson(Buffer.from(words))?.kind).toBe("duplicate-key");
  expect(scanJson(Buffer.from(words.replace(/,"[^"]*":0}$/, "}")))).toBeUndefined();
});
