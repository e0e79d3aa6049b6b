import { Decimal } from "decimal.js";
import { Temporal } from "temporal-polyfill";
import type { ItemId } from "../../../catalog/annex-1.ts";
import type { PriceBook } from "../../../catalog/price-book.ts";
import type { ContractSubject } from "../../../policies/policy.ts";
import { BOOK, CATALOGUE, sourceOf } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";

const day = (words: string) => Temporal.PlainDate.from(words);
const closed = (to: string): PriceBook => ({ ...BOOK, to: day(to) });
const later = (from: string, prices: Readonly<Record<string, string>> = {}, contract = BOOK.contract): PriceBook => ({
  ...BOOK,
  contract,
  source: sourceOf("from: later\n", `catalog/price-books/${from}.yaml`),
  from: day(from),
  prices: new Map([
    ...BOOK.prices,
    ...Object.entries(prices).map(([item, price]): [ItemId, Decimal] => [item as ItemId, new Decimal(price)]),
  ]),
});
const change = (before: readonly PriceBook[] | undefined, after: readonly PriceBook[]): ContractSubject =>
  contractSubject([], {
    at: day("2026-01-15"),
    catalogue: { ...CATALOGUE, priceBooks: after },
    base: before && { catalogue: { ...CATALOGUE, priceBooks: before }, declarations: [], tenants: new Map(), monthly: new Map() },
  });
const fixed = "the prices of contract baotou-2025 are fixed";

export const cases: readonly PolicyCase<ContractSubject>[] = [
  { example: { zh: "价格簿没有动", en: "books that nobody touched" }, subject: change([BOOK], [BOOK]), verdict: "pass" },
  {
    example: { zh: "明天起换一份便宜的价格簿", en: "a cheaper book from tomorrow on" },
    subject: change([BOOK], [closed("2026-01-15"), later("2026-01-16", { 1: "0.01" })]),
    verdict: "violation",
    finds: [
      `violation catalog/price-books/2026-01-16.yaml#prices.1: Cannot change the price of line 1 Elastic cloud server (general), CPU from 21.60 to 0.01 as of 2026-01-16: ${fixed}`,
    ],
  },
  {
    example: { zh: "倒填日期的新价格簿", en: "a new book dated back" },
    subject: change([BOOK], [closed("2025-12-31"), later("2026-01-01", { 14: "0.20", 15: "0.40" })]),
    verdict: "violation",
    finds: [
      `violation catalog/price-books/2026-01-01.yaml#prices.14: Cannot change the price of line 14 SAS block storage from 0.27 to 0.20 as of 2026-01-01: ${fixed}`,
      `violation catalog/price-books/2026-01-01.yaml#prices.15: Cannot change the price of line 15 SSD block storage from 0.45 to 0.40 as of 2026-01-01: ${fixed}`,
    ],
  },
  {
    example: { zh: "新价格簿，单价不变", en: "a new book at the same prices" },
    subject: change([BOOK], [closed("2026-01-15"), later("2026-01-16")]),
    verdict: "pass",
  },
  {
    example: { zh: "改动已批准、还没有生效的价格簿", en: "an edit of a book that was approved and is not in force yet" },
    subject: change(
      [closed("2026-02-28"), later("2026-03-01", { 1: "20.00" })],
      [closed("2026-02-28"), later("2026-03-01", { 1: "19.00" })],
    ),
    verdict: "violation",
    finds: [
      `violation catalog/price-books/2026-03-01.yaml#prices.1: Cannot change the price of line 1 Elastic cloud server (general), CPU from 20.00 to 19.00 as of 2026-03-01: ${fixed}`,
    ],
  },
  {
    example: { zh: "调过价以后，又改回原来的单价", en: "back to the first prices after a change that was agreed" },
    subject: change(
      [closed("2025-12-31"), later("2026-01-01", { 1: "20.00" })],
      [closed("2025-12-31"), { ...later("2026-01-01", { 1: "20.00" }), to: day("2026-02-28") }, later("2026-03-01")],
    ),
    verdict: "violation",
    finds: [
      `violation catalog/price-books/2026-03-01.yaml#prices.1: Cannot change the price of line 1 Elastic cloud server (general), CPU from 20.00 to 21.60 as of 2026-03-01: ${fixed}`,
    ],
  },
  {
    example: { zh: "下一份合同的第一份价格簿", en: "the first book of the next contract" },
    subject: change([BOOK], [BOOK, later("2026-06-20", { 1: "20.00" }, "baotou-2026")]),
    verdict: "pass",
  },
  { example: { zh: "没有比较的基准", en: "nothing to compare with" }, subject: change(undefined, [BOOK]), verdict: "not-applicable" },
];
