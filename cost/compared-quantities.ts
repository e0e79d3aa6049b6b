import type { PlannedResource } from "../catalog/terraform-plan/planned-resource.ts";
import type { CostingFacts } from "./costing.ts";
import { plannedQuantities, type Quantities, type UnpricedResource } from "./planned-quantities.ts";

/** One side of a change: its resources, and what the catalogue knows of them. */
export interface CostedSide {
  readonly resources: readonly PlannedResource[];
  readonly facts: CostingFacts;
}

/** A resource that is in no sum: it cannot be priced on one side at least. */
export interface LeftOut {
  readonly address: string;
  /** The side on which it can be priced, with what it uses there; absent where there is none. */
  readonly priced?: { readonly side: "before" | "after"; readonly quantities: Quantities };
}

export interface ComparedQuantities {
  readonly before: Quantities;
  readonly after: Quantities;
  readonly leftOut: readonly LeftOut[];
  /** What cannot be priced after the change. */
  readonly unpriced: readonly UnpricedResource[];
}

/**
 * Quantities before and after a change. A resource that can be priced on one side alone is in neither: counted there, its whole price would pass for a
 * saving or a rise that nobody knows of.
 */
export function comparedQuantities(before: CostedSide, after: CostedSide): ComparedQuantities {
  const was = costed(before);
  // A change that changes nothing has one list for both sides.
  const is = after.resources === before.resources ? was : costed(after);
  const [unknownBefore, unknownAfter] = [namesOf(was.unpriced), namesOf(is.unpriced)];
  const onlyBefore = pricedOf(before, unknownAfter, unknownBefore);
  const onlyAfter = pricedOf(after, unknownBefore, unknownAfter);
  const leftOut = [...new Set([...unknownAfter, ...unknownBefore])].map((address): LeftOut => {
    const [then, now] = [onlyBefore.get(address), onlyAfter.get(address)];
    if (then !== undefined) return { address, priced: { side: "before", quantities: then } };
    return now === undefined ? { address } : { address, priced: { side: "after", quantities: now } };
  });
  return {
    before: without(was.quantities, onlyBefore.values()),
    after: without(is.quantities, onlyAfter.values()),
    leftOut,
    unpriced: is.unpriced,
  };
}

type Names = ReadonlySet<string>;

function costed({ resources, facts }: CostedSide) {
  return plannedQuantities(resources, facts);
}

function namesOf(unpriced: readonly UnpricedResource[]): Names {
  return new Set(unpriced.map(({ address }) => address));
}

/**
 * What the resources use on a side that are unpriced on the other and not here, each by itself. What uses nothing here, or does not stand here, is
 * absent.
 */
function pricedOf({ resources, facts }: CostedSide, unknownThere: Names, unknownHere: Names): ReadonlyMap<string, Quantities> {
  const names = new Set([...unknownThere].filter((name) => !unknownHere.has(name)));
  if (names.size === 0) return new Map();
  return new Map(
    resources
      .filter(({ address }) => names.has(address))
      .map((each) => [each.address, plannedQuantities([each], facts).quantities] as const)
      .filter(([, quantities]) => quantities.size > 0),
  );
}

function without(all: Quantities, parts: Iterable<Quantities>): Quantities {
  const rest = new Map(all);
  for (const part of parts) {
    for (const [item, quantity] of part) {
      const left = rest.get(item)?.minus(quantity);
      if (left === undefined || left.isZero()) rest.delete(item);
      else rest.set(item, left);
    }
  }
  return rest;
}
