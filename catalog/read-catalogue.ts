import { ITEM_IDS, type Item, type ItemId, toItem } from "./annex-1.ts";
import type { Catalogue } from "./catalogue.ts";
import { checkCircuits, checkComponents, checkFlavors, checkImages, checkPools } from "./check-references.ts";
import type { Component } from "./component.ts";
import { type Contract, toContract } from "./contract.ts";
import { toFlavors } from "./flavor.ts";
import type { Image } from "./image.ts";
import type { Pool } from "./pool.ts";
import { readPriceBooks } from "./read-price-books.ts";
import { readResourceUsage } from "./sizing/read-resource-usage.ts";
import { readUsageQueries, USAGE_QUERIES_FILE } from "./sizing/usage-queries.ts";
import { checkSchema, type SchemaName } from "./source/check-schema.ts";
import { noRegularFile } from "./source/check-tree.ts";
import { type Diagnostic, diagnoseFile } from "./source/diagnostic.ts";
import { Reporter } from "./source/reporter.ts";
import { parseSource, type SourceFile } from "./source/source-file.ts";
import type { Tree } from "./source/tree.ts";
import { clip } from "./source/visible-text.ts";
import { text } from "./text.ts";

export type CatalogueResult =
  | { readonly kind: "valid"; readonly catalogue: Catalogue }
  | { readonly kind: "invalid"; readonly diagnostics: readonly Diagnostic[] };

const SINGLE_FILES = {
  "annex-1": "catalog/annex-1.yaml",
  "annex-2": "catalog/annex-2.yaml",
  pools: "catalog/pools.yaml",
  flavors: "catalog/flavors.yaml",
  images: "catalog/images.yaml",
  components: "catalog/components.yaml",
} as const;

/** Reads and checks every catalogue file of a tree; all errors of all files together. */
export function readCatalogue(tree: Tree): CatalogueResult {
  const diagnostics: Diagnostic[] = [];
  const sources = new Map<string, SourceFile>();
  const load = (path: string, schema: SchemaName): SourceFile | undefined => {
    const read = readSource(tree, path, schema);
    if (read.kind === "rejected") {
      diagnostics.push(...read.diagnostics);
      return undefined;
    }
    sources.set(path, read.file);
    return read.file;
  };
  const loadFolder = (folder: string, schema: SchemaName) => {
    const paths = [...tree.entries.keys()].filter((path) => path.startsWith(`${folder}/`));
    // A price book that nobody reads would be in force on paper alone.
    for (const path of paths) if (!path.endsWith(".yaml")) diagnostics.push(notYaml(path));
    return paths
      .filter((path) => path.endsWith(".yaml"))
      .map((path) => load(path, schema))
      .filter((file) => file !== undefined);
  };

  const annex = load(SINGLE_FILES["annex-1"], "annex-1");
  const levels = load(SINGLE_FILES["annex-2"], "annex-2");
  const pools = load(SINGLE_FILES.pools, "pools");
  const flavors = load(SINGLE_FILES.flavors, "flavors");
  const images = load(SINGLE_FILES.images, "images");
  const components = load(SINGLE_FILES.components, "components");
  const usageQueries = tree.entries.has(USAGE_QUERIES_FILE) ? load(USAGE_QUERIES_FILE, "usage-queries") : undefined;
  const contracts = loadFolder("catalog/contracts", "contract");
  const books = loadFolder("catalog/price-books", "price-book");
  if (contracts.length === 0 && diagnostics.length === 0) diagnostics.push(missing("catalog/contracts/<id>.yaml"));
  if (books.length === 0 && diagnostics.length === 0) diagnostics.push(missing("catalog/price-books/<date>.yaml"));
  if (
    annex === undefined ||
    levels === undefined ||
    pools === undefined ||
    flavors === undefined ||
    images === undefined ||
    components === undefined ||
    diagnostics.length > 0
  ) {
    return { kind: "invalid", diagnostics };
  }

  const catalogue: Catalogue = {
    items: readItems(annex, diagnostics),
    resourceUsage: readResourceUsage(levels, diagnostics),
    contracts: readContracts(contracts, diagnostics),
    priceBooks: [],
    pools: new Map(
      Object.entries((pools.value as { pools: Record<string, Omit<Pool, "key">> }).pools).map(([key, pool]) => [key, { ...pool, key }]),
    ),
    flavors: toFlavors(flavors.value),
    images: new Map(
      Object.entries((images.value as { images: Record<string, Omit<Image, "key">> }).images).map(([key, image]) => [
        key,
        { ...image, key },
      ]),
    ),
    components: Object.entries((components.value as { components: Record<string, Omit<Component, "key">> }).components).map(
      ([key, component]) => ({ ...component, key }) as Component,
    ),
    usageQueries: usageQueries === undefined ? undefined : readUsageQueries(usageQueries, diagnostics),
    sources,
  };
  const priceBooks = readPriceBooks(books, catalogue, diagnostics);
  checkPools(pools, catalogue, diagnostics);
  checkFlavors(flavors, catalogue, diagnostics);
  checkImages(images, catalogue, diagnostics);
  checkComponents(annex, components, catalogue, diagnostics);
  for (const { id, circuits } of catalogue.contracts) {
    const source = sources.get(`catalog/contracts/${id}.yaml`);
    if (source !== undefined) checkCircuits(source, circuits, catalogue, diagnostics);
  }
  return diagnostics.length > 0 ? { kind: "invalid", diagnostics } : { kind: "valid", catalogue: { ...catalogue, priceBooks } };
}

