import { expect, test } from "vitest";
import { declaredAmounts } from "../../../catalog/declared-amounts.ts";
import { readDeclarations } from "../../../catalog/read-declarations.ts";
import { declaredQuantities } from "../../../cost/declared-quantities.ts";
import { noGrowthWhileExiting } from "../../../policies/life-cycle/no-growth-while-exiting.ts";
import { CATALOGUE, required } from "../../declared.ts";
import { realTree } from "../../tree.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-growth-while-exiting.cases.ts";

testCases(noGrowthWhileExiting, cases);

test("What is measured is what is billed, for every sample", () => {
  const { declarations, diagnostics } = readDeclarations(realTree(), CATALOGUE);
  expect(diagnostics).toEqual([]);
  for (const each of declarations.systems) {
    const own = required(CATALOGUE.pools.get(each.pool), each.pool);
    const sums = new Map<string, number>();
    for (const { item, amount } of declaredAmounts(each, own)) sums.set(item, (sums.get(item) ?? 0) + amount);
    const billed = [...declaredQuantities(each, own)].map(([item, quantity]) => [item, quantity.toNumber()] as const);
    expect(Object.fromEntries(sums), each.id).toEqual(Object.fromEntries(billed));
  }
});
