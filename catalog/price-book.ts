import { Decimal } from "decimal.js";
import { Temporal } from "temporal-polyfill";
import type { ItemId } from "./annex-1.ts";
import type { SourceFile } from "./source/source-file.ts";
import type { Text } from "./text.ts";

/**
 * The unit prices in force from a date. A book in force is never edited: it is closed with `to`, and a new one starts,
 * so that any past month replays.
 */
export interface PriceBook {
  readonly source: SourceFile;
  readonly contract: string;
  readonly from: Temporal.PlainDate;
  /** Last day in force; open while undefined. */
  readonly to: Temporal.PlainDate | undefined;
  readonly reason: Text;
  /** CNY a unit and month, VAT included. */
  readonly prices: ReadonlyMap<ItemId, Decimal>;
}

interface PriceBookFile {
  readonly contract: string;
  readonly from: string;
  readonly to?: string;
  readonly reason: Text;
  readonly prices: Readonly<Record<string, string>>;
}

/** Turns a validated price book file into a {@link PriceBook}. */
export function toPriceBook(source: SourceFile): PriceBook {
  const { contract, from, to, reason, prices } = source.value as PriceBookFile;
  return {
    source,
    contract,
    from: Temporal.PlainDate.from(from),
    to: to === undefined ? undefined : Temporal.PlainDate.from(to),
    reason,
    prices: new Map(Object.entries(prices).map(([item, price]) => [item as ItemId, new Decimal(price)])),
  };
}
