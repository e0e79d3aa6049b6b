import { describe, expect, test } from "vitest";
import { withReplaced } from "../../tree.ts";
import { BOOK, CONTRACT, errorsOf, type Refusal, textOf } from "./catalogues.ts";

describe("A catalogue is refused, at the place of the error:", () => {
  test.each<Refusal>([
    {
      what: "a contract that ends before it begins",
      changes: () => withReplaced(CONTRACT, "to: 2026-06-19 }", "to: 2025-06-19 }"),
      found: [`${CONTRACT} «2025-06-19» contradiction: Cannot accept a term that ends before it begins`],
    },
    {
      what: "contracts whose terms overlap",
      changes: () => ({
        "catalog/contracts/baotou-2026.yaml": textOf(
          CONTRACT,
          ["id: baotou-2025", "id: baotou-2026"],
          ["{ from: 2025-06-20, to: 2026-06-19 }", "{ from: 2026-06-19, to: 2027-06-18 }"],
        ),
        "catalog/price-books/2026-06-19.yaml": textOf(
          BOOK,
          ["contract: baotou-2025", "contract: baotou-2026"],
          ["from: 2025-06-20", "from: 2026-06-19"],
        ),
      }),
      found: [
        "catalog/contracts/baotou-2026.yaml «2026-06-19» contradiction: Cannot accept a term that overlaps the one of contract baotou-2025",
      ],
    },
    {
      what: "a contract under another name than its own",
      changes: () => ({ [CONTRACT]: undefined, "catalog/contracts/other.yaml": textOf(CONTRACT) }),
      found: [
        "catalog/contracts/other.yaml «baotou-2025» misplaced-file: Cannot accept contract baotou-2025 here: wanted catalog/contracts/baotou-2025.yaml",
      ],
    },
    {
      what: "a contract without a price book",
      changes: () => ({
        "catalog/contracts/baotou-2026.yaml": textOf(
          CONTRACT,
          ["id: baotou-2025", "id: baotou-2026"],
          ["{ from: 2025-06-20, to: 2026-06-19 }", "{ from: 2026-06-20, to: 2027-06-19 }"],
        ),
      }),
      found: [
        "catalog/contracts/baotou-2026.yaml «2026-06-20» missing-file: Cannot price contract baotou-2026: wanted a price book from 2026-06-20",
      ],
    },
    {
      what: "no contract at all",
      changes: () => ({ [CONTRACT]: undefined }),
      found: ["catalog/contracts/<id>.yaml «» missing-file: Cannot read the catalogue: catalog/contracts/<id>.yaml is missing"],
    },
  ])("$what", ({ changes, found }) => {
    expect(errorsOf(changes())).toEqual(found);
  });
});

test("The yearly price of the circuits (5.1.6) and line L1 agree, or the contract is refused", () => {
  expect(errorsOf(withReplaced(CONTRACT, '"120.00"', '"240.00"'))).toEqual([
    `${CONTRACT} «"240.00"» contradiction: Cannot accept 240.00 a year: line L1 has 10.00 a month, which is 120.00`,
  ]);
});
