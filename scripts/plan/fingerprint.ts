import { createHash } from "node:crypto";
import { PROGRAM_VERSION } from "../version.ts";
import type { CheckedTree } from "./read-tree.ts";
import type { PlanResult } from "./result.ts";

/**
 * Names an outcome: the program's version, every file of both trees that was read, and all that the plan says of money, resources and findings.
 * The day of the plan, advice that depends on it, and the language of
 * its words are no part of it.
 */
export function fingerprint(head: CheckedTree, base: CheckedTree | undefined, result: Omit<PlanResult, "fingerprint">): string {
  const hash = createHash("sha256");
  const add = (name: string, value: string) =>
    hash
      .update(`${name}\0${Buffer.byteLength(value)}\0`)
      .update(value)
      .update("\0");
  add("program", PROGRAM_VERSION);
  for (const [name, tree] of [
    ["head", head],
    ["base", base],
  ] as const) {
    for (const [path, words] of tree === undefined ? [] : sourceTexts(tree)) add(`${name}/${path}`, words);
  }
  add("price book", result.priceBook);
  const findings = (list: PlanResult["findings"]) =>
    list
      .filter(({ level }) => level === "mandatory")
      .map(({ policy, result: kind, system, address, attribute, waiver }) => ({
        policy,
        kind,
        system,
        address,
        attribute,
        waived: waiver?.expires ?? null,
      }));
  add(
    "outcome",
    JSON.stringify({
      contract: result.contract,
      systems: result.systems.map((system) => ({
        id: system.id,
        change: system.change,
        monthly: system.monthly,
        resources: system.resources,
        exposure: system.exposure,
        findings: findings(system.findings),
      })),
      total: result.total,
      findings: findings(result.findings),
      verdict: result.verdict,
    }),
  );
  return `sha256:${hash.digest("hex")}`;
}

function sourceTexts({ catalogue, declarations }: CheckedTree): [string, string][] {
  const files = [
    ...catalogue.sources.values(),
    ...[...declarations.tenants.values()].map(({ source }) => source),
    ...declarations.systems.map(({ source }) => source),
  ];
  return files.map(({ path, text }): [string, string] => [path, text]).sort(([a], [b]) => (a < b ? -1 : 1));
}
