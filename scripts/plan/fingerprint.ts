import { createHash, type Hash } from "node:crypto";
import { PROGRAM_VERSION } from "../version.ts";
import type { CheckedTree } from "./read-tree.ts";
import type { PlanResult } from "./result.ts";

/** What the engine planned for a stack, beside what this program says of it. */
export interface EngineDigest {
  readonly stack: string;
  /** Digest of the changes that the engine plans. */
  readonly planned: string;
  readonly state: { readonly lineage: string; readonly serial: number } | null;
}

/** What an outcome rests on, each part by its digest: what a saved plan keeps, to compute its fingerprint again. */
export interface Grounds {
  readonly head: string;
  readonly base: string | null;
  readonly engine: readonly EngineDigest[];
}

/** Digest of every file of a tree that decides an outcome. */
export function sourcesDigest(tree: CheckedTree): string {
  const hash = createHash("sha256");
  for (const [path, words] of sourceTexts(tree)) add(hash, path, words);
  return `sha256:${hash.digest("hex")}`;
}

/**
 * Names an outcome: the program's version, every file of both trees that was read, all that the plan says of money, resources and findings,
 * and what the engine plans against which state. The day of the plan, advice that depends on it, and the language of its words are no part of it.
 */
export function fingerprint(grounds: Grounds, result: Omit<PlanResult, "fingerprint">): string {
  const hash = createHash("sha256");
  add(hash, "program", PROGRAM_VERSION);
  add(hash, "head", grounds.head);
  add(hash, "base", grounds.base ?? "");
  add(hash, "engine", JSON.stringify(grounds.engine.map(({ stack, planned, state }) => [stack, planned, state?.lineage, state?.serial])));
  add(hash, "price book", result.priceBook);
  const findings = (list: PlanResult["findings"]) =>
    list
      .filter(({ level }) => level === "mandatory")
      .map(({ policy, result: kind, system, address, attribute, waiver }) => ({
        policy,
        kind,
        system,
        address,
        attribute,
        waived: waiver === null ? null : { reason: waiver.reason, owner: waiver.owner, approver: waiver.approver, expires: waiver.expires },
      }));
  add(
    hash,
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

function add(hash: Hash, name: string, value: string): void {
  hash
    .update(`${name}\0${Buffer.byteLength(value)}\0`)
    .update(value)
    .update("\0");
}

function sourceTexts({ catalogue, declarations }: CheckedTree): [string, string][] {
  const files = [
    ...catalogue.sources.values(),
    ...[...declarations.tenants.values()].map(({ source }) => source),
    ...declarations.systems.map(({ source }) => source),
  ];
  return files.map(({ path, text }): [string, string] => [path, text]).sort(([a], [b]) => (a < b ? -1 : 1));
}
