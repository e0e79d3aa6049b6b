import type { Catalogue } from "../../catalog/catalogue.ts";
import type { Pool } from "../../catalog/pool.ts";
import type { PriceBook } from "../../catalog/price-book.ts";
import { compareExposure, type ExposureChange, readExposure } from "../../catalog/terraform-plan/exposure.ts";
import type { PlannedResource } from "../../catalog/terraform-plan/planned-resource.ts";
import type { EnginePlan, PlanChange } from "../../catalog/terraform-plan/read-plan.ts";
import { costingFacts } from "../../cost/costing.ts";
import { plannedQuantities, type UnpricedResource } from "../../cost/planned-quantities.ts";
import { type Amounts, quote } from "../../cost/quote.ts";

/** What was changed behind the engine's back in one system. */
export interface SystemDrift {
  /** `before` as the state had it, `after` as it was found. */
  readonly changes: readonly PlanChange[];
  /** What can be reached from outside, as the state had it and as it was found. */
  readonly exposure: readonly ExposureChange[];
  /** List price a month of what was changed, CNY. */
  readonly monthly: Amounts;
  /** What was changed and has no price on one side or the other; the money leaves it out. */
  readonly unpriced: readonly UnpricedResource[];
}

/** Reads from an engine's plan what was changed behind its back, what that opened and what it costs. Noise after an apply is not in a plan's drift. */
export function driftOf(
  { drift, before: found }: EnginePlan,
  { catalogue, pool, book }: { readonly catalogue: Catalogue; readonly pool: Pool | undefined; readonly book: PriceBook },
): SystemDrift {
  const held = asHeld(found, drift);
  const [before, after] = (["before", "after"] as const).map((side) =>
    // Flavors of the system's own are read from the whole stack.
    plannedQuantities(
      drift.flatMap((each) => each[side] ?? []),
      costingFacts(catalogue, side === "before" ? held : found, pool),
    ),
  ) as [ReturnType<typeof plannedQuantities>, ReturnType<typeof plannedQuantities>];
  return {
    changes: drift,
    exposure: compareExposure(readExposure(held), readExposure(found, held)),
    monthly: quote(catalogue, { quantities: before.quantities, book }, { quantities: after.quantities, book }).monthly,
    unpriced: [...new Map([...before.unpriced, ...after.unpriced].map((each) => [each.address, each])).values()],
  };
}

/** The stack as the state had it: a plan's own `before` is what was found. */
function asHeld(found: readonly PlannedResource[], drift: readonly PlanChange[]): PlannedResource[] {
  const drifted = new Set(drift.map(({ address }) => address));
  return [...found.filter(({ address }) => !drifted.has(address)), ...drift.flatMap(({ before }) => before ?? [])];
}
