import { amountWords } from "../../catalog/amount-words.ts";
import { defineContractPolicy, lineName, pass, undetermined, violation } from "../policy.ts";

/** Rejects a price book that charges more for a line than Annex 1 allows. */
export const noPriceAboveCeiling = defineContractPolicy({
  id: "price/no-price-above-ceiling",
  level: "mandatory",
  waivableBy: "nobody",
  title: { zh: "单价不高于单位限价", en: "No unit price is above its ceiling" },
  why: {
    zh: "附件1的单位限价是合同允许收取的最高单价",
    en: "The ceilings of Annex 1 are the most that the contract lets the operator charge",
  },
  clause: "合同 7、附件1",
  remedy: { zh: "把价格簿里的单价改到不高于附件1的单位限价", en: "Lower the price in the price book to the ceiling of Annex 1 or below" },
  check({ catalogue, priceBook }) {
    return [...catalogue.items.values()].map((item) => {
      const place = {
        address: priceBook.source.path,
        attribute: `prices.${item.item}`,
        at: { file: priceBook.source.path, path: ["prices", item.item] },
      };
      const name = lineName(item);
      const price = priceBook.prices.get(item.item);
      if (price === undefined) return undetermined(place, `${name.zh}没有单价`, `Cannot tell the price of ${name.en}: the book has none`);
      return price.greaterThan(item.ceiling)
        ? violation(
            place,
            `${name.zh}单价 ${amountWords(price)} 元，高于限价 ${amountWords(item.ceiling)} 元`,
            `Cannot charge ${amountWords(price)} for ${name.en}: the ceiling is ${amountWords(item.ceiling)}`,
          )
        : pass();
    });
  },
});
