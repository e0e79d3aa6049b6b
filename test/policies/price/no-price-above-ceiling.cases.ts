import { Decimal } from "decimal.js";
import type { ItemId } from "../../../catalog/annex-1.ts";
import type { ContractSubject } from "../../../policies/policy.ts";
import { BOOK } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";

const withPrice = (item: ItemId, price: string) =>
  contractSubject([], { priceBook: { ...BOOK, prices: new Map([...BOOK.prices, [item, new Decimal(price)]]) } });
const without = (item: ItemId) =>
  contractSubject([], { priceBook: { ...BOOK, prices: new Map([...BOOK.prices].filter(([each]) => each !== item)) } });

export const cases: readonly PolicyCase<ContractSubject>[] = [
  {
    example: { zh: "各项单价都等于附件1的单位限价", en: "every unit price equals the ceiling of Annex 1" },
    subject: contractSubject(),
    verdict: "pass",
  },
  {
    example: { zh: "第 14 项单价降到 0.26 元（限价 0.27 元）", en: "line 14 costs 0.26, and its ceiling is 0.27" },
    subject: withPrice("14", "0.26"),
    verdict: "pass",
  },
  {
    example: { zh: "第 14 项单价 0.28 元，比限价高一分", en: "line 14 costs 0.28, a fen above its ceiling" },
    subject: withPrice("14", "0.28"),
    verdict: "violation",
    finds: [
      "violation catalog/price-books/2025-06-20.yaml#prices.14: Cannot charge 0.28 for line 14 SAS block storage: the ceiling is 0.27",
    ],
  },
  {
    example: { zh: "对免费的迁移服务（第 26 项）收一分钱", en: "a fen is charged for migration (line 26), which is free" },
    subject: withPrice("26", "0.01"),
    verdict: "violation",
    finds: [
      "violation catalog/price-books/2025-06-20.yaml#prices.26: Cannot charge 0.01 for line 26 Migration service: the ceiling is 0.00",
    ],
  },
  {
    example: { zh: "价格簿里没有第 9 项的单价", en: "the price book has no price for line 9" },
    subject: without("9"),
    verdict: "undetermined",
    finds: [
      "undetermined catalog/price-books/2025-06-20.yaml#prices.9: Cannot tell the price of line 9 GPU card type 2: the book has none",
    ],
  },
];
