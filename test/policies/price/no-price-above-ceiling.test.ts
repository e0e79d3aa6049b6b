import { Decimal } from "decimal.js";
import { expect, test } from "vitest";
import { ITEM_IDS, type ItemId } from "../../../catalog/annex-1.ts";
import { noPriceAboveCeiling } from "../../../policies/price/no-price-above-ceiling.ts";
import { BOOK } from "../../declared.ts";
import { testCases } from "../cases.ts";
import { contractSubject, findings, onlyFinding, printed } from "../subjects.ts";
import { cases } from "./no-price-above-ceiling.cases.ts";

testCases(noPriceAboveCeiling, cases);

function subject(prices: Readonly<Record<string, string | undefined>>) {
  const changed = new Map(BOOK.prices);
  for (const [item, price] of Object.entries(prices)) {
    if (price === undefined) changed.delete(item as ItemId);
    else changed.set(item as ItemId, new Decimal(price));
  }
  return contractSubject([], { priceBook: { ...BOOK, prices: changed } });
}

test("pass: every line at its ceiling, with a verdict for each of the 28", () => {
  expect(printed(noPriceAboveCeiling.check(subject({})))).toEqual(ITEM_IDS.map(() => "pass"));
});

test.each([
  { verdict: "pass", what: "a price below", prices: { 1: "21.59" }, found: [] },
  { verdict: "pass", what: "a price of nothing", prices: { 25: "0.00" }, found: [] },
  {
    verdict: "violation",
    what: "a fen above",
    prices: { 1: "21.61" },
    found: [
      "violation catalog/price-books/2025-06-20.yaml#prices.1: Cannot charge 21.61 for line 1 Elastic cloud server (general), CPU: the ceiling is 21.60",
    ],
  },
  {
    verdict: "violation",
    what: "any price for what is free",
    prices: { 26: "0.01" },
    found: [
      "violation catalog/price-books/2025-06-20.yaml#prices.26: Cannot charge 0.01 for line 26 Migration service: the ceiling is 0.00",
    ],
  },
  {
    verdict: "violation",
    what: "two lines above, each told",
    prices: { 14: "0.28", L1: "10.01" },
    found: [
      "violation catalog/price-books/2025-06-20.yaml#prices.14: Cannot charge 0.28 for line 14 SAS block storage: the ceiling is 0.27",
      "violation catalog/price-books/2025-06-20.yaml#prices.L1: Cannot charge 10.01 for line L1 Leased circuit (1000M): the ceiling is 10.00",
    ],
  },
  {
    verdict: "undetermined",
    what: "a line without a price",
    prices: { 9: undefined },
    found: [
      "undetermined catalog/price-books/2025-06-20.yaml#prices.9: Cannot tell the price of line 9 GPU card type 2: the book has none",
    ],
  },
])("$verdict: $what", ({ prices, found }) => {
  expect(findings(noPriceAboveCeiling.check(subject(prices)))).toEqual(found);
});

test("The finding points at the price, in both languages", () => {
  expect(onlyFinding(noPriceAboveCeiling.check(subject({ 15: "0.46" })))).toEqual({
    kind: "violation",
    address: "catalog/price-books/2025-06-20.yaml",
    attribute: "prices.15",
    at: { file: "catalog/price-books/2025-06-20.yaml", path: ["prices", "15"] },
    message: {
      zh: "第 15 项 SSD块存储单价 0.46 元，高于限价 0.45 元",
      en: "Cannot charge 0.46 for line 15 SSD block storage: the ceiling is 0.45",
    },
  });
  expect(onlyFinding(noPriceAboveCeiling.check(subject({ 15: undefined }))).message.zh).toBe("第 15 项 SSD块存储没有单价");
});
