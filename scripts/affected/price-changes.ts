import type { Decimal } from "decimal.js";
import { ITEM_IDS, type ItemId } from "../../catalog/annex-1.ts";
import type { Catalogue } from "../../catalog/catalogue.ts";
import type { PriceBook } from "../../catalog/price-book.ts";
import { type Text, text } from "../../catalog/text.ts";
import type { Change, Touches } from "./change.ts";

/**
 * The lines of Annex 1 whose unit price differs on any day, in force already or not: a book that is closed and one that follows it are told apart
 * from a new price that way, and each line is told once, for the first day that it differs.
 */
export function priceChanges(before: Catalogue, after: Catalogue, touchesOf: (item: ItemId) => Touches): readonly Change[] {
  const changes: Change[] = [];
  for (const contract of contractsOf([before, after])) {
    const [then, now] = [booksOf(before, contract), booksOf(after, contract)];
    const left = new Set(ITEM_IDS);
    for (const day of turningDays([...then, ...now])) {
      const [was, is] = [bookOn(then, day), bookOn(now, day)];
      for (const item of left) {
        const [old, price] = [was?.prices.get(item), is?.prices.get(item)];
        if (isSame(old, price)) continue;
        left.delete(item);
        changes.push({
          kind: "price-book",
          ...placeOf(item, is ?? was, after),
          words: priceWords(item, day, old, price),
          touches: touchesOf(item),
        });
      }
    }
  }
  return changes;
}

function contractsOf(both: readonly Catalogue[]): readonly string[] {
  return [...new Set(both.flatMap(({ priceBooks }) => priceBooks.map(({ contract }) => contract)))].sort();
}

function booksOf({ priceBooks }: Catalogue, contract: string): readonly PriceBook[] {
  return priceBooks.filter((book) => book.contract === contract);
}

/** Every day on which a price may become another, in order. */
function turningDays(books: readonly PriceBook[]): readonly string[] {
  return [
    ...new Set(books.flatMap(({ from, to }) => [from.toString(), ...(to === undefined ? [] : [to.add({ days: 1 }).toString()])])),
  ].sort();
}

function bookOn(books: readonly PriceBook[], day: string): PriceBook | undefined {
  return books.find(({ from, to }) => from.toString() <= day && (to === undefined || day <= to.toString()));
}

function isSame(a: Decimal | undefined, b: Decimal | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.equals(b);
}

function placeOf(item: ItemId, book: PriceBook | undefined, after: Catalogue): Pick<Change, "file" | "line"> {
  const file = book?.source.path ?? "catalog/price-books";
  return { file, line: after.sources.get(file)?.locate(["prices", item], "key").line ?? 1 };
}

function priceWords(item: ItemId, day: string, before: Decimal | undefined, after: Decimal | undefined): Text {
  const change = [before, after].map((price) => price?.toFixed(2) ?? "–").join(" → ");
  return text(`第 ${item} 项单价：${change}（自 ${day}）`, `line ${item}: ${change} (from ${day})`);
}
