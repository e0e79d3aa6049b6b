import type { Temporal } from "temporal-polyfill";
import type { Item, ItemId } from "./annex-1.ts";
import type { Component } from "./component.ts";
import type { Contract } from "./contract.ts";
import type { Flavors } from "./flavor.ts";
import type { Image } from "./image.ts";
import type { Pool } from "./pool.ts";
import type { PriceBook } from "./price-book.ts";
import type { ResourceUsageRules } from "./sizing/bands.ts";
import type { UsageQueries } from "./sizing/usage-queries.ts";
import { InvalidRequest } from "./source/diagnostic.ts";
import type { SourceFile } from "./source/source-file.ts";
import { text } from "./text.ts";

/** Everything that the catalogue folder of a tree says, checked. */
export interface Catalogue {
  readonly items: ReadonlyMap<ItemId, Item>;
  /** Annex 2 §7. */
  readonly resourceUsage: ResourceUsageRules;
  readonly contracts: readonly Contract[];
  readonly priceBooks: readonly PriceBook[];
  readonly pools: ReadonlyMap<string, Pool>;
  readonly flavors: Flavors;
  readonly images: ReadonlyMap<string, Image>;
  readonly components: readonly Component[];
  /** Undefined where the tree has none: usage then comes from files alone. */
  readonly usageQueries: UsageQueries | undefined;
  /** The files themselves, so that a finding can point into them; by path. */
  readonly sources: ReadonlyMap<string, SourceFile>;
}

/**
 * The contract that a day goes by: the one whose term holds the day, else the last one ended before it, since service may run on
 * and settlement follows (2.2). A day before the first contract has none.
 */
export function contractAt(catalogue: Catalogue, at: Temporal.PlainDate): Contract {
  const contract = catalogue.contracts.filter(({ from }) => from.toString() <= at.toString()).at(-1);
  if (contract !== undefined) return contract;
  const first = catalogue.contracts[0];
  throw new InvalidRequest(
    text(
      `${at} 还没有合同：第一份合同从 ${first?.from ?? "（无）"} 起`,
      `Cannot price ${at}: no contract had begun; the first one begins ${first?.from ?? "never"}`,
    ),
  );
}

/** The price book in force on a day; a day without one cannot be priced, and is never given its neighbour's prices. */
export function priceBookAt(catalogue: Catalogue, contract: Contract, at: Temporal.PlainDate): PriceBook {
  const day = at.toString();
  const books = catalogue.priceBooks.filter((book) => book.contract === contract.id);
  const book = books.find(({ from, to }) => from.toString() <= day && (to === undefined || day <= to.toString()));
  if (book !== undefined) return book;
  throw new InvalidRequest(
    text(
      `${at} 没有生效的价格簿（合同 ${contract.id} 的价格簿：${books.map(({ from, to }) => `${from} 至 ${to ?? "今"}`).join("，") || "无"}）`,
      `Cannot price ${at}: no price book of contract ${contract.id} is in force then (${books.map(({ from, to }) => `${from} to ${to ?? "now"}`).join(", ") || "none"})`,
    ),
  );
}
