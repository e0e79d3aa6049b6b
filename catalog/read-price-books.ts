import { Temporal } from "temporal-polyfill";
import { ITEM_IDS } from "./annex-1.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Contract } from "./contract.ts";
import { type PriceBook, toPriceBook } from "./price-book.ts";
import type { Diagnostic } from "./source/diagnostic.ts";
import { Reporter } from "./source/reporter.ts";
import type { SourceFile } from "./source/source-file.ts";
import { text } from "./text.ts";

/** Reads the price books: every line priced, none above its ceiling, and every day of a contract in exactly one of its books. */
export function readPriceBooks(
  sources: readonly SourceFile[],
  { items, contracts, sources: files }: Catalogue,
  diagnostics: Diagnostic[],
): PriceBook[] {
  const books = sources.map(toPriceBook).sort((a, b) => (a.from.toString() < b.from.toString() ? -1 : 1));
  for (const book of books) {
    const { source } = book;
    const errors = new Reporter(source, diagnostics);
    const contract = contracts.find(({ id }) => id === book.contract);
    if (contract === undefined) {
      errors.report(
        ["contract"],
        "unknown-reference",
        text(
          `没有合同 ${book.contract}`,
          `Cannot find contract ${book.contract}: wanted one of ${contracts.map(({ id }) => id).join(", ")}`,
        ),
      );
    }
    if (source.path !== `catalog/price-books/${book.from}.yaml`) {
      errors.report(
        ["from"],
        "misplaced-file",
        text(
          `从 ${book.from} 起的价格簿应放在 catalog/price-books/${book.from}.yaml`,
          `Cannot accept a price book from ${book.from} here: wanted catalog/price-books/${book.from}.yaml`,
        ),
      );
    }
    if (book.to !== undefined && book.to.toString() < book.from.toString())
      errors.report(["to"], "contradiction", text("结束早于开始", "Cannot end before it begins"));
    for (const id of ITEM_IDS) {
      const price = book.prices.get(id);
      const item = items.get(id);
      if (price === undefined) {
        errors.report(["prices"], "missing-key", text(`缺少第 ${id} 项的单价`, `Cannot do without the price of line ${id}`), "key");
      } else if (item !== undefined && price.greaterThan(item.ceiling)) {
        errors.report(
          ["prices", id],
          "out-of-range",
          text(
            `第 ${id} 项单价 ${price.toFixed(2)} 元高于单位限价 ${item.ceiling.toFixed(2)} 元（附件1）`,
            `Cannot accept the price ${price.toFixed(2)} of line ${id}: its ceiling is ${item.ceiling.toFixed(2)} (Annex 1)`,
          ),
        );
      }
    }
  }
  for (const [index, book] of books.entries()) {
    const next = books.slice(index + 1).find(({ contract }) => contract === book.contract);
    if (next !== undefined && (book.to === undefined || next.from.toString() <= book.to.toString())) {
      new Reporter(next.source, diagnostics).report(
        ["from"],
        "contradiction",
        text(
          `与 ${book.source.path} 重叠：先用 to 结束旧价格簿，再从次日起用新的`,
          `Cannot overlap ${book.source.path}: close that book with "to" and start this one the day after`,
        ),
      );
    } else if (next !== undefined && book.to !== undefined && !Temporal.PlainDate.from(book.to).add({ days: 1 }).equals(next.from)) {
      new Reporter(next.source, diagnostics).report(
        ["from"],
        "contradiction",
        text(
          `与 ${book.source.path} 之间有空档：应从 ${book.to.add({ days: 1 })} 起`,
          `Cannot leave days without prices after ${book.source.path}: wanted ${book.to.add({ days: 1 })}`,
        ),
      );
    }
  }
  for (const contract of contracts) checkEnds(contract, books, files, diagnostics);
  return books;
}

/** The first book of a contract begins with it; the last one is open, or closed no earlier than the contract ends. */
function checkEnds(
  contract: Contract,
  books: readonly PriceBook[],
  contracts: ReadonlyMap<string, SourceFile>,
  diagnostics: Diagnostic[],
): void {
  const own = books.filter((book) => book.contract === contract.id);
  const [first, last] = [own[0], own.at(-1)];
  if (first === undefined || last === undefined) {
    const source = contracts.get(`catalog/contracts/${contract.id}.yaml`);
    const message = text(
      `合同 ${contract.id} 没有价格簿，须有一份从 ${contract.from} 起的`,
      `Cannot price contract ${contract.id}: wanted a price book from ${contract.from}`,
    );
    if (source !== undefined) new Reporter(source, diagnostics).report(["term", "from"], "missing-file", message);
    return;
  }
  const order = Temporal.PlainDate.compare(first.from, contract.from);
  if (order !== 0) {
    const message =
      order < 0
        ? text(`早于合同开始日 ${contract.from}`, `Cannot start before the contract does, on ${contract.from}`)
        : text(
            `合同 ${contract.id} 开头几天没有价格：应从 ${contract.from} 起`,
            `Cannot leave days without prices at the start of contract ${contract.id}: wanted ${contract.from}`,
          );
    new Reporter(first.source, diagnostics).report(["from"], "contradiction", message);
  }
  if (last.to !== undefined && Temporal.PlainDate.compare(last.to, contract.to) < 0) {
    const message = text(
      `合同 ${contract.id} 到 ${contract.to} 才结束，之前有几天没有价格`,
      `Cannot leave days without prices before contract ${contract.id} ends on ${contract.to}`,
    );
    new Reporter(last.source, diagnostics).report(["to"], "contradiction", message);
  }
}
