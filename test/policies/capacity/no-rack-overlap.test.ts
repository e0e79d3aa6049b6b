import { expect, test } from "vitest";
import type { Declaration } from "../../../catalog/declaration.ts";
import { noRackOverlap } from "../../../policies/capacity/no-rack-overlap.ts";
import { declaration } from "../../declared.ts";
import { testCases } from "../cases.ts";
import { contractSubject, findings, onlyFinding } from "../subjects.ts";
import { cases } from "./no-rack-overlap.cases.ts";

testCases(noRackOverlap, cases);

const units = (rack: string, from: number, to: number) => ({ rack, from, to, powerW: 100 });
const system = (id: string, overrides: Partial<Declaration>) => declaration({ id, ...overrides });

test.each<{ verdict: "pass" | "violation"; what: string; declarations: readonly Declaration[]; found: readonly string[] }>([
  { verdict: "pass", what: "nothing declared", declarations: [], found: [] },
  {
    verdict: "pass",
    what: "units side by side",
    declarations: [system("a/a", { rackUnits: [units("A01", 1, 4), units("A01", 5, 8)] })],
    found: [],
  },
  {
    verdict: "pass",
    what: "the same units of two racks",
    declarations: [system("a/a", { rackUnits: [units("A01", 1, 4)] }), system("b/b", { rackUnits: [units("A02", 1, 4)] })],
    found: [],
  },
  {
    verdict: "pass",
    what: "racks of one name in two pools",
    declarations: [system("a/a", { rackUnits: [units("A01", 1, 4)] }), system("b/b", { pool: "ps", rackUnits: [units("A01", 1, 4)] })],
    found: [],
  },
  {
    verdict: "pass",
    what: "two whole cabinets",
    declarations: [system("a/a", { cabinets: ["B01"] }), system("b/b", { cabinets: ["B02"] })],
    found: [],
  },
  {
    verdict: "pass",
    what: "units that a retired system had",
    declarations: [
      system("a/a", { stage: "retired", rackUnits: [units("A01", 1, 4)] }),
      system("b/b", { rackUnits: [units("A01", 1, 4)] }),
    ],
    found: [],
  },
  {
    verdict: "violation",
    what: "one unit shared by two systems",
    declarations: [system("a/a", { rackUnits: [units("A01", 1, 4)] }), system("b/b", { rackUnits: [units("A01", 4, 6)] })],
    found: ["violation colocation.rackUnits#0: Cannot use U 4-6 of rack A01: a/a has U 1-4"],
  },
  {
    verdict: "violation",
    what: "units inside others of the same system",
    declarations: [system("a/a", { rackUnits: [units("A01", 1, 10), units("A01", 3, 3)] })],
    found: ["violation colocation.rackUnits#1: Cannot use U 3-3 of rack A01: a/a has U 1-10"],
  },
  {
    verdict: "violation",
    what: "units that an exiting system still has",
    declarations: [
      system("a/a", { stage: "exiting", rackUnits: [units("A01", 1, 4)] }),
      system("b/b", { rackUnits: [units("A01", 1, 4)] }),
    ],
    found: ["violation colocation.rackUnits#0: Cannot use U 1-4 of rack A01: a/a has U 1-4"],
  },
  {
    verdict: "violation",
    what: "a unit at the top of somebody's whole cabinet",
    declarations: [system("a/a", { cabinets: ["A08"] }), system("b/b", { rackUnits: [units("A08", 47, 47)] })],
    found: ["violation colocation.rackUnits#0: Cannot use U 47-47 of rack A08: a/a has U 1-47"],
  },
  {
    verdict: "violation",
    what: "a whole cabinet where a unit is taken",
    declarations: [system("a/a", { rackUnits: [units("B01", 42, 42)] }), system("b/b", { cabinets: ["B01"] })],
    found: ["violation colocation.cabinets#0: Cannot use U 1-42 of rack B01: a/a has U 42-42"],
  },
  {
    verdict: "violation",
    what: "a cabinet claimed by two",
    declarations: [system("a/a", { cabinets: ["B01"] }), system("b/b", { cabinets: ["B02", "B01"] })],
    found: ["violation colocation.cabinets#1: Cannot use U 1-42 of rack B01: a/a has U 1-42"],
  },
  {
    verdict: "violation",
    what: "three claims to one unit, the second and the third",
    declarations: ["a/a", "b/b", "c/c"].map((id) => system(id, { rackUnits: [units("A01", 7, 7)] })),
    found: [
      "violation colocation.rackUnits#0: Cannot use U 7-7 of rack A01: a/a has U 7-7",
      "violation colocation.rackUnits#0: Cannot use U 7-7 of rack A01: a/a has U 7-7",
    ],
  },
])("$verdict: $what", ({ declarations, found }) => {
  expect(findings(noRackOverlap.check(contractSubject(declarations)))).toEqual(found);
});

test("The finding stands in the later system, at the line where somebody wrote it, in both languages", () => {
  const declarations = [
    system("a/a", { rackUnits: [units("A01", 1, 4)] }),
    system("b/b", { rackUnits: [units("A02", 1, 1), units("A01", 4, 6)] }),
  ];
  expect(onlyFinding(noRackOverlap.check(contractSubject(declarations)))).toEqual({
    kind: "violation",
    system: "b/b",
    address: "colocation.rackUnits",
    attribute: "1",
    at: { file: "stacks/tenants/b/b.yaml", path: ["colocation", "rackUnits", 1] },
    message: { zh: "机柜 A01 的第 4-6U 有一部分已给 a/a（第 1-4U）", en: "Cannot use U 4-6 of rack A01: a/a has U 1-4" },
  });
});
