import { Decimal } from "decimal.js";
import { Temporal } from "temporal-polyfill";
import type { ItemId } from "../../../catalog/annex-1.ts";
import type { PriceBook } from "../../../catalog/price-book.ts";
import type { ContractSubject } from "../../../policies/policy.ts";
import { BOOK, CATALOGUE, sourceOf } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";

const day = (words: string) => Temporal.PlainDate.from(words);
const priced = (prices: Readonly<Record<string, string>>): Partial<PriceBook> => ({
  prices: new Map([
    ...BOOK.prices,
    ...Object.entries(prices).map(([item, price]): [ItemId, Decimal] => [item as ItemId, new Decimal(price)]),
  ]),
});
const book = (changes: Partial<PriceBook> = {}): PriceBook => ({ ...BOOK, ...changes });
const later = (from: string, changes: Partial<PriceBook> = {}) =>
  book({ source: sourceOf("from: later\n", `catalog/price-books/${from}.yaml`), from: day(from), ...changes });
const change = (before: readonly PriceBook[] | undefined, after: readonly PriceBook[], at = "2026-01-15"): ContractSubject =>
  contractSubject([], {
    at: day(at),
    catalogue: { ...CATALOGUE, priceBooks: after },
    base: before && { catalogue: { ...CATALOGUE, priceBooks: before }, declarations: [], tenants: new Map(), monthly: new Map() },
  });
const FILE = "violation catalog/price-books/2025-06-20.yaml";

export const cases: readonly PolicyCase<ContractSubject>[] = [
  { example: { zh: "价格簿没有动", en: "a book that nobody touched" }, subject: change([book()], [book()]), verdict: "pass", finds: [] },
  {
    example: { zh: "今天结束旧价格簿，明天起用新的", en: "a book closed today and a new one from tomorrow" },
    subject: change([book()], [book({ to: day("2026-01-15") }), later("2026-01-16", priced({ 1: "20.00" }))]),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "单价同值，写法不同", en: "the same price written otherwise" },
    subject: change([book()], [book(priced({ 1: "21.600" }))]),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "生效期间把单价降低一分", en: "a price lowered by a fen in a book in force" },
    subject: change([book()], [book(priced({ 1: "21.59" }))]),
    verdict: "violation",
    finds: [
      `${FILE}#prices.1: Cannot change the price of line 1 Elastic cloud server (general), CPU from 21.60 to 21.59: this book is in force from 2025-06-20`,
    ],
  },
  {
    example: { zh: "改动去年已经结束的价格簿", en: "an edit of a book that ended last year" },
    subject: change(
      [book({ to: day("2025-12-31") }), later("2026-01-01")],
      [book({ to: day("2025-12-31"), ...priced({ 14: "0.20" }) }), later("2026-01-01")],
    ),
    verdict: "violation",
    finds: [
      `${FILE}#prices.14: Cannot change the price of line 14 SAS block storage from 0.27 to 0.20: this book is in force from 2025-06-20`,
    ],
  },
  {
    example: { zh: "结束日写在过去，已提供的服务就没有价格了", en: "a book closed in the past" },
    subject: change([book()], [book({ to: day("2026-01-14") }), later("2026-01-15")]),
    verdict: "violation",
    finds: [`${FILE}#to: Cannot close this book on 2026-01-14: service up to 2026-01-15 was priced by it, wanted 2026-01-15 or later`],
  },
  {
    example: { zh: "已结束的价格簿重新打开", en: "a closed book opened again" },
    subject: change([book({ to: day("2025-12-31") })], [book()]),
    verdict: "violation",
    finds: [`${FILE}#to: Cannot change its last day from 2025-12-31 to none: this book is in force from 2025-06-20`],
  },
  {
    example: { zh: "删除用过的价格簿", en: "a book removed" },
    subject: change([book(), later("2026-06-01")], [later("2026-06-01")]),
    verdict: "violation",
    finds: [`${FILE}#from: Cannot remove the price book in force from 2025-06-20: past months need it`],
  },
  {
    example: { zh: "把价格簿改到另一份合同名下", en: "a book moved to another contract" },
    subject: change([book()], [book({ contract: "baotou-2026" })]),
    verdict: "violation",
    finds: [`${FILE}#contract: Cannot change the contract from baotou-2025 to baotou-2026: this book is in force from 2025-06-20`],
  },
  {
    example: { zh: "改动还没有生效的价格簿", en: "an edit of a book that is not yet in force" },
    subject: change([book(), later("2026-06-01")], [book(), later("2026-06-01", priced({ 1: "19.00" }))]),
    verdict: "pass",
    finds: [],
  },
  { example: { zh: "没有比较的基准", en: "nothing to compare with" }, subject: change(undefined, [book()]), verdict: "not-applicable" },
];
