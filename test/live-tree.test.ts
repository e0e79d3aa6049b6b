import { describe, expect, test } from "vitest";
import { readDirectoryTree } from "../catalog/source/tree.ts";
import { planned } from "./scripts/plan/planned.ts";
import { ROOT } from "./scripts/run.ts";
import { realTree } from "./tree.ts";

// What must be true of the tree in use, whatever bureaus declare in it and whatever prices are in force.
describe("the tree in use", () => {
  const result = planned(readDirectoryTree(ROOT), undefined);
  const fen = (amount: string) => BigInt(amount.replace(".", ""));
  const sum = (amounts: readonly string[]) => amounts.reduce((total, amount) => total + fen(amount), 0n);

  test("is valid, and every resource is priced as it is declared", () => {
    const findings = [...result.findings, ...result.systems.flatMap((system) => system.findings)];
    expect(
      findings.filter(({ policy }) => policy.startsWith("price/require-every") || policy.startsWith("price/require-declared")),
    ).toEqual([]);
  });

  test("adds up: lines to systems, systems to the contract", () => {
    for (const system of result.systems) expect(sum(system.lines.map((line) => line.listAfter)), system.id).toBe(fen(system.monthly.after));
    expect(sum(result.systems.map(({ monthly }) => monthly.after))).toBe(fen(result.total.list.after));
    expect(sum(result.lines.map(({ listAfter }) => listAfter))).toBe(fen(result.total.list.after));
  });
});

test("the frozen samples can be compared with the tree in use", () => {
  expect(() => planned(readDirectoryTree(ROOT), realTree())).not.toThrow();
});
