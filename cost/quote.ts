import { Decimal } from "decimal.js";
import { ITEM_IDS, type ItemId } from "../catalog/annex-1.ts";
import type { Catalogue } from "../catalog/catalogue.ts";
import type { PriceBook } from "../catalog/price-book.ts";
import type { Text } from "../catalog/text.ts";
import type { Quantities } from "./planned-quantities.ts";

/** One line of a quote: quantities before and after a change, and their list price for a whole month (CNY, exact to the fen). */
export interface QuoteLine {
  readonly item: ItemId;
  readonly name: Text;
  readonly unit: Text;
  /** Price in force after the change. */
  readonly unitPrice: Decimal;
  /** Price in force before it; the same where nothing is compared. */
  readonly unitPriceBefore: Decimal;
  readonly before: Decimal;
  readonly after: Decimal;
  readonly listBefore: Decimal;
  readonly listAfter: Decimal;
}

export interface Amounts {
  readonly before: Decimal;
  readonly after: Decimal;
  readonly delta: Decimal;
}

export interface Quote {
  readonly lines: readonly QuoteLine[];
  /** List price a month. */
  readonly monthly: Amounts;
}

/** Quantities with the prices they are charged at. */
export interface PricedSide {
  readonly quantities: Quantities;
  readonly book: PriceBook;
}

const ZERO = new Decimal(0);

/** Prices quantities before and after a change, line by line in the annex's order. Nothing is rounded: a list price is exact. */
export function quote(catalogue: Catalogue, before: PricedSide | undefined, after: PricedSide): Quote {
  const lines: QuoteLine[] = [];
  for (const item of ITEM_IDS) {
    const quantityBefore = before?.quantities.get(item) ?? ZERO;
    const quantityAfter = after.quantities.get(item) ?? ZERO;
    if (quantityBefore.isZero() && quantityAfter.isZero()) continue;
    const { name, unit } = requireItem(catalogue, item);
    const unitPrice = unitPriceOf(after.book, item);
    const unitPriceBefore = before === undefined ? unitPrice : unitPriceOf(before.book, item);
    const listBefore = quantityBefore.times(unitPriceBefore);
    lines.push({
      item,
      name,
      unit,
      unitPrice,
      unitPriceBefore,
      before: quantityBefore,
      after: quantityAfter,
      listBefore,
      listAfter: quantityAfter.times(unitPrice),
    });
  }
  return { lines, monthly: amounts(sum(lines.map(({ listBefore }) => listBefore)), sum(lines.map(({ listAfter }) => listAfter))) };
}

export function amounts(before: Decimal, after: Decimal): Amounts {
  return { before, after, delta: after.minus(before) };
}

export function sum(values: readonly Decimal[]): Decimal {
  return values.reduce((total, value) => total.plus(value), ZERO);
}

/** Unit price of a line, CNY a month; every book prices every line, which is checked when it is read. */
export function unitPriceOf(book: PriceBook, item: ItemId): Decimal {
  const price = book.prices.get(item);
  if (price === undefined) throw new Error(`Cannot price line ${item}: ${book.source.path} has no price for it`);
  return price;
}

function requireItem(catalogue: Catalogue, item: ItemId) {
  const found = catalogue.items.get(item);
  if (found === undefined) throw new Error(`Cannot price line ${item}: the catalogue has no such line`);
  return found;
}
