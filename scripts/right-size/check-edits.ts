import type { Temporal } from "temporal-polyfill";
import type { SystemId } from "../../catalog/declaration.ts";
import type { Tree } from "../../catalog/source/tree.ts";
import { type Finding, isRefusing } from "../../policies/evaluate.ts";
import { REPOSITORY } from "../options.ts";
import { buildPlan, type Plan } from "../plan/build-plan.ts";
import { readRequest } from "../plan/read-request.ts";
import type { CheckedTree } from "../plan/read-tree.ts";

/** What a check of edited declarations refuses that it did not refuse before. */
export interface EditCheck {
  readonly plan: Plan;
  /** Of one system, by its id. */
  readonly refused: ReadonlyMap<SystemId, readonly Finding[]>;
  /** Of the contract as a whole: no system alone is at fault. */
  readonly whole: readonly Finding[];
}

/** Reads, prices and judges a tree with other contents of some files, as `check` does, against the tree as it is. Throws what makes it invalid. */
export function checkEdits(
  tree: Tree,
  head: CheckedTree,
  { edited, at }: { readonly edited: ReadonlyMap<string, string>; readonly at: Temporal.PlainDate },
): EditCheck {
  const before = readRequest(tree, { program: REPOSITORY });
  const after = readRequest(withContents(tree, edited), { program: REPOSITORY });
  const only = new Set(head.declarations.systems.filter(({ source }) => edited.has(source.path)).map(({ id }) => id));
  const known = new Set(refusing(buildPlan(head, { at, base: head, only, waivers: before.waivers })).map(keyOf));
  const plan = buildPlan(after.head, { at, base: head, only, waivers: after.waivers });
  const found = refusing(plan).filter((finding) => !known.has(keyOf(finding)));
  const refused = new Map<SystemId, Finding[]>();
  const whole: Finding[] = [];
  for (const finding of found) {
    const blamed = blamedFor(finding, plan);
    for (const id of blamed) refused.set(id, [...(refused.get(id) ?? []), finding]);
    if (blamed.length === 0) whole.push(finding);
  }
  return { plan, refused, whole };
}

/** Systems that a finding is of; of a bureau's, such as its budget, those of its systems that grow. */
function blamedFor({ system, at }: Finding, { systems }: Plan): SystemId[] {
  const own = systems.filter(({ id }) => id === system);
  const [, bureau] = /^stacks\/tenants\/([^/]+)\//.exec(at?.file ?? "") ?? [];
  const ofBureau = systems.filter(({ id }) => bureau !== undefined && id.startsWith(`${bureau}/`));
  const growing = ofBureau.filter(({ quote: { monthly } }) => monthly.delta.greaterThan(0));
  return (own.length > 0 ? own : growing.length > 0 ? growing : ofBureau).map(({ id }) => id);
}

function withContents(tree: Tree, edited: ReadonlyMap<string, string>): Tree {
  const contents = [...edited].map(([path, words]) => [path, { kind: "file", bytes: () => new TextEncoder().encode(words) }] as const);
  return { ...tree, entries: new Map([...tree.entries, ...contents]) };
}

function refusing({ findings, systems }: Plan): Finding[] {
  return [...findings, ...systems.flatMap((system) => system.findings)].filter(isRefusing);
}

function keyOf({ policy, system, address, attribute }: Finding): string {
  return [policy, system, address, attribute].join(" ");
}
