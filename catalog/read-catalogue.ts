import { Temporal } from "temporal-polyfill";
import { ITEM_IDS, type Item, type ItemId, toItem } from "./annex-1.ts";
import type { Catalogue } from "./catalogue.ts";
import { contains, readCidr } from "./cidr.ts";
import type { Component } from "./component.ts";
import { type Contract, toContract } from "./contract.ts";
import { type Flavors, toFlavors } from "./flavor.ts";
import type { Image } from "./image.ts";
import type { Pool } from "./pool.ts";
import { type PriceBook, toPriceBook } from "./price-book.ts";
import { checkSchema, type SchemaName } from "./source/check-schema.ts";
import { type Diagnostic, diagnose, diagnoseFile } from "./source/diagnostic.ts";
import { parseSource, type SourceFile } from "./source/source-file.ts";
import type { Tree } from "./source/tree.ts";
import { text } from "./text.ts";

export type CatalogueResult =
  | { readonly kind: "valid"; readonly catalogue: Catalogue }
  | { readonly kind: "invalid"; readonly diagnostics: readonly Diagnostic[] };

const SINGLE_FILES = {
  "annex-1": "catalog/annex-1.yaml",
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
  const loadFolder = (folder: string, schema: SchemaName) =>
    [...tree.entries.keys()]
      .filter((path) => path.startsWith(`${folder}/`) && path.endsWith(".yaml"))
      .map((path) => load(path, schema))
      .filter((file) => file !== undefined);

  const annex = load(SINGLE_FILES["annex-1"], "annex-1");
  const pools = load(SINGLE_FILES.pools, "pools");
  const flavors = load(SINGLE_FILES.flavors, "flavors");
  const images = load(SINGLE_FILES.images, "images");
  const components = load(SINGLE_FILES.components, "components");
  const contracts = loadFolder("catalog/contracts", "contract");
  const books = loadFolder("catalog/price-books", "price-book");
  if (contracts.length === 0 && diagnostics.length === 0) diagnostics.push(missing("catalog/contracts/<id>.yaml"));
  if (books.length === 0 && diagnostics.length === 0) diagnostics.push(missing("catalog/price-books/<date>.yaml"));
  if (
    annex === undefined ||
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
    sources,
  };
  const priceBooks = readPriceBooks(books, catalogue, diagnostics);
  checkPools(pools, catalogue, diagnostics);
  checkFlavors(flavors, catalogue.flavors, diagnostics);
  checkImages(images, catalogue, diagnostics);
  checkComponents(annex, components, catalogue, diagnostics);
  return diagnostics.length > 0 ? { kind: "invalid", diagnostics } : { kind: "valid", catalogue: { ...catalogue, priceBooks } };
}

/** Reads one file of a tree and holds it against its schema. */
export function readSource(
  tree: Tree,
  path: string,
  schema: SchemaName,
): { kind: "parsed"; file: SourceFile } | { kind: "rejected"; diagnostics: readonly Diagnostic[] } {
  const entry = tree.entries.get(path);
  if (entry === undefined) return { kind: "rejected", diagnostics: [missing(path)] };
  if (entry.kind === "irregular") {
    return {
      kind: "rejected",
      diagnostics: [
        diagnoseFile(
          path,
          "unreadable-file",
          text(`${path} 不是普通文件（${entry.what}），不予读取`, `Cannot read ${path}: it is a ${entry.what}, wanted a regular file`),
        ),
      ],
    };
  }
  const parsed = parseSource(path, entry.bytes());
  if (parsed.kind === "rejected") return parsed;
  const errors = checkSchema(parsed.file, schema);
  return errors.length > 0 ? { kind: "rejected", diagnostics: errors } : parsed;
}

function missing(path: string): Diagnostic {
  return diagnoseFile(path, "missing-file", text(`缺少文件 ${path}`, `Cannot read the catalogue: ${path} is missing`));
}

function readItems(source: SourceFile, diagnostics: Diagnostic[]): ReadonlyMap<ItemId, Item> {
  const items = new Map<ItemId, Item>();
  for (const [index, entry] of ((source.value as { items: unknown[] }).items ?? []).entries()) {
    const item = toItem(entry);
    if (items.has(item.item)) {
      diagnostics.push(
        diagnose(
          source,
          ["items", index, "item"],
          "contradiction",
          text(`第 ${item.item} 项写了两次`, `Cannot accept line ${item.item} twice`),
        ),
      );
    }
    items.set(item.item, item);
  }
  for (const id of ITEM_IDS) {
    if (!items.has(id))
      diagnostics.push(
        diagnose(source, ["items"], "missing-key", text(`附件1缺少第 ${id} 项`, `Cannot do without line ${id} of Annex 1`), { on: "key" }),
      );
  }
  return items;
}

