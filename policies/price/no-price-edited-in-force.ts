import type { Decimal } from "decimal.js";
import { amountWords } from "../../catalog/amount-words.ts";
import { ITEM_IDS } from "../../catalog/annex-1.ts";
import type { PriceBook } from "../../catalog/price-book.ts";
import { type Text, text, verbatim } from "../../catalog/text.ts";
import { type ContractSubject, defineContractPolicy, lineName, notApplicable, pass, type Verdict, violation } from "../policy.ts";

/** Rejects any change to a price book that is or was in force but its closing: a past month has to replay to the fen. */
export const noPriceEditedInForce = defineContractPolicy({
  id: "price/no-price-edited-in-force",
  level: "mandatory",
  waivableBy: "nobody",
  title: { zh: "生效的价格簿不改动", en: "No price is edited in a book that is in force" },
  why: {
    zh: "改动已生效的单价，以前月份的账单就算不回来了；调价应结束旧价格簿，另起新的",
    en: "With a price edited in force past bills cannot be replayed: to change prices, close the book and start a new one",
  },
  clause: "合同 7.1.1、附件1",
  remedy: {
    zh: "恢复原来的价格簿，用 to 写明它的最后一天（不早于今天），从次日起另建一份新的",
    en: "Restore the book as it was, give it its last day with to (not before today), and start a new book on the day after",
  },
  check(subject) {
    const { at, base, catalogue } = subject;
    if (base === undefined) return [notApplicable("没有比较的基准", "there is nothing to compare with")];
    const now = new Map(catalogue.priceBooks.map((book) => [book.source.path, book]));
    return base.catalogue.priceBooks
      .filter(({ from }) => from.toString() <= at.toString())
      .flatMap((before) => {
        const after = now.get(before.source.path);
        return after === undefined ? [removed(before)] : changes(before, after, subject);
      });
  },
});

function removed({ source, from }: PriceBook): Verdict {
  return violation(
    { address: source.path, attribute: "from", at: { file: source.path, path: [] } },
    `从 ${from} 起生效的价格簿被删除`,
    `Cannot remove the price book in force from ${from}: past months need it`,
  );
}

function changes(before: PriceBook, after: PriceBook, { at, catalogue }: ContractSubject): Verdict[] {
  const verdicts: Verdict[] = [];
  const edited = (path: readonly string[], was: Text, is: Text, name: Text) =>
    verdicts.push(
      violation(
        { address: after.source.path, attribute: path.join("."), at: { file: after.source.path, path } },
        `${name.zh}从 ${was.zh} 改成了 ${is.zh}；从 ${before.from} 起生效的价格簿不能改`,
        `Cannot change ${name.en} from ${was.en} to ${is.en}: this book is in force from ${before.from}`,
      ),
    );
  for (const id of ITEM_IDS) {
    const [was, is] = [before.prices.get(id), after.prices.get(id)];
    if (was === undefined ? is === undefined : is?.equals(was)) continue;
    const item = catalogue.items.get(id);
    const name = item === undefined ? { zh: `第 ${id} 项`, en: `line ${id}` } : lineName(item);
    edited(["prices", id], amount(was), amount(is), text(`${name.zh}的单价`, `the price of ${name.en}`));
  }
  if (before.contract !== after.contract)
    edited(["contract"], verbatim(before.contract), verbatim(after.contract), text("合同", "the contract"));
  if (!before.from.equals(after.from))
    edited(["from"], verbatim(before.from.toString()), verbatim(after.from.toString()), text("起始日", "its first day"));
  const [was, is] = [before.to?.toString(), after.to?.toString()];
  if (was !== undefined && was !== is)
    edited(["to"], verbatim(was), is === undefined ? text("没有", "none") : verbatim(is), text("最后一天", "its last day"));
  if (was === undefined && is !== undefined && is < at.toString())
    verdicts.push(
      violation(
        { address: after.source.path, attribute: "to", at: { file: after.source.path, path: ["to"] } },
        `不能把价格簿在 ${is} 结束：到 ${at} 的服务已按它计价，最早写 ${at}`,
        `Cannot close this book on ${is}: service up to ${at} was priced by it, wanted ${at} or later`,
      ),
    );
  return verdicts.length > 0 ? verdicts : [pass()];
}

function amount(price: Decimal | undefined): Text {
  return price === undefined ? text("没有", "none") : verbatim(amountWords(price));
}
