import { describe, expect, test } from "vitest";
import { withReplaced } from "../../tree.ts";
import { ANNEX, BOOK, CONTRACT, diagnosticsOf, errorsOf, type Refusal, textOf } from "./catalogues.ts";

describe("A catalogue is refused, at the place of the error:", () => {
  test.each<Refusal>([
    {
      what: "a price above its ceiling",
      changes: () => withReplaced(BOOK, '"1": "21.60"', '"1": "21.61"'),
      found: [`${BOOK} «"21.61"» out-of-range: Cannot accept the price 21.61 of line 1: its ceiling is 21.60 (Annex 1)`],
    },
    {
      what: "a price for the migration that is free",
      changes: () => withReplaced(BOOK, '"26": "0.00"', '"26": "0.01"'),
      found: [`${BOOK} «"0.01"» out-of-range: Cannot accept the price 0.01 of line 26: its ceiling is 0.00 (Annex 1)`],
    },
    {
      what: "a ceiling lowered under the price in force",
      changes: () => withReplaced(ANNEX, 'ceiling: "56250.00"', 'ceiling: "56249.99"'),
      found: [`${BOOK} «"56250.00"» out-of-range: Cannot accept the price 56250.00 of line 25: its ceiling is 56249.99 (Annex 1)`],
    },
    {
      what: "a missing price",
      changes: () => withReplaced(BOOK, '  "14": "0.27"\n', ""),
      found: [`${BOOK} «prices» missing-key: Cannot do without the price of line 14`],
    },
    {
      what: "a price listed twice",
      changes: () => withReplaced(BOOK, '  "14": "0.27"\n', '  "14": "0.27"\n  "14": "0.26"\n'),
      found: [`${BOOK} «"14"» duplicate-key: Cannot use a key twice: each key stands once at its level`],
    },
    {
      what: "a price book of a contract that does not exist",
      changes: () => withReplaced(BOOK, "contract: baotou-2025", "contract: baotou-2024"),
      found: [
        `${BOOK} «baotou-2024» unknown-reference: Cannot find contract baotou-2024: wanted one of baotou-2025`,
        `${CONTRACT} «2025-06-20» missing-file: Cannot price contract baotou-2025: wanted a price book from 2025-06-20`,
      ],
    },
    {
      what: "a price book from before its contract",
      changes: () => ({ [BOOK]: undefined, "catalog/price-books/2025-06-19.yaml": textOf(BOOK, ["from: 2025-06-20", "from: 2025-06-19"]) }),
      found: ["catalog/price-books/2025-06-19.yaml «2025-06-19» contradiction: Cannot start before the contract does, on 2025-06-20"],
    },
    {
      what: "a first price book that starts after its contract",
      changes: () => ({ [BOOK]: undefined, "catalog/price-books/2025-06-21.yaml": textOf(BOOK, ["from: 2025-06-20", "from: 2025-06-21"]) }),
      found: [
        "catalog/price-books/2025-06-21.yaml «2025-06-21» contradiction: Cannot leave days without prices at the start of contract baotou-2025: wanted 2025-06-20",
      ],
    },
    {
      what: "a last price book closed before its contract ends",
      changes: () => withReplaced(BOOK, "from: 2025-06-20\n", "from: 2025-06-20\nto: 2026-06-18\n"),
      found: [`${BOOK} «2026-06-18» contradiction: Cannot leave days without prices before contract baotou-2025 ends on 2026-06-19`],
    },
    {
      what: "a price book under another date than its own",
      changes: () => ({ [BOOK]: undefined, "catalog/price-books/first.yaml": textOf(BOOK) }),
      found: [
        "catalog/price-books/first.yaml «2025-06-20» misplaced-file: Cannot accept a price book from 2025-06-20 here: wanted catalog/price-books/2025-06-20.yaml",
      ],
    },
    {
      what: "a price book that ends before it begins",
      changes: () => withReplaced(BOOK, "from: 2025-06-20\n", "from: 2025-06-20\nto: 2025-06-19\n"),
      found: [
        `${BOOK} «2025-06-19» contradiction: Cannot end before it begins`,
        `${BOOK} «2025-06-19» contradiction: Cannot leave days without prices before contract baotou-2025 ends on 2026-06-19`,
      ],
    },
    {
      what: "price books that overlap because the first was never closed",
      changes: () => ({ "catalog/price-books/2026-01-01.yaml": textOf(BOOK, ["from: 2025-06-20", "from: 2026-01-01"]) }),
      found: [
        `catalog/price-books/2026-01-01.yaml «2026-01-01» contradiction: Cannot overlap ${BOOK}: close that book with "to" and start this one the day after`,
      ],
    },
    {
      what: "price books that share a day",
      changes: () => ({
        [BOOK]: textOf(BOOK, ["from: 2025-06-20\n", "from: 2025-06-20\nto: 2026-01-01\n"]),
        "catalog/price-books/2026-01-01.yaml": textOf(BOOK, ["from: 2025-06-20", "from: 2026-01-01"]),
      }),
      found: [
        `catalog/price-books/2026-01-01.yaml «2026-01-01» contradiction: Cannot overlap ${BOOK}: close that book with "to" and start this one the day after`,
      ],
    },
    {
      what: "price books with a day between them",
      changes: () => ({
        [BOOK]: textOf(BOOK, ["from: 2025-06-20\n", "from: 2025-06-20\nto: 2025-12-30\n"]),
        "catalog/price-books/2026-01-01.yaml": textOf(BOOK, ["from: 2025-06-20", "from: 2026-01-01"]),
      }),
      found: [
        `catalog/price-books/2026-01-01.yaml «2026-01-01» contradiction: Cannot leave days without prices after ${BOOK}: wanted 2025-12-31`,
      ],
    },
    {
      what: "a price book whose name ends in .yml, which nobody would read",
      changes: () => ({ "catalog/price-books/2026-01-01.yml": "from: 2026-01-01\n" }),
      found: [
        "catalog/price-books/2026-01-01.yml «» misplaced-file: Cannot accept catalog/price-books/2026-01-01.yml: wanted a name that ends in .yaml",
      ],
    },
    {
      what: "no price book at all",
      changes: () => ({ [BOOK]: undefined }),
      found: ["catalog/price-books/<date>.yaml «» missing-file: Cannot read the catalogue: catalog/price-books/<date>.yaml is missing"],
    },
  ])("$what", ({ changes, found }) => {
    expect(errorsOf(changes())).toEqual(found);
  });

  test("with the line number and the words in Chinese", () => {
    const line =
      textOf(BOOK)
        .split("\n")
        .findIndex((each) => each.startsWith('  "23":')) + 1;
    expect(diagnosticsOf(withReplaced(BOOK, '"23": "3330.00"', '"23": "3330.01"'))).toEqual([
      {
        file: BOOK,
        range: { line, column: 9, length: 9 },
        code: "out-of-range",
        message: {
          zh: "第 23 项单价 3330.01 元高于单位限价 3330.00 元（附件1）",
          en: "Cannot accept the price 3330.01 of line 23: its ceiling is 3330.00 (Annex 1)",
        },
        excerpt: '  "23": "3330.01"',
      },
    ]);
  });
});
