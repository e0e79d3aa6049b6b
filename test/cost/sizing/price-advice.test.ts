import { Decimal } from "decimal.js";
import { expect, test } from "vitest";
import type { ServerGroup } from "../../../catalog/declaration.ts";
import { adviseMonth } from "../../../catalog/sizing/advise-month.ts";
import type { Amounts } from "../../../cost/quote.ts";
import { priceAdvice, shareOfEstimate } from "../../../cost/sizing/price-advice.ts";
import { usageMonth } from "../../catalog/sizing/usage.ts";
import { BOOK, CATALOGUE, CONTRACT, declaration, required, server } from "../../declared.ts";

function moneyOf(group: ServerGroup, used: { cpu?: string; memory?: string; disk?: string }) {
  const { groups } = adviseMonth(
    CATALOGUE,
    [declaration({ servers: [group] })],
    usageMonth({ "hrss/social/app-1": used, "hrss/social/app-2": used }),
  );
  return priceAdvice(required(groups[0], "advice"), BOOK);
}

const print = ({ before, after, delta }: Amounts) => [before, after, delta].map((amount) => amount.toFixed(2)).join(" ");

// Prices of Annex 1: a core 21.60, a GB of memory 21.60, a GB of SSD 0.45, of SAS 0.27.
test("prices every server of the group, resource by resource", () => {
  const money = moneyOf(server({ count: 2, cpu: 8, memoryGb: 16 }), { cpu: "70", memory: "20", disk: "40" });
  expect(print(money.cpu)).toBe("345.60 1036.80 691.20"); // 2 × 8 → 24 cores
  expect(print(money.memory)).toBe("691.20 172.80 -518.40"); // 2 × 16 → 4 GB
  expect(print(money.disk.amounts)).toBe("54.00 42.30 -11.70"); // 2 × 60 → 47 GB
  expect(print(money.monthly)).toBe("1090.80 1251.90 161.10");
});

test.each([
  { what: "one disk more of the same price", type: "ssd", kind: "priced", disk: "72.00 44.55 -27.45" }, // 160 → 99 GB
  { what: "disks of two prices, of which nobody knows which one shrinks", type: "sas", kind: "unsplit", disk: "54.00 54.00 0.00" },
] as const)("$what", ({ type, kind, disk }) => {
  const money = moneyOf(server({ dataDisks: [{ key: "data", type, sizeGb: 100 }] }), { disk: "85" });
  expect([money.disk.kind, print(money.disk.amounts)]).toEqual([kind, disk]);
});

test("what stays costs what it did", () => {
  const money = moneyOf(server({ dataDisks: [{ key: "data", type: "sas", sizeGb: 100 }] }), { cpu: "30", memory: "40" });
  expect(print(money.monthly)).toBe("313.20 313.20 0.00"); // 4 × 21.60 + 8 × 21.60 + 60 × 0.45 + 100 × 0.27
});

test("20 % of the estimated fee of the term", () => {
  expect(shareOfEstimate(CONTRACT.estimate, new Decimal(20)).toFixed(2)).toBe("1740000.00");
});
