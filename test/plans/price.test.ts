import { describe, expect, test } from "vitest";
import type { Pool } from "../../catalog/pool.ts";
import type { PlannedResource } from "../../catalog/terraform-plan/planned-resource.ts";
import { costingFacts } from "../../cost/costing.ts";
import { plannedQuantities } from "../../cost/planned-quantities.ts";
import { quote } from "../../cost/quote.ts";
import { viewOf } from "../../scripts/engine/read-view.ts";
import { BOOK, CATALOGUE, pool } from "../declared.ts";
import { recordedPlan } from "./recorded.ts";

/** The recorded cloud: its volume types are called in capitals. */
const RECORDED_POOL: Pool = { ...pool(), openstack: { ...pool().openstack, volumeTypes: { sas: "SAS", ssd: "SSD" } } };

/** Quantities and list price of a plan's resources, and what cannot be priced. */
function priceOf(resources: readonly PlannedResource[], where: Pool) {
  const { quantities, unpriced } = plannedQuantities(resources, costingFacts(CATALOGUE, resources, where));
  return {
    lines: [...quantities].map(([item, quantity]) => `${item}: ${quantity}`),
    monthly: quote(CATALOGUE, undefined, { quantities, book: BOOK }).monthly.after.toFixed(2),
    unpriced: unpriced.map(({ address, attribute }) => `${address} ${attribute}`),
  };
}

const OWN_FLAVOR = ["openstack_compute_instance_v2.app-1 flavor_id", "openstack_compute_instance_v2.app-2 flavor_id"];
const RECORD = "terraform_data.declaration input.record";

describe("The system of create-system, priced from the engine's plan:", () => {
  test("storage by Annex 1, and what the catalogue does not know by name", () => {
    const { after } = recordedPlan("create-system");
    expect(priceOf(after, RECORDED_POOL)).toEqual({
      // Data volume 100 GB SAS, container 107,374,182,400 bytes = 100 GB, share 50 GB. The quota grants no backup.
      lines: ["14: 100", "16: 100", "17: 50"],
      // Lines 14, 16, 17: 100 × 0.27 + 100 × 0.18 + 50 × 0.18 = 27.00 + 18.00 + 9.00
      monthly: "54.00",
      unpriced: [...OWN_FLAVOR, RECORD],
    });
  });

  test("volumes of another cloud's types are unpriced, never free", () => {
    const { after } = recordedPlan("create-system");
    const other = { ...pool(), openstack: { ...pool().openstack, volumeTypes: { sas: "capacity", ssd: "performance" } } };
    expect(priceOf(after, other)).toEqual({
      lines: ["16: 100", "17: 50"],
      monthly: "27.00",
      unpriced: ["openstack_blockstorage_volume_v3.app-1-data volume_type", ...OWN_FLAVOR, RECORD],
    });
  });

  test("servers with a flavor of the catalogue, 4 cores and 8 GB each with a boot disk of 40 GB SSD", () => {
    const { after } = recordedPlan("create-system");
    const sized = after.map((each) =>
      each.type === "openstack_compute_instance_v2"
        ? {
            ...each,
            values: { ...each.values, flavor_id: "general-4c-8g" },
            unknown: new Set([...each.unknown].filter((path) => path !== "flavor_id")),
          }
        : each,
    );
    expect(priceOf(sized, RECORDED_POOL)).toEqual({
      lines: ["14: 100", "1: 8", "2: 16", "15: 80", "16: 100", "17: 50"],
      // Lines 1, 2, 14, 15, 16, 17: 8 × 21.60 + 16 × 21.60 + 27.00 + 80 × 0.45 + 18.00 + 9.00 = 172.80 + 345.60 + 27.00 + 36.00 + 27.00
      monthly: "608.40",
      unpriced: [RECORD],
    });
  });
});

describe("Before and after a change, priced from one plan:", () => {
  const monthly = (plan: string) => {
    const { before, resources } = viewOf(recordedPlan(plan));
    const [was, is] = [before, resources].map((each) => priceOf(each, RECORDED_POOL).monthly);
    return `${was} → ${is}`;
  };
  test.each([
    // Container 100 → 50 GB and share 50 → 80 GB at 0.18, data volume 100 GB at 0.27.
    { plan: "container-quota-and-share-grow", money: "54.00 → 50.40" },
    // Share 80 → 40 GB after it: 7.20 less.
    { plan: "share-shrink", money: "50.40 → 43.20" },
    { plan: "retire-all", money: "54.00 → 0.00" },
    // 10 GB SAS leave the state, yet go on in the cloud and are billed.
    { plan: "forget", money: "2.70 → 2.70" },
    { plan: "import", money: "2.70 → 2.70" },
    { plan: "volume-grow-online", money: "2.70 → 5.40" },
    { plan: "no-op", money: "54.00 → 54.00" },
  ])("$plan: $money", ({ plan, money }) => {
    expect(monthly(plan)).toBe(money);
  });
});
