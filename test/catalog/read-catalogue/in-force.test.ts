import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { contractAt, priceBookAt } from "../../../catalog/catalogue.ts";
import { withReplaced } from "../../tree.ts";
import { BOOK, CONTRACT, catalogueOf, textOf } from "./catalogues.ts";

describe("A date picks", () => {
  const next = () => ({
    "catalog/contracts/baotou-2026.yaml": textOf(
      CONTRACT,
      ["id: baotou-2025", "id: baotou-2026"],
      ["{ from: 2025-06-20, to: 2026-06-19 }", "{ from: 2026-09-01, to: 2027-08-31 }"],
    ),
    "catalog/price-books/2026-09-01.yaml": textOf(
      BOOK,
      ["contract: baotou-2025", "contract: baotou-2026"],
      ["from: 2025-06-20", "from: 2026-09-01"],
    ),
  });
  const closed = () => ({
    [BOOK]: textOf(BOOK, ["from: 2025-06-20\n", "from: 2025-06-20\nto: 2025-12-31\n"]),
    "catalog/price-books/2026-01-01.yaml": textOf(BOOK, ["from: 2025-06-20", "from: 2026-01-01"], ['"1": "21.60"', '"1": "20.00"']),
  });

  test.each([
    { at: "2025-06-20", contract: "baotou-2025", why: "the one that begins that day" },
    { at: "2026-06-19", contract: "baotou-2025", why: "the one that ends that day" },
    { at: "2026-06-20", contract: "baotou-2025", why: "the one that runs on" },
    { at: "2026-08-31", contract: "baotou-2025", why: "the one before, up to the last day between two" },
    { at: "2026-09-01", contract: "baotou-2026", why: "the renewal from its first day" },
    { at: "2030-01-01", contract: "baotou-2026", why: "the last, after all have ended" },
  ])("the contract: on $at $why", ({ at, contract }) => {
    expect(contractAt(catalogueOf(next()), Temporal.PlainDate.from(at)).id).toBe(contract);
  });

  test("no contract on a day before the first", () => {
    expect(() => contractAt(catalogueOf(), Temporal.PlainDate.from("2025-06-19"))).toThrow(
      "Cannot price 2025-06-19: no contract had begun; the first one begins 2025-06-20",
    );
  });

  test.each([
    { at: "2025-06-20", from: "2025-06-20", price: "21.60" },
    { at: "2025-12-31", from: "2025-06-20", price: "21.60" },
    { at: "2026-01-01", from: "2026-01-01", price: "20.00" },
    { at: "2027-01-01", from: "2026-01-01", price: "20.00" },
  ])("the price book: on $at the one from $from, with a core at $price", ({ at, from, price }) => {
    const catalogue = catalogueOf(closed());
    const day = Temporal.PlainDate.from(at);
    const book = priceBookAt(catalogue, contractAt(catalogue, day), day);
    expect([book.from.toString(), book.prices.get("1")?.toFixed(2)]).toEqual([from, price]);
  });

  test("the price book of its own contract alone", () => {
    const catalogue = catalogueOf(next());
    const [first] = catalogue.contracts;
    if (first === undefined) throw new Error("wanted a contract");
    expect(priceBookAt(catalogue, first, Temporal.PlainDate.from("2026-12-01")).contract).toBe("baotou-2025");
  });

  test("no price book where none is in force, never its neighbour's prices", () => {
    const catalogue = catalogueOf(withReplaced(BOOK, "from: 2025-06-20\n", "from: 2025-06-20\nto: 2026-06-19\n"));
    const [contract] = catalogue.contracts;
    if (contract === undefined) throw new Error("wanted a contract");
    expect(() => priceBookAt(catalogue, contract, Temporal.PlainDate.from("2026-06-20"))).toThrow(
      "Cannot price 2026-06-20: no price book of contract baotou-2025 is in force then (2025-06-20 to 2026-06-19)",
    );
    expect(() => priceBookAt({ ...catalogue, priceBooks: [] }, contract, Temporal.PlainDate.from("2025-07-01"))).toThrow(
      "is in force then (none)",
    );
  });
});
