import { readDay } from "../../../catalog/day.ts";
import type { Tree } from "../../../catalog/source/tree.ts";
import { type Affected, affectedSystems } from "../../../scripts/affected/affected-systems.ts";
import { composeApp } from "../../../scripts/compose-app.ts";
import { readCheckedTree } from "../../../scripts/plan/read-tree.ts";
import { synthesise } from "../../../stacks/build-app.ts";
import { realTree } from "../../tree.ts";

/** What a change of the samples touches, data alone. */
export function affected(head: Tree, base: Tree = realTree()): Affected {
  return affectedSystems(readCheckedTree(head), readCheckedTree(base), "/nowhere");
}

/** `hrss/job-service: pool catalog/pools.yaml:110 pools.gov…` for each reason. */
export function printed({ systems }: Affected): string[] {
  return systems.flatMap(({ id, reasons }) => reasons.map(({ kind, file, line, words }) => `${id}: ${kind} ${file}:${line} ${words.en}`));
}

export function idsOf({ systems }: Affected): string[] {
  return systems.map(({ id }) => id);
}

/** Ids of the systems whose Terraform configuration or list price differs between two trees: what an engine could ever do something for. */
export function builtDifferently(head: Tree, base: Tree = realTree()): string[] {
  const [then, now] = [built(base), built(head)];
  return [...new Set([...then.keys(), ...now.keys()])].filter((id) => then.get(id) !== now.get(id)).sort();
}

function built(tree: Tree): ReadonlyMap<string, string> {
  const { stacks } = composeApp({ head: readCheckedTree(tree), waivers: [] }, readDay("2026-01-15"));
  // What an output is said to be is no part of what is built.
  return new Map(
    [...stacks].map(([id, stack]) => [
      id,
      JSON.stringify(synthesise(stack), (key, value: unknown) => (key === "output" ? prices(value) : value)),
    ]),
  );
}

function prices(outputs: unknown): unknown {
  return Object.fromEntries(Object.entries(outputs as Record<string, { value: unknown }>).map(([name, { value }]) => [name, value]));
}