function readContracts(sources: readonly SourceFile[], diagnostics: Diagnostic[]): Contract[] {
  const contracts: Contract[] = [];
  for (const source of sources) {
    const contract = toContract(source.value);
    if (source.path !== `catalog/contracts/${contract.id}.yaml`) {
      diagnostics.push(
        diagnose(
          source,
          ["id"],
          "misplaced-file",
          text(
            `合同 ${contract.id} 应放在 catalog/contracts/${contract.id}.yaml`,
            `Cannot accept contract ${contract.id} here: wanted catalog/contracts/${contract.id}.yaml`,
          ),
        ),
      );
    }
    if (contract.to.toString() < contract.from.toString())
      diagnostics.push(
        diagnose(source, ["term", "to"], "contradiction", text("服务期结束早于开始", "Cannot accept a term that ends before it begins")),
      );
    contracts.push(contract);
  }
  contracts.sort((a, b) => (a.from.toString() < b.from.toString() ? -1 : 1));
  for (const [index, contract] of contracts.entries()) {
    const next = contracts[index + 1];
    const source = sources.find(({ value }) => (value as { id: string }).id === next?.id);
    if (next !== undefined && source !== undefined && next.from.toString() <= contract.to.toString()) {
      diagnostics.push(
        diagnose(
          source,
          ["term", "from"],
          "contradiction",
          text(`与合同 ${contract.id} 的服务期重叠`, `Cannot accept a term that overlaps the one of contract ${contract.id}`),
        ),
      );
    }
  }
  return contracts;
}

function readPriceBooks(sources: readonly SourceFile[], { items, contracts }: Catalogue, diagnostics: Diagnostic[]): PriceBook[] {
  const books = sources.map(toPriceBook).sort((a, b) => (a.from.toString() < b.from.toString() ? -1 : 1));
  for (const book of books) {
    const { source } = book;
    const contract = contracts.find(({ id }) => id === book.contract);
    if (contract === undefined) {
      diagnostics.push(
        diagnose(
          source,
          ["contract"],
          "unknown-reference",
          text(
            `没有合同 ${book.contract}`,
            `Cannot find contract ${book.contract}: wanted one of ${contracts.map(({ id }) => id).join(", ")}`,
          ),
        ),
      );
    } else if (book.from.toString() < contract.from.toString()) {
      diagnostics.push(
        diagnose(
          source,
          ["from"],
          "contradiction",
          text(`早于合同开始日 ${contract.from}`, `Cannot start before the contract does, on ${contract.from}`),
        ),
      );
    }
    if (source.path !== `catalog/price-books/${book.from}.yaml`) {
      diagnostics.push(
        diagnose(
          source,
          ["from"],
          "misplaced-file",
          text(
            `从 ${book.from} 起的价格簿应放在 catalog/price-books/${book.from}.yaml`,
            `Cannot accept a price book from ${book.from} here: wanted catalog/price-books/${book.from}.yaml`,
          ),
        ),
      );
    }
    if (book.to !== undefined && book.to.toString() < book.from.toString())
      diagnostics.push(diagnose(source, ["to"], "contradiction", text("结束早于开始", "Cannot end before it begins")));
    for (const id of ITEM_IDS) {
      const price = book.prices.get(id);
      const item = items.get(id);
      if (price === undefined) {
        diagnostics.push(
          diagnose(source, ["prices"], "missing-key", text(`缺少第 ${id} 项的单价`, `Cannot do without the price of line ${id}`), {
            on: "key",
          }),
        );
      } else if (item !== undefined && price.greaterThan(item.ceiling)) {
        diagnostics.push(
          diagnose(
            source,
            ["prices", id],
            "out-of-range",
            text(
              `第 ${id} 项单价 ${price.toFixed(2)} 元高于单位限价 ${item.ceiling.toFixed(2)} 元（附件1）`,
              `Cannot accept the price ${price.toFixed(2)} of line ${id}: its ceiling is ${item.ceiling.toFixed(2)} (Annex 1)`,
            ),
          ),
        );
      }
    }
  }
  for (const [index, book] of books.entries()) {
    const next = books.slice(index + 1).find(({ contract }) => contract === book.contract);
    if (next !== undefined && (book.to === undefined || next.from.toString() <= book.to.toString())) {
      diagnostics.push(
        diagnose(
          next.source,
          ["from"],
          "contradiction",
          text(
            `与 ${book.source.path} 重叠：先用 to 结束旧价格簿，再从次日起用新的`,
            `Cannot overlap ${book.source.path}: close that book with "to" and start this one the day after`,
          ),
        ),
      );
    } else if (next !== undefined && book.to !== undefined && !Temporal.PlainDate.from(book.to).add({ days: 1 }).equals(next.from)) {
      diagnostics.push(
        diagnose(
          next.source,
          ["from"],
          "contradiction",
          text(
            `与 ${book.source.path} 之间有空档：应从 ${book.to.add({ days: 1 })} 起`,
            `Cannot leave days without prices after ${book.source.path}: wanted ${book.to.add({ days: 1 })}`,
          ),
        ),
      );
    }
  }
  return books;
}

