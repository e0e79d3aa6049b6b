import { Decimal } from "decimal.js";
import { expect, test } from "vitest";
import type { ItemId } from "../../../catalog/annex-1.ts";
import { requireDeclaredEqualsPlanned } from "../../../policies/price/require-declared-equals-planned.ts";
import { testCases } from "../cases.ts";
import { findings, onlyFinding, PLATFORM, printed, systemSubject } from "../subjects.ts";
import { cases } from "./require-declared-equals-planned.cases.ts";

testCases(requireDeclaredEqualsPlanned, cases);

const quantities = (values: Readonly<Record<string, string>>) =>
  new Map(Object.entries(values).map(([item, quantity]) => [item as ItemId, new Decimal(quantity)]));

test.each([
  { verdict: "pass", what: "nothing on either side", declared: {}, planned: {}, found: [] },
  { verdict: "pass", what: "the same on both", declared: { 1: "24", 22: "1" }, planned: { 22: "1", 1: "24" }, found: [] },
  { verdict: "pass", what: "the same number written otherwise", declared: { 1: "24" }, planned: { 1: "24.000" }, found: [] },
  {
    verdict: "violation",
    what: "one core less planned",
    declared: { 1: "24" },
    planned: { 1: "23" },
    found: ["violation hrss/social#lines.1: Cannot plan 23 of line 1: 24 is declared"],
  },
  {
    verdict: "violation",
    what: "one core more planned",
    declared: { 1: "24" },
    planned: { 1: "25" },
    found: ["violation hrss/social#lines.1: Cannot plan 25 of line 1: 24 is declared"],
  },
  {
    verdict: "violation",
    what: "a line declared and not planned",
    declared: { 24: "1" },
    planned: {},
    found: ["violation hrss/social#lines.24: Cannot plan 0 of line 24: 1 is declared"],
  },
  {
    verdict: "violation",
    what: "a line planned and not declared",
    declared: {},
    planned: { 13: "8" },
    found: ["violation hrss/social#lines.13: Cannot plan 8 of line 13: 0 is declared"],
  },
  {
    verdict: "violation",
    what: "the least difference",
    declared: { 14: "100" },
    planned: { 14: "100.0000000000000000000001" },
    found: ["violation hrss/social#lines.14: Cannot plan 100.0000000000000000000001 of line 14: 100 is declared"],
  },
  {
    verdict: "violation",
    what: "another family at the same price, line by line in the annex's order",
    declared: { 10: "1", 4: "16", 3: "8" },
    planned: { 10: "1", 1: "8", 2: "16" },
    found: [
      "violation hrss/social#lines.1: Cannot plan 8 of line 1: 0 is declared",
      "violation hrss/social#lines.2: Cannot plan 16 of line 2: 0 is declared",
      "violation hrss/social#lines.3: Cannot plan 0 of line 3: 8 is declared",
      "violation hrss/social#lines.4: Cannot plan 0 of line 4: 16 is declared",
    ],
  },
])("$verdict: $what", ({ declared, planned, found }) => {
  const subject = systemSubject(undefined, { declaredQuantities: quantities(declared), plannedQuantities: quantities(planned) });
  expect(findings(requireDeclaredEqualsPlanned.check(subject))).toEqual(found);
});

test("The platform is held to the same, without a file to point into", () => {
  const platform = {
    ...PLATFORM,
    declaredQuantities: quantities({ 25: "1", L1: "4" }),
    plannedQuantities: quantities({ 25: "1", L1: "3" }),
  };
  expect(printed(requireDeclaredEqualsPlanned.check(platform))).toEqual([
    "pass",
    "violation platform#lines.L1: Cannot plan 3 of line L1: 4 is declared",
  ]);
  expect(onlyFinding(requireDeclaredEqualsPlanned.check(platform)).at).toBeUndefined();
});

test("The finding points at the declaration, in both languages", () => {
  const subject = systemSubject(undefined, { declaredQuantities: quantities({ 1: "24" }), plannedQuantities: quantities({ 1: "23" }) });
  expect(onlyFinding(requireDeclaredEqualsPlanned.check(subject))).toEqual({
    kind: "violation",
    address: "hrss/social",
    attribute: "lines.1",
    at: { file: "stacks/tenants/hrss/social.yaml", path: [] },
    message: { zh: "附件1第 1 项：申请的是 24，计划要建 23，应相等", en: "Cannot plan 23 of line 1: 24 is declared" },
  });
});
