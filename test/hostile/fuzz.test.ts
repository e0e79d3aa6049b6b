import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { readCatalogue, readSource } from "../../catalog/read-catalogue.ts";
import { readDeclarations } from "../../catalog/read-declarations.ts";
import { readWaivers } from "../../catalog/read-waivers.ts";
import { findSecrets } from "../../catalog/secrets.ts";
import { checkTree } from "../../catalog/source/check-tree.ts";
import { InvalidInput } from "../../catalog/source/diagnostic.ts";
import { parseSource } from "../../catalog/source/source-file.ts";
import { renderDiagnostics } from "../../scripts/render/diagnostics.ts";
import { terminalSafe } from "../../scripts/render/escape.ts";
import { bytesOf, realTree, treeOf, treeWith } from "../tree.ts";
import { BUREAU, SYSTEM, WAIVERS } from "./input.ts";

/** A few seconds in all; the seed is told where something is found. */
const RUNS = { numRuns: 150 };

const read = readCatalogue(treeWith({}));
if (read.kind === "invalid") throw new InvalidInput(read.diagnostics);
const { catalogue } = read;
const real = [...realTree().entries].flatMap(([path, entry]) =>
  path.startsWith("stacks/") && path.endsWith(".yaml") && entry.kind === "file" ? [new TextDecoder().decode(entry.bytes())] : [],
);

/** Reads bytes as a declaration, a bureau's file and waivers; whatever it says has to be printable. */
function readAsAll(content: Uint8Array | string): void {
  for (const path of [SYSTEM, "stacks/tenants/a/tenant.yaml"]) {
    const { diagnostics } = readDeclarations(treeOf({ ...BUREAU, [path]: content }), catalogue);
    for (const { range } of diagnostics) expect([range.line > 0, range.column > 0, range.length > 0]).toEqual([true, true, true]);
    for (const line of renderDiagnostics(diagnostics, "en").split("\n")) expect(terminalSafe(line)).toBe(line);
  }
  const waivers = readSource(treeOf({ [WAIVERS]: content }), WAIVERS, "waivers");
  if (waivers.kind === "parsed")
    readWaivers(waivers.file, { policies: new Map(), systems: new Set(), tenant: "a", approvers: [], authorsOf: () => undefined });
}

const token = fc.constantFrom(
  ..."&a|*a|!!int|!x|<<: |__proto__: |---|...|%YAML 1.1|? |: |- |[|]|{|}|,|#|'|\"|\\|\n|\n  |\t|\r|\u0000|\u202e|\ufeff|\ud800|${|%{|1e308|.inf|~|>-|".split(
    "|",
  ),
  "|\n",
);
const yamlText = fc
  .array(fc.oneof(token, fc.string({ maxLength: 8 }), fc.constantFrom("name", "servers", "mlps", "pool")), { maxLength: 60 })
  .map((parts) => parts.join(""));

const mutated = fc
  .tuple(
    fc.constantFrom(...real),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom("flip", "swap", "insert", "cut", "repeat"), token, fc.nat({ max: 255 })), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([words, changes]) => {
    let bytes = Buffer.from(words);
    for (const [at, kind, inserted, value] of changes) {
      const place = at % (bytes.length + 1);
      const lines = bytes.toString("latin1").split("\n");
      const line = at % lines.length;
      if (kind === "flip") bytes = Buffer.concat([bytes.subarray(0, place), Buffer.of(value), bytes.subarray(place + 1)]);
      else if (kind === "insert") bytes = Buffer.concat([bytes.subarray(0, place), Buffer.from(inserted), bytes.subarray(place)]);
      else if (kind === "cut") bytes = bytes.subarray(0, place);
      else if (kind === "repeat")
        bytes = Buffer.from([...lines.slice(0, line), ...lines.slice(line, line + 3), ...lines.slice(line)].join("\n"), "latin1");
      else bytes = Buffer.from(lines.with(line, lines[value % lines.length] ?? "").join("\n"), "latin1");
    }
    return new Uint8Array(bytes);
  });

afterEach(() => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain("polluted");
});

describe("The readers say what is wrong, throw nothing and end, given", () => {
  test("any bytes", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), readAsAll), RUNS);
  });

  test("text made of the pieces of YAML", () => {
    fc.assert(fc.property(yamlText, readAsAll), RUNS);
  });

  test("real declarations with bytes flipped, lines swapped, pieces put in, ends cut off", () => {
    fc.assert(fc.property(mutated, readAsAll), RUNS);
  });

  test("any value in the place of any value of a real declaration", () => {
    const values = fc.jsonValue({ maxDepth: 3 });
    const places = real.flatMap((words) => {
      const parsed = parseSource("f.yaml", bytesOf(words));
      return parsed.kind === "parsed" ? pathsOf(parsed.file.value).map((path) => ({ value: parsed.file.value, path })) : [];
    });
    fc.assert(
      fc.property(fc.constantFrom(...places), values, ({ value, path }, instead) =>
        readAsAll(JSON.stringify(replaced(value, path, instead))),
      ),
      { numRuns: 400 },
    );
  });

  test("any names of files", () => {
    const name = fc.oneof(
      fc.string({ unit: "binary", minLength: 1, maxLength: 12 }),
      fc.constantFrom("a", "A", "tenant.yaml", "..", ".", "s.yaml", "ſ.yaml"),
    );
    fc.assert(
      fc.property(fc.array(fc.array(name, { minLength: 1, maxLength: 3 }), { maxLength: 5 }), (paths) => {
        const tree = treeOf({ ...BUREAU, ...Object.fromEntries(paths.map((parts) => [`stacks/tenants/${parts.join("/")}`, ""])) });
        const diagnostics = [...checkTree(tree), ...readDeclarations(tree, catalogue).diagnostics];
        for (const line of renderDiagnostics(diagnostics, "zh").split("\n")) expect(terminalSafe(line)).toBe(line);
      }),
      RUNS,
    );
  });

  test("any text in which secrets are looked for", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 2000 }), (words) => {
        expect(findSecrets(words).length).toBeLessThan(20);
      }),
      RUNS,
    );
  });
});

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]))];
}

function replaced(value: unknown, [step, ...rest]: Path, instead: unknown): unknown {
  if (step === undefined) return instead;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? replaced(item, rest, instead) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([key, inner]) => [key, key === step ? replaced(inner, rest, instead) : inner]),
  );
}
