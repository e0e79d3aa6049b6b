import { amountWords } from "../../catalog/amount-words.ts";
import type { PriceBook } from "../../catalog/price-book.ts";
import { type ContractSubject, defineContractPolicy, lineName, notApplicable, pass, violation } from "../policy.ts";

/** Rejects a price book that would change a contract's unit prices from some day of its term on: they are fixed for the whole of it. */
export const noPriceChangedWithinTerm = defineContractPolicy({
  id: "price/no-price-changed-within-term",
  level: "mandatory",
  title: { zh: "合同期内单价不变", en: "No unit price changes within a contract's term" },
  why: {
    zh: "合同是含税固定服务单价合同；以后生效的价格簿也会改变同意过的单价，须有双方签字的补充合同",
    en: "The contract fixes its unit prices: a book that takes effect later changes what was agreed all the same, and needs a supplement signed by both parties",
  },
  clause: "合同 7、15.1.1、15.6",
  remedy: {
    zh: "撤回新的价格簿；已签补充合同的，由中心在 policies/waivers.yaml 登记豁免，写明补充合同编号",
    en: "Take the new book back; where a supplement was signed, the centre records it as a waiver in policies/waivers.yaml",
  },
  check(subject) {
    const { at, base, catalogue } = subject;
    if (base === undefined) return [notApplicable("没有比较的基准", "there is nothing to compare with")];
    const verdicts = catalogue.priceBooks.flatMap((book) => {
      const agreed = agreedPrices(book, base);
      // A book that was in force is judged by price/no-price-edited-in-force.
      if (agreed === undefined || (agreed.source.path === book.source.path && agreed.from.toString() <= at.toString())) return [];
      return [...catalogue.items.values()].flatMap((item) => {
        const [was, is] = [agreed.prices.get(item.item), book.prices.get(item.item)];
        if (was === undefined || is === undefined || is.equals(was)) return [];
        const name = lineName(item);
        return [
          violation(
            {
              address: book.source.path,
              attribute: `prices.${item.item}`,
              at: { file: book.source.path, path: ["prices", item.item] },
            },
            `${name.zh}的单价从 ${book.from} 起由 ${amountWords(was)} 元改为 ${amountWords(is)} 元：合同 ${book.contract} 的单价是固定的`,
            `Cannot change the price of ${name.en} from ${amountWords(was)} to ${amountWords(is)} as of ${book.from}: the prices of contract ${book.contract} are fixed`,
          ),
        ];
      });
    });
    return verdicts.length === 0 ? [pass()] : verdicts;
  },
});

/** The book that the base has in this one's place, else the last one before it; undefined for the first book of a contract. */
function agreedPrices(book: PriceBook, base: NonNullable<ContractSubject["base"]>): PriceBook | undefined {
  const books = base.catalogue.priceBooks.filter(({ contract }) => contract === book.contract);
  return (
    books.find(({ source }) => source.path === book.source.path) ??
    books.filter(({ from }) => from.toString() < book.from.toString()).at(-1)
  );
}
