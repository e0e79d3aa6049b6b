import type { Decimal } from "decimal.js";
import type { ItemId } from "../../catalog/annex-1.ts";
import type { Catalogue } from "../../catalog/catalogue.ts";
import type { Contract } from "../../catalog/contract.ts";
import type { Declaration, SystemId } from "../../catalog/declaration.ts";
import type { Pool } from "../../catalog/pool.ts";
import type { PlannedResource } from "../../catalog/terraform-plan/planned-resource.ts";
import { readSynthesised } from "../../catalog/terraform-plan/read-synthesised.ts";
import { costingFacts } from "../../cost/costing.ts";
import { declaredQuantities, platformQuantities } from "../../cost/declared-quantities.ts";
import { plannedQuantities, type Quantities } from "../../cost/planned-quantities.ts";
import type { SystemSubject } from "../../policies/policy.ts";
import { buildApp, synthesise } from "../../stacks/build-app.ts";
import type { CheckedTree } from "./read-tree.ts";

export const PLATFORM: SystemId = "platform";

/** One tree's side of a plan: what every system declares, and what some of them would build. */
export interface Side {
  readonly tree: CheckedTree;
  readonly contract: Contract;
  /** By id, the platform first. */
  readonly declared: ReadonlyMap<
    SystemId,
    { readonly declaration: Declaration | undefined; readonly pool: Pool | undefined; readonly quantities: Quantities }
  >;
}

/** Prices every declaration of a tree; that alone needs no stack. */
export function declareSide(tree: CheckedTree, contract: Contract): Side {
  const declared = new Map<SystemId, { declaration: Declaration | undefined; pool: Pool | undefined; quantities: Quantities }>();
  declared.set(PLATFORM, { declaration: undefined, pool: undefined, quantities: platformQuantities(contract) });
  for (const declaration of tree.declarations.systems) {
    const pool = requirePool(tree.catalogue, declaration);
    declared.set(declaration.id, { declaration, pool, quantities: declaredQuantities(declaration, pool) });
  }
  return { tree, contract, declared };
}

function requirePool(catalogue: Catalogue, declaration: Declaration): Pool {
  const pool = catalogue.pools.get(declaration.pool);
  if (pool === undefined)
    throw new Error(`Cannot find pool ${declaration.pool} of ${declaration.id}: readers let no such declaration pass`);
  return pool;
}

/** Synthesises the named systems of a tree and reads what they would build, as policies see it. */
export function planSystems(side: Side, ids: ReadonlySet<SystemId>): ReadonlyMap<SystemId, SystemSubject> {
  const { catalogue, declarations } = side.tree;
  const { stacks } = buildApp(catalogue, side.contract, declarations, { only: ids });
  const subjects = new Map<SystemId, SystemSubject>();
  for (const [id, stack] of stacks) {
    const declared = side.declared.get(id);
    if (declared === undefined) throw new Error(`Cannot plan ${id}: a stack was built that nobody declared`);
    subjects.set(id, subjectOf(id, readSynthesised(synthesise(stack)), declared, catalogue));
  }
  return subjects;
}

/** Joins what a system declares with what it would build. */
export function subjectOf(
  id: SystemId,
  resources: readonly PlannedResource[],
  { declaration, pool, quantities }: { declaration: Declaration | undefined; pool: Pool | undefined; quantities: Quantities },
  catalogue: Catalogue,
): SystemSubject {
  const planned = plannedQuantities(resources, costingFacts(catalogue, resources, pool));
  return {
    id,
    declaration,
    pool,
    resources,
    declaredQuantities: quantities,
    plannedQuantities: planned.quantities,
    unpriced: planned.unpriced,
  };
}

/** Quantities of the whole contract: every system and the platform. */
export function addUp({ declared }: Side): Quantities {
  const total = new Map<ItemId, Decimal>();
  for (const { quantities } of declared.values()) {
    for (const [item, quantity] of quantities) total.set(item, total.get(item)?.plus(quantity) ?? quantity);
  }
  return total;
}
