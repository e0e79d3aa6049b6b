import type { Decimal } from "decimal.js";
import type { Temporal } from "temporal-polyfill";
import type { ItemId } from "../../catalog/annex-1.ts";
import { priceBookAt } from "../../catalog/catalogue.ts";
import type { Contract } from "../../catalog/contract.ts";
import type { Declaration, SystemId } from "../../catalog/declaration.ts";
import type { Pool } from "../../catalog/pool.ts";
import type { PriceBook } from "../../catalog/price-book.ts";
import type { MeasuredMonth } from "../../catalog/sizing/measured-month.ts";
import { compareResources } from "../../catalog/terraform-plan/compare.ts";
import { compareExposure, readExposure } from "../../catalog/terraform-plan/exposure.ts";
import type { PlannedResource, ResourceChange } from "../../catalog/terraform-plan/planned-resource.ts";
import { readSynthesised } from "../../catalog/terraform-plan/read-synthesised.ts";
import { costingFacts } from "../../cost/costing.ts";
import { declaredQuantities, platformQuantities } from "../../cost/declared-quantities.ts";
import { plannedQuantities, type Quantities } from "../../cost/planned-quantities.ts";
import { quote } from "../../cost/quote.ts";
import type { SystemSubject } from "../../policies/policy.ts";
import { buildApp, synthesise } from "../../stacks/build-app.ts";
import { PLATFORM } from "../../stacks/platform-stack.ts";
import type { CheckedTree } from "./read-tree.ts";

/** One tree's side of a plan: what every system declares and costs. */
export interface Side {
  readonly at: Temporal.PlainDate;
  readonly tree: CheckedTree;
  readonly contract: Contract;
  readonly priceBook: PriceBook;
  /** By id, the platform first. */
  readonly declared: ReadonlyMap<SystemId, DeclaredSystem>;
}

export interface DeclaredSystem {
  /** Undefined for the platform, as its pool is. */
  readonly declaration: Declaration | undefined;
  readonly pool: Pool | undefined;
  readonly quantities: Quantities;
  /** List price a month, CNY. */
  readonly monthly: Decimal;
}

/** Prices every declaration of a tree; that alone needs no stack. */
export function declareSide(tree: CheckedTree, contract: Contract, at: Temporal.PlainDate): Side {
  const priceBook = priceBookAt(tree.catalogue, contract, at);
  const declared = new Map<SystemId, DeclaredSystem>();
  const add = (id: SystemId, declaration: Declaration | undefined, pool: Pool | undefined, quantities: Quantities) =>
    declared.set(id, {
      declaration,
      pool,
      quantities,
      monthly: quote(tree.catalogue, undefined, { quantities, book: priceBook }).monthly.after,
    });
  add(PLATFORM, undefined, undefined, platformQuantities(contract));
  for (const declaration of tree.declarations.systems) {
    const pool = tree.catalogue.pools.get(declaration.pool);
    if (pool === undefined)
      throw new Error(`Cannot find pool ${declaration.pool} of ${declaration.id}: readers let no such declaration pass`);
    add(declaration.id, declaration, pool, declaredQuantities(declaration, pool));
  }
  return { at, tree, contract, priceBook, declared };
}

/** Synthesises the named systems of a tree, as far as it has them, and reads what they would build. */
export function synthesiseSystems(side: Side, ids: ReadonlySet<SystemId>): ReadonlyMap<SystemId, readonly PlannedResource[]> {
  const { stacks } = buildApp(side.tree.catalogue, side.contract, side.tree.declarations, { only: ids });
  return new Map([...stacks].map(([id, stack]) => [id, readSynthesised(synthesise(stack))]));
}

/** One system as the engine plans it: what its state holds, what will be, and how it gets there. */
export interface EngineView {
  readonly before: readonly PlannedResource[];
  /** What will stand in the cloud: what the state will hold, and what leaves it without being deleted. */
  readonly resources: readonly PlannedResource[];
  readonly changes: readonly ResourceChange[];
}

/** A system as policies see it, from what both sides declare and would build; where the engine planned it, from its plan. */
export function subjectOf(
  id: SystemId,
  head: { readonly side: Side; readonly resources: readonly PlannedResource[] },
  base?: { readonly side: Side; readonly resources: readonly PlannedResource[] },
  { engine, usage }: { readonly engine?: EngineView | undefined; readonly usage?: MeasuredMonth | undefined } = {},
): SystemSubject {
  const { at, tree, contract, declared } = head.side;
  const now = declared.get(id);
  if (now === undefined) throw new Error(`Cannot judge ${id}: a stack was built that nobody declared`);
  const then = base?.side.declared.get(id);
  const resources = engine?.resources ?? head.resources;
  const planned = plannedQuantities(resources, costingFacts(tree.catalogue, resources, now.pool));
  const before = engine?.before ?? base?.resources ?? [];
  const baseOf = (): SystemSubject["base"] => {
    if (then !== undefined) return { declaration: then.declaration, resources: before, monthly: then.monthly };
    // What the state holds is what was there, also where no tree is compared with: policies on changes judge it.
    if (engine === undefined || before.length === 0) return undefined;
    const { quantities } = plannedQuantities(before, costingFacts(tree.catalogue, before, now.pool));
    const { monthly } = quote(tree.catalogue, undefined, { quantities, book: head.side.priceBook });
    return { declaration: undefined, resources: before, monthly: monthly.after };
  };
  return {
    id,
    at,
    catalogue: tree.catalogue,
    contract,
    tenant: now.declaration === undefined ? undefined : tree.declarations.tenants.get(now.declaration.tenant),
    declaration: now.declaration,
    pool: now.pool,
    resources,
    base: baseOf(),
    changes: engine?.changes ?? compareResources(before, resources),
    exposure: compareExposure(readExposure(before), readExposure(resources, before)),
    monthly: now.monthly,
    declaredQuantities: now.quantities,
    plannedQuantities: planned.quantities,
    unpriced: planned.unpriced,
    ...(usage === undefined ? {} : { usage }),
  };
}

/** Quantities of the whole contract: every system and the platform. */
export function addUp({ declared }: Side): Quantities {
  return addQuantities([...declared.values()].map(({ quantities }) => quantities));
}

export function addQuantities(all: readonly Quantities[]): Quantities {
  const total = new Map<ItemId, Decimal>();
  for (const quantities of all) {
    for (const [item, quantity] of quantities) total.set(item, total.get(item)?.plus(quantity) ?? quantity);
  }
  return total;
}
