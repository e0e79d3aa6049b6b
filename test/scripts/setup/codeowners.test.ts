import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { InvalidInput } from "../../../catalog/source/diagnostic.ts";
import { parseSource } from "../../../catalog/source/source-file.ts";
import { readProgramFile } from "../../../scripts/program-file.ts";
import { codeownersFiles, gitignoreForm, readOwners, regexpForm } from "../../../scripts/setup/generate-codeowners.ts";
import { bytesOf, printDiagnostic } from "../../tree.ts";
import { ROOT } from "../run.ts";

const OWNERS = readOwners(readProgramFile(ROOT, "policies/owners.yaml", "owners"), ["health", "hrss"]);

test.each(Object.entries(codeownersFiles()))("%s is current: `npm run generate` would write the same", (path, words) => {
  expect(readFileSync(`${ROOT}/${path}`, "utf8")).toBe(words);
});

test("None stands where Gitea would take .gitignore's patterns for regular expressions", () => {
  expect(["CODEOWNERS", "docs/CODEOWNERS"].filter((path) => existsSync(`${ROOT}/${path}`))).toEqual([]);
});

test("No comment holds a name: GitLab would take it for an owner", () => {
  for (const words of Object.values(codeownersFiles())) expect(words.match(/#.*@/g)).toBe(null);
});

const rules = (words: string) =>
  words
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(" "));

/** Whom GitLab and GitHub ask: the owner of the last pattern that matches. */
function lastOwner(path: string): string | undefined {
  const matches = (pattern: string) =>
    pattern === "*" ||
    new RegExp(`^${pattern.slice(1).replaceAll(".", "\\.").replaceAll("*", "[^/]*")}${pattern.endsWith("/") ? "" : "$"}`).test(path);
  return rules(gitignoreForm(OWNERS)).findLast(([pattern = ""]) => matches(pattern))?.[1];
}

/** Whom Gitea asks: every owner whose whole expression matches, or, with `!`, does not. A backslash escapes what follows it. */
function allOwners(path: string): readonly string[] {
  return rules(regexpForm(OWNERS)).flatMap(([pattern = "", owner = ""]) => {
    const expression = pattern.replaceAll(/\\(.)/g, "$1");
    const matches = new RegExp(`^${expression.replace(/^!/, "")}$`).test(path);
    return matches === !expression.startsWith("!") ? [owner] : [];
  });
}

test.each([
  { path: "stacks/tenants/hrss/job-service.yaml", owner: "bureau-hrss", asked: ["bureau-hrss"] },
  { path: "stacks/tenants/hrss/tenant.yaml", owner: "centre", asked: ["bureau-hrss", "centre"] },
  { path: "stacks/tenants/hrss/waivers.yaml", owner: "centre", asked: ["bureau-hrss", "centre"] },
  { path: "stacks/tenants/new-bureau/tenant.yaml", owner: "centre", asked: ["centre"] },
  { path: "stacks/tenants/new-bureau/system.yaml", owner: "operator", asked: ["operator"] },
  { path: "stacks/system-stack.ts", owner: "operator", asked: ["operator"] },
  { path: "catalog/pools.yaml", owner: "centre", asked: ["centre"] },
  { path: "catalog/price-books/2026-02-01.yaml", owner: "centre", asked: ["centre"] },
  { path: "catalog/pool.ts", owner: "operator", asked: ["operator"] },
  { path: "catalog/schema/system.schema.json", owner: "operator", asked: ["operator"] },
  { path: "policies/waivers.yaml", owner: "centre", asked: ["centre"] },
  { path: "policies/approvals.yaml", owner: "centre", asked: ["centre"] },
  { path: "policies/approval-keys.yaml", owner: "security", asked: ["centre", "security"] },
  { path: "policies/keys/centre/director.pem", owner: "security", asked: ["security"] },
  { path: "policies/damage/no-outage.ts", owner: "operator", asked: ["operator"] },
  { path: ".gitlab-ci.yml", owner: "operator", asked: ["operator"] },
  { path: ".gitea/CODEOWNERS", owner: "operator", asked: ["operator"] },
  { path: "policiesXwaivers.yaml", owner: "operator", asked: ["operator"] },
])("$path is $owner's; Gitea asks $asked", ({ path, owner, asked }) => {
  expect(lastOwner(path)).toBe(`@govcloud/${owner}`);
  expect(allOwners(path)).toEqual(asked.map((each) => `@govcloud/${each}`));
});

test("A group that nobody named is refused at its line", () => {
  const words = 'groups: { a: "@x/a" }\nbureau: "@x/{bureau}"\nrest: a\nareas:\n  - { path: x/, owner: b }\n';
  const { file } = parseSource("policies/owners.yaml", bytesOf(words));
  if (file === undefined) throw new Error("wanted a file");
  let found: readonly string[] = [];
  try {
    readOwners(file, []);
  } catch (error) {
    if (error instanceof InvalidInput) found = error.diagnostics.map(printDiagnostic);
  }
  expect(found).toEqual(['policies/owners.yaml:5:24+1 unknown-reference: Cannot find group "b": wanted one of a']);
});
