import type { PlannedResource } from "../../catalog/terraform-plan/planned-resource.ts";
import { costingFacts } from "../../cost/costing.ts";
import { costResource } from "../../cost/planned-quantities.ts";
import { CATALOGUE, pool, resource } from "../declared.ts";

/** What a resource of the government cloud costs, in one line: `1: 4, 2: 8`, `free` or `unpriced: attribute`. */
export function costed(type: string, values: Readonly<Record<string, unknown>>, others: readonly PlannedResource[] = []): string {
  const it = resource(type, values);
  const costing = costResource(it, costingFacts(CATALOGUE, [it, ...others], pool()));
  switch (costing.kind) {
    case "priced":
      return costing.quantities.map(({ item, quantity }) => `${item}: ${quantity}`).join(", ");
    case "free":
      return "free";
    case "unpriced":
      return `unpriced: ${costing.attribute}`;
  }
}

/** Why a resource is free or cannot be priced. */
export function reasonOf(type: string, values: Readonly<Record<string, unknown>>) {
  const it = resource(type, values);
  const costing = costResource(it, costingFacts(CATALOGUE, [it], pool()));
  return costing.kind === "priced" ? undefined : costing.reason;
}
