import { Decimal } from "decimal.js";
import type { ItemId } from "../catalog/annex-1.ts";
import { clip } from "../catalog/source/visible-text.ts";
import type { PlannedResource } from "../catalog/terraform-plan/planned-resource.ts";
import { isKnownProvider, knownProvider } from "../catalog/terraform-plan/provider-source.ts";
import type { Text } from "../catalog/text.ts";
import { type Costing, type CostingFacts, unpriced } from "./costing.ts";
import { FREE_TYPES } from "./resources/free.ts";
import { COSTINGS } from "./resources/registry.ts";

/** Quantity of each line of Annex 1 for a month; a line that is not used is absent. */
export type Quantities = ReadonlyMap<ItemId, Decimal>;

export interface UnpricedResource {
  readonly address: string;
  readonly type: string;
  readonly attribute: string;
  readonly reason: Text;
}

/** What one resource costs: priced, free with its reason, or unpriced. */
export function costResource(resource: PlannedResource, facts: CostingFacts): Costing {
  const cost = COSTINGS.get(resource.type);
  const reason = FREE_TYPES.get(resource.type);
  if (cost !== undefined || reason !== undefined) {
    const { type, provider } = resource;
    if (provider !== undefined && !isKnownProvider(type, provider)) return strangeProvider(type, provider);
  }
  if (cost !== undefined) return refuseImpossible(cost(resource, facts));
  if (reason !== undefined) return { kind: "free", reason };
  return unpriced("type", `没有资源类型 ${resource.type} 的计价方法`, `there is no costing for resource type ${resource.type}`);
}

/** What another provider makes under a known name nobody has looked at. */
function strangeProvider(type: string, provider: string): Costing {
  const found = provider === "" ? undefined : clip(provider, 80);
  return unpriced(
    "provider_name",
    `${type} ${found === undefined ? "没有写明提供方" : `来自提供方 ${found}`}，不是已知的 ${knownProvider(type)}`,
    `${type} ${found === undefined ? "names no provider" : `comes from provider ${found}`}; wanted ${knownProvider(type)}`,
  );
}

/** Every line counts whole units, and no engine plans less than nothing: a plan file that says otherwise was written by hand. */
function refuseImpossible(costing: Costing): Costing {
  if (costing.kind !== "priced") return costing;
  const bad = costing.quantities.find(({ quantity }) => !Number.isSafeInteger(quantity) || quantity < 0);
  return bad === undefined
    ? costing
    : unpriced(
        "quantity",
        `附件1第 ${bad.item} 行的用量 ${bad.quantity} 不是可用的数，须为不小于 0 的整数`,
        `its quantity of line ${bad.item} of Annex 1 is ${bad.quantity}; wanted a whole number, not below 0`,
      );
}

/** Adds up what a stack's resources use of each line, and lists what cannot be priced. */
export function plannedQuantities(
  resources: readonly PlannedResource[],
  facts: CostingFacts,
): { readonly quantities: Quantities; readonly unpriced: readonly UnpricedResource[] } {
  const tallies = new Map<ItemId, Tally>();
  const missing: UnpricedResource[] = [];
  for (const resource of resources) {
    const costing = costResource(resource, facts);
    if (costing.kind === "unpriced")
      missing.push({ address: resource.address, type: resource.type, attribute: costing.attribute, reason: costing.reason });
    if (costing.kind !== "priced") continue;
    for (const { item, quantity } of costing.quantities) {
      let tally = tallies.get(item);
      if (tally === undefined) {
        tally = new Tally();
        tallies.set(item, tally);
      }
      tally.add(quantity);
    }
  }
  const totals = [...tallies].map(([item, tally]) => [item, tally.total] as const);
  // Lines of which nothing is used say nothing.
  return { quantities: new Map(totals.filter(([, quantity]) => !quantity.isZero())), unpriced: missing };
}

/** An exact sum: nearly every quantity is a whole number, and a decimal for each would cost more than all the rest of pricing. */
class Tally {
  #whole = 0;
  #others = new Decimal(0);

  add(quantity: number): void {
    const sum = this.#whole + quantity;
    if (Number.isSafeInteger(quantity) && Number.isSafeInteger(sum)) this.#whole = sum;
    else this.#others = this.#others.plus(quantity);
  }

  get total(): Decimal {
    return this.#others.plus(this.#whole);
  }
}
