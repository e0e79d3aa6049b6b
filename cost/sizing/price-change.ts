import type { Decimal } from "decimal.js";
import type { ServerGroup } from "../../catalog/declaration.ts";
import type { PriceBook } from "../../catalog/price-book.ts";
import { computeItems } from "../costing.ts";
import { unitPriceOf } from "../quote.ts";

/** What one resource of all servers of a group costs more a month at another size, list price, CNY; less is negative. */
export function priceSizeChange(
  { family, count }: Pick<ServerGroup, "family" | "count">,
  resource: "cpu" | "memory",
  { from, to, book }: { readonly from: number; readonly to: number; readonly book: PriceBook },
): Decimal {
  const [core, gb] = computeItems(family);
  return unitPriceOf(book, resource === "cpu" ? core : gb)
    .times(count)
    .times(to - from);
}
