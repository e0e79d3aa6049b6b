import { expect, test } from "vitest";
import type { Declaration } from "../../../catalog/declaration.ts";
import { requireRackPower } from "../../../policies/capacity/require-rack-power.ts";
import { declaration } from "../../declared.ts";
import { testCases } from "../cases.ts";
import { contractSubject, findings, onlyFinding } from "../subjects.ts";
import { cases } from "./require-rack-power.cases.ts";

testCases(requireRackPower, cases);

let next = 1;
const units = (rack: string, powerW: number) => ({ rack, from: next, to: next++, powerW });
const system = (id: string, overrides: Partial<Declaration>) => declaration({ id, ...overrides });

test.each<{ verdict: "pass" | "violation"; what: string; declarations: readonly Declaration[]; found: readonly string[] }>([
  { verdict: "pass", what: "no rack units", declarations: [system("a/a", {})], found: [] },
  {
    verdict: "pass",
    what: "exactly the rating of 4 kW",
    declarations: [system("a/a", { rackUnits: [units("A01", 2500), units("A01", 1500)] })],
    found: [],
  },
  { verdict: "pass", what: "5 kW in a rack rated for 5 kW", declarations: [system("a/a", { rackUnits: [units("A08", 5000)] })], found: [] },
  { verdict: "pass", what: "7 kW in a high-power rack", declarations: [system("a/a", { rackUnits: [units("H01", 7000)] })], found: [] },
  {
    verdict: "pass",
    what: "more than a rating, over two racks",
    declarations: [system("a/a", { rackUnits: [units("A01", 3000), units("A02", 3000)] })],
    found: [],
  },
  {
    verdict: "pass",
    what: "racks of one name in two pools",
    declarations: [system("a/a", { rackUnits: [units("P01", 3000)], pool: "ps" }), system("b/b", { rackUnits: [units("A01", 3000)] })],
    found: [],
  },
  {
    verdict: "pass",
    what: "what a retired system drew",
    declarations: [
      system("a/a", { stage: "retired", rackUnits: [units("A01", 4000)] }),
      system("b/b", { rackUnits: [units("A01", 4000)] }),
    ],
    found: [],
  },
  {
    verdict: "violation",
    what: "a watt too much in one device",
    declarations: [system("a/a", { rackUnits: [units("A01", 4001)] })],
    found: ["violation colocation.rackUnits.0#powerW: Cannot draw 4001 W from rack A01: it is rated for 4000 W"],
  },
  {
    verdict: "violation",
    what: "a watt too much of two systems, at the one that came later",
    declarations: [system("a/a", { rackUnits: [units("A01", 4000)] }), system("b/b", { rackUnits: [units("A01", 1)] })],
    found: ["violation colocation.rackUnits.0#powerW: Cannot draw 4001 W from rack A01: it is rated for 4000 W"],
  },
  {
    verdict: "violation",
    what: "a rack that nobody knows",
    declarations: [system("a/a", { rackUnits: [units("Z99", 1)] })],
    found: ["violation colocation.rackUnits.0#powerW: Cannot draw 1 W from rack Z99: it is rated for 0 W"],
  },
])("$verdict: $what", ({ declarations, found }) => {
  expect(findings(requireRackPower.check(contractSubject(declarations)))).toEqual(found);
});

test("The finding points at the power that was declared, in both languages", () => {
  const declarations = [
    system("a/a", { rackUnits: [units("A01", 4000)] }),
    system("b/b", { rackUnits: [units("A02", 1), units("A01", 500)] }),
  ];
  expect(onlyFinding(requireRackPower.check(contractSubject(declarations)))).toEqual({
    kind: "violation",
    system: "b/b",
    address: "colocation.rackUnits.1",
    attribute: "powerW",
    at: { file: "stacks/tenants/b/b.yaml", path: ["colocation", "rackUnits", 1, "powerW"] },
    message: {
      zh: "机柜 A01 里设备的功率（powerW）合计 4500 W，超过额定的 4000 W",
      en: "Cannot draw 4500 W from rack A01: it is rated for 4000 W",
    },
  });
});
