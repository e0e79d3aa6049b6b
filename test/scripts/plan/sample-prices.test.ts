import { describe, expect, test } from "vitest";
import { SAMPLE_PRICES, SAMPLE_TOTALS } from "../../expected/sample-prices.ts";
import { realTree } from "../../tree.ts";
import { planned } from "./planned.ts";

const result = planned(realTree(), undefined);

describe("the plan of everything declared", () => {
  test("lists every sample system and the platform, and nothing else", () => {
    expect(result.systems.map(({ id }) => id).sort()).toEqual(Object.keys(SAMPLE_PRICES).sort());
  });

  test.each(Object.keys(SAMPLE_PRICES))("prices %s line by line as worked out by hand", (id) => {
    const system = result.systems.find((each) => each.id === id);
    const lines = Object.fromEntries(
      (system?.lines ?? []).map(({ item, after, listAfter }) => [item, { quantity: after, list: listAfter }]),
    );
    expect(lines).toEqual(SAMPLE_PRICES[id]);
  });

  test("adds up to the totals worked out by hand", () => {
    expect({
      list: result.total.list.after,
      fee: result.total.fee.after,
      net: result.total.net.after,
      vat: result.total.vat.after,
    }).toEqual({ list: SAMPLE_TOTALS.list, fee: SAMPLE_TOTALS.fee, net: SAMPLE_TOTALS.net, vat: SAMPLE_TOTALS.vat });
    // 592385.06 × 12 months
    expect(result.budget).toEqual({ estimate: "8700000.00", settled: null, forecast: "7108620.72" });
  });

  test("uses every line of Annex 1 and the circuits", () => {
    expect(result.lines.map(({ item }) => item)).toEqual([
      ..."1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 L1".split(" "),
    ]);
  });

  test("is accepted, without any finding, on a day of the term", () => {
    expect([result.verdict, result.findings, result.systems.flatMap(({ findings }) => findings)]).toEqual(["accepted", [], []]);
  });
});
