import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = new URL("../../", import.meta.url);
const PARTS = ["catalog", "stacks", "policies", "cost", "scripts"] as const;

function filesOf(part: string): string[] {
  return readdirSync(new URL(`${part}/`, ROOT), { recursive: true, encoding: "utf8" })
    .map((file) => `${part}/${file.replaceAll("\\", "/")}`)
    .filter((file) => /\.m?[tj]s$/.test(file))
    .sort();
}

/** What a file imports, statically or not, types too: paths from the root for its own, names for packages. */
function importsOf(file: string, withTypes = true): string[] {
  const source = readFileSync(new URL(file, ROOT), "utf8");
  const words = withTypes ? source : source.replaceAll(/^(import|export) type [^;]*;$/gm, "");
  const specifiers = [
    ...words.matchAll(/(?:^|[\s;}])(?:import|export)\s*(?:[\w*{}\s,$]+?\s*from\s*)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/g),
  ].map(([, plain, dynamic]) => plain ?? dynamic ?? "");
  const urls = [...words.matchAll(/new URL\(\s*["'`](\.[^"'`$]*)/g)].map(([, path = ""]) => path).filter((path) => /\.m?[tj]s$/.test(path));
  return [...specifiers, ...urls].map((name) => (name.startsWith(".") ? posix.join(posix.dirname(file), name) : name));
}

const ofParts = (names: readonly string[]) => names.filter((name) => PARTS.some((part) => name.startsWith(`${part}/`)));

// catalog ← {stacks, policies, cost} ← scripts
const ALLOWED: Readonly<Record<(typeof PARTS)[number], readonly string[]>> = {
  catalog: ["catalog"],
  stacks: ["catalog", "stacks"],
  policies: ["catalog", "policies"],
  cost: ["catalog", "cost"],
  scripts: ["catalog", "stacks", "policies", "cost", "scripts"],
};

describe.each(Object.entries(ALLOWED))("Files of %s/", (part, allowed) => {
  const files = filesOf(part);
  test("are there", () => {
    expect(files.length).toBeGreaterThan(0);
  });

  test(`import only ${allowed.join(", ")}, and packages`, () => {
    const wrong = files.flatMap((file) =>
      ofParts(importsOf(file))
        .filter((name) => !allowed.includes(name.split("/")[0] ?? ""))
        .map((name) => `${file} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test("import nothing outside these five folders", () => {
    const outside = files.flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith("..") || /^(test|bench|providers)\//.test(name))
        .map((name) => `${file} imports ${name}`),
    );
    expect(outside).toEqual([]);
  });
});

test("The rule sees imports of every form", () => {
  expect(importsOf("test/architecture/imports.test.ts")).toEqual(["node:fs", "node:path", "vitest"]);
  expect(importsOf("cost/money.ts")).toEqual(["decimal.js", "catalog/contract.ts"]);
  expect(importsOf("cost/money.ts", false)).toEqual(["decimal.js"]);
  expect(importsOf("cost/costing.ts")).toContain("catalog/annex-1.ts");
});

test("Nothing but the composition, which is scripts/ itself, imports scripts/", () => {
  const importers = PARTS.filter((part) => part !== "scripts").flatMap((part) =>
    filesOf(part).filter((file) => importsOf(file).some((name) => name.startsWith("scripts/"))),
  );
  expect(importers).toEqual([]);
});

test("Only the stacks build with CDKTF; catalogue, prices and policies run without it", () => {
  const builders = ["catalog", "policies", "cost"].flatMap((part) =>
    filesOf(part).filter((file) => importsOf(file).some((name) => /^(cdktf|constructs|@cdktf\/)/.test(name))),
  );
  expect(builders).toEqual([]);
});

test("Policies and costings are pure: they read no file, start no process and open no connection", () => {
  const impure = ["policies", "cost"].flatMap((part) =>
    filesOf(part).flatMap((file) =>
      importsOf(file)
        .filter((name) => /^(node:(?!util$)|zx$)/.test(name))
        .map((name) => `${file} imports ${name}`),
    ),
  );
  expect(impure).toEqual([]);
});

/** Types, engine and index of the policies. */
const ENGINE = ["policies/apply-waivers.ts", "policies/evaluate.ts", "policies/index.ts", "policies/policy.ts", "policies/tell-once.ts"];
/** Types of policies that several are made from, which differ by a table and their words alone. */
const SHAPES = ["policies/world-open-port.ts"];

test("policies/ holds its policies by area, one a file, their types, the engine and the index, and nothing else", () => {
  for (const file of filesOf("policies").filter((each) => ![...ENGINE, ...SHAPES].includes(each))) {
    expect(file).toMatch(/^policies\/[a-z-]+\/(no|require)-[a-z0-9-]+\.ts$/);
    const exported = readFileSync(new URL(file, ROOT), "utf8").match(/^export .*/gm) ?? [];
    expect(exported).toEqual([expect.stringMatching(/^export const \w+ = define[A-Z]\w*Policy\(/)]);
  }
});

test("No file makes a cycle with others when it runs; types alone may", () => {
  const graph = new Map(PARTS.flatMap(filesOf).map((file) => [file, ofParts(importsOf(file, false))]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(" → "));
    if (done.has(file) || path.includes(file)) return;
    for (const next of graph.get(file) ?? []) walk(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  expect(cycles).toEqual([]);
});
