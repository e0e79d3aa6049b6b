import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { POLICIES } from "../../policies/index.ts";
import { policyIndex } from "../../scripts/setup/generate-policy-index.ts";

const FOLDER = new URL("../../policies/", import.meta.url);
const TESTS = new URL("./", import.meta.url);

/** Files of policies, as `area/id`. */
function idsOf(folder: URL, ending: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: area }) => readdirSync(new URL(`${area}/`, folder)).map((file) => `${area}/${file}`))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();
}

test("The index is current: `npm run generate` would write the same", () => {
  expect(readFileSync(new URL("index.ts", FOLDER), "utf8")).toBe(policyIndex());
});

test("The index holds every file below policies/, in the order of their ids, which are their paths", () => {
  expect(POLICIES.map(({ id }) => id)).toEqual(idsOf(FOLDER, ".ts"));
});

test("Every policy has its test, and every test its policy", () => {
  expect(idsOf(TESTS, ".test.ts")).toEqual(idsOf(FOLDER, ".ts"));
});

describe.each(POLICIES.map((policy) => ({ id: policy.id, policy })))("$id", ({ id, policy }) => {
  test("names a state that it forbids or requires", () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*\/(no|require)-[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  test.each(["title", "why", "remedy"] as const)("says its %s in both languages", (words) => {
    expect(policy[words].zh).toMatch(/\p{Script=Han}/u);
    expect(policy[words].en).toMatch(/^[A-Z][\x20-\x7e]+$/);
  });

  test("rests on a clause or a control, or says that it is a rule of this project", () => {
    expect(policy.clause).toMatch(/^(合同 |GB\/T |本项目规则; )/);
  });

  test("has its test where one looks for it", () => {
    expect(existsSync(new URL(`${id}.test.ts`, TESTS))).toBe(true);
  });
});