/** Reads one file of a tree and holds it against its schema. */
export function readSource(tree: Tree, path: string, schema: SchemaName): SourceRead {
  const entry = tree.entries.get(path);
  if (entry === undefined) return { kind: "rejected", diagnostics: [missing(path)] };
  if (entry.kind === "irregular") return { kind: "rejected", diagnostics: [noRegularFile(path, entry.what)] };
  const bytes = entry.bytes();
  const known = lastRead.get(path);
  if (known?.schema === schema && Buffer.compare(known.bytes, bytes) === 0) return known.read;
  const read = readBytes(path, bytes, schema);
  lastRead.set(path, { schema, bytes, read });
  return read;
}

type SourceRead =
  | { readonly kind: "parsed"; readonly file: SourceFile }
  | { readonly kind: "rejected"; readonly diagnostics: readonly Diagnostic[]; readonly file?: SourceFile };

/** What each path held when it was last read: of two trees that are compared, most files are the same. */
const lastRead = new Map<string, { readonly schema: SchemaName; readonly bytes: Uint8Array; readonly read: SourceRead }>();

function readBytes(path: string, bytes: Uint8Array, schema: SchemaName): SourceRead {
  const parsed = parseSource(path, bytes);
  if (parsed.file === undefined) return parsed;
  const errors = parsed.kind === "rejected" ? parsed.diagnostics : [];
  const all = [...errors, ...elsewhere(checkSchema(parsed.file, schema), errors)];
  return all.length > 0 ? { kind: "rejected", diagnostics: all, file: parsed.file } : { kind: "parsed", file: parsed.file };
}

/** Of more diagnostics, those at places that have none yet: one mistake is told once. */
export function elsewhere(more: readonly Diagnostic[], told: readonly Diagnostic[]): Diagnostic[] {
  const place = ({ range }: Diagnostic) => `${range.line}:${range.column}`;
  const places = new Set(told.map(place));
  return more.filter((diagnostic) => !places.has(place(diagnostic)));
}

function missing(path: string): Diagnostic {
  return diagnoseFile(path, "missing-file", text(`缺少文件 ${path}`, `Cannot read the catalogue: ${path} is missing`));
}

function notYaml(path: string): Diagnostic {
  return diagnoseFile(
    path,
    "misplaced-file",
    text(`文件名须以 .yaml 结尾：${clip(path, 100)}`, `Cannot accept ${clip(path, 100)}: wanted a name that ends in .yaml`),
  );
}

function readItems(source: SourceFile, diagnostics: Diagnostic[]): ReadonlyMap<ItemId, Item> {
  const errors = new Reporter(source, diagnostics);
  const items = new Map<ItemId, Item>();
  for (const [index, entry] of ((source.value as { items: unknown[] }).items ?? []).entries()) {
    const item = toItem(entry);
    if (items.has(item.item)) {
      errors.report(["items", index, "item"], "contradiction", text(`第 ${item.item} 项写了两次`, `Cannot accept line ${item.item} twice`));
    }
    items.set(item.item, item);
  }
  for (const id of ITEM_IDS) {
    if (!items.has(id))
      errors.report(["items"], "missing-key", text(`附件1缺少第 ${id} 项`, `Cannot do without line ${id} of Annex 1`), "key");
  }
  return items;
}

/** A framework contract runs for years, not for ever: an open end is a slip. */
const MOST_TERM_YEARS = 10;

function readContracts(sources: readonly SourceFile[], diagnostics: Diagnostic[]): Contract[] {
  const contracts: Contract[] = [];
  for (const source of sources) {
    const errors = new Reporter(source, diagnostics);
    const contract = toContract(source.value);
    if (source.path !== `catalog/contracts/${contract.id}.yaml`) {
      errors.report(
        ["id"],
        "misplaced-file",
        text(
          `合同 ${contract.id} 应放在 catalog/contracts/${contract.id}.yaml`,
          `Cannot accept contract ${contract.id} here: wanted catalog/contracts/${contract.id}.yaml`,
        ),
      );
    }
    if (contract.to.toString() < contract.from.toString())
      errors.report(["term", "to"], "contradiction", text("服务期结束早于开始", "Cannot accept a term that ends before it begins"));
    if (contract.from.add({ years: MOST_TERM_YEARS }).toString() < contract.to.toString()) {
      errors.report(
        ["term", "to"],
        "out-of-range",
        text(`服务期超过 ${MOST_TERM_YEARS} 年`, `Cannot accept a term of more than ${MOST_TERM_YEARS} years`),
      );
    }
    contracts.push(contract);
  }
  contracts.sort((a, b) => (a.from.toString() < b.from.toString() ? -1 : 1));
  for (const [index, contract] of contracts.entries()) {
    const next = contracts[index + 1];
    const source = sources.find(({ value }) => (value as { id: string }).id === next?.id);
    if (next !== undefined && source !== undefined && next.from.toString() <= contract.to.toString()) {
      new Reporter(source, diagnostics).report(
        ["term", "from"],
        "contradiction",
        text(`与合同 ${contract.id} 的服务期重叠`, `Cannot accept a term that overlaps the one of contract ${contract.id}`),
      );
    }
  }
  return contracts;
}
