import { describe, expect, test } from "vitest";
import type { Catalogue } from "../../catalog/catalogue.ts";
import { editedValues } from "../../catalog/governing-data.ts";
import type { Path, SourceFile } from "../../catalog/source/source-file.ts";
import { CATALOGUE, required } from "../declared.ts";

/** The catalogue with other words in one file, whatever its schema would say of them. */
function withValue(source: SourceFile, value: unknown): Catalogue {
  return { ...CATALOGUE, sources: new Map(CATALOGUE.sources).set(source.path, { ...source, text: `${source.text}#`, value }) };
}

/** Path of every single value of a file. */
function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const steps: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return steps.flatMap((step) => leaves((value as Record<string | number, unknown>)[step], [...path, step]));
}

function replaced(value: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined) return `${value} otherwise`;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  (copy as Record<string | number, unknown>)[step] = replaced((copy as Record<string | number, unknown>)[step], rest);
  return copy;
}

const edits = (catalogue: Catalogue) => [
  ...editedValues(CATALOGUE, catalogue, "contract"),
  ...editedValues(CATALOGUE, catalogue, "platform"),
];

// Price books have policies of their own.
const FILES = [...CATALOGUE.sources.values()].filter(({ path }) => !path.startsWith("catalog/price-books/"));

describe("no value of the catalogue changes unseen", () => {
  test.each(FILES.map((source) => ({ path: source.path, source })))("$path", ({ source }) => {
    for (const path of leaves(source.value)) {
      const found = edits(withValue(source, replaced(source.value, path)));
      const isName = path.at(-1) === "item" || path.at(-1) === "key";
      if (isName) expect(found, path.join(".")).not.toEqual([]);
      else expect(found.map((each) => [each.file, each.path.join(".")])).toEqual([[source.path, path.join(".")]]);
      expect(found.every(({ decides, address }) => decides.en !== source.path && address.startsWith(source.path))).toBe(true);
    }
  });

  test("nor does a file that is taken out", () => {
    for (const { path } of FILES) {
      const sources = new Map(CATALOGUE.sources);
      sources.delete(path);
      expect(edits({ ...CATALOGUE, sources }), path).toHaveLength(1);
    }
  });
});

test("the addresses of edits are such as a waiver can name", () => {
  const named = FILES.flatMap((source) =>
    leaves(source.value).flatMap((path) => edits(withValue(source, replaced(source.value, path))).map(({ address }) => address)),
  );
  expect(named.filter((address) => !/^[A-Za-z0-9_./-]{1,200}$/.test(address))).toEqual([]);
});

test("an added size changes nothing that stands; an added pool governs as a changed one does", () => {
  const pools = required(CATALOGUE.sources.get("catalog/pools.yaml"), "pools.yaml");
  const { pools: standing } = pools.value as { pools: Record<string, unknown> };
  expect(edits(withValue(pools, { pools: { ...standing, third: { name: "x" } } }))).toHaveLength(1);
  expect(edits(withValue(pools, { pools: standing, other: 1 }))).toHaveLength(1);
});