function checkPools(source: SourceFile, { pools, images }: Catalogue, diagnostics: Diagnostic[]): void {
  for (const [key, pool] of pools) {
    const image = images.get(pool.gpuImage);
    if (image?.pools[key] === undefined) {
      diagnostics.push(
        diagnose(
          source,
          ["pools", key, "gpuImage"],
          "unknown-reference",
          text(`资源池 ${key} 没有镜像 ${pool.gpuImage}`, `Cannot find image ${pool.gpuImage} in pool ${key}`),
        ),
      );
    }
    const { smallest, largest } = pool.server;
    if (smallest.cpu > largest.cpu || smallest.memoryGb > largest.memoryGb) {
      diagnostics.push(
        diagnose(
          source,
          ["pools", key, "server", "smallest"],
          "contradiction",
          text("最低配置大于最高配置", "Cannot accept a smallest server above the largest"),
        ),
      );
    }
    const range = readCidr(pool.range);
    for (const [index, prefix] of pool.openstack.subnetPool.prefixes.entries()) {
      const inner = readCidr(prefix);
      if (range !== undefined && inner !== undefined && !contains(range, inner)) {
        diagnostics.push(
          diagnose(
            source,
            ["pools", key, "openstack", "subnetPool", "prefixes", index],
            "out-of-range",
            text(`${prefix} 不在资源池网段 ${pool.range} 内`, `Cannot accept ${prefix}: it lies outside the pool's range ${pool.range}`),
          ),
        );
      }
    }
  }
}

/** Slots of the boxes are the contract's (Annex 1 lines 5 to 7), so a combination that does not fit is never offered. */
function checkFlavors(source: SourceFile, flavors: Flavors, diagnostics: Diagnostic[]): void {
  const offered = (source.value as { gpuBoxes: Record<string, { offered: { type: number; count: number }[] }> }).gpuBoxes;
  for (const [box, { offered: cards }] of Object.entries(offered)) {
    for (const [index, { count }] of cards.entries()) {
      const slots = flavors.gpuBoxes[box as "1"].cardSlots;
      if (count > slots)
        diagnostics.push(
          diagnose(
            source,
            ["gpuBoxes", box, "offered", index, "count"],
            "out-of-range",
            text(`${box} 型只能插 ${slots} 块卡`, `Cannot offer ${count} cards in box ${box}: it takes ${slots}`),
          ),
        );
    }
  }
}

function checkImages(source: SourceFile, { images, pools }: Catalogue, diagnostics: Diagnostic[]): void {
  for (const [key, image] of images) {
    for (const pool of Object.keys(image.pools)) {
      if (!pools.has(pool))
        diagnostics.push(
          diagnose(
            source,
            ["images", key, "pools", pool],
            "unknown-reference",
            text(`没有资源池 ${pool}`, `Cannot find pool ${pool}: wanted one of ${[...pools.keys()].join(", ")}`),
            { on: "key" },
          ),
        );
    }
  }
}

/** A bundle's components are named by the contract; each has to exist, and no other may claim the bundle. */
function checkComponents(annex: SourceFile, source: SourceFile, { items, components }: Catalogue, diagnostics: Diagnostic[]): void {
  for (const bundle of ["22", "23", "24"] as const) {
    const named = items.get(bundle)?.includes ?? [];
    const index = [...items.keys()].indexOf(bundle);
    for (const key of named) {
      const component = components.find((each) => each.key === key);
      if (component?.bundles.includes(bundle) !== true) {
        diagnostics.push(
          diagnose(
            annex,
            ["items", index, "includes", named.indexOf(key)],
            "unknown-reference",
            text(
              `components.yaml 里没有属于第 ${bundle} 项的组件 ${key}`,
              `Cannot find component ${key} of line ${bundle} in components.yaml`,
            ),
          ),
        );
      }
    }
    for (const component of components) {
      if (component.bundles.includes(bundle) && !named.includes(component.key)) {
        diagnostics.push(
          diagnose(
            source,
            ["components", component.key, "bundles"],
            "contradiction",
            text(
              `附件1第 ${bundle} 项没有列出组件 ${component.key}`,
              `Cannot put component ${component.key} in line ${bundle}: Annex 1 does not list it there`,
            ),
          ),
        );
      }
    }
  }
}
