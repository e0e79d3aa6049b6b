import { expect, test } from "vitest";
import type { PlannedResource, ResourceChange } from "../../../catalog/terraform-plan/planned-resource.ts";
import { costingFacts } from "../../../cost/costing.ts";
import { neededOf } from "../../../scripts/doctor/needed.ts";
import { planned } from "../../../scripts/drift/opened-by.ts";
import { CATALOGUE, pool } from "../../declared.ts";

const facts = costingFacts(CATALOGUE, [], pool());
const INSTANCE = "openstack_compute_instance_v2";
const VOLUME = "openstack_blockstorage_volume_v3";
const server = (flavor: string, sizeGb: number) =>
  planned(INSTANCE, {
    flavor_id: flavor,
    block_device: [{ source_type: "image", destination_type: "volume", volume_size: sizeGb, volume_type: "sas" }],
  });

function change(action: ResourceChange["action"], before: PlannedResource | undefined, after: PlannedResource | undefined): ResourceChange {
  const { address, type } = (after ?? before) as PlannedResource;
  return { address, type, action, before, after, cause: [], damage: [] };
}

test("What a plan adds to a pool: creations, growth and what is given back, by family and storage class", () => {
  const needed = neededOf(
    [
      change("create", undefined, server("general-4c-8g", 60)),
      change("create", undefined, server("arm-2c-4g", 40)),
      change("update", server("general-4c-8g", 60), server("general-8c-16g", 60)),
      change("delete", server("general-1c-1g", 20), undefined),
      change("no-op", server("c86-2c-4g", 40), server("c86-2c-4g", 40)),
      change("forget", server("c86-2c-4g", 40), undefined),
      change("create", undefined, planned(INSTANCE, { flavor_id: "gpu2-card1x4" })),
      change("update", planned(VOLUME, { size: 100, volume_type: "ssd" }), planned(VOLUME, { size: 150, volume_type: "ssd" })),
      change("create", undefined, planned(VOLUME, { size: 100, volume_type: "unknown" })),
      change("create", undefined, planned("openstack_sharedfilesystem_share_v2", { size: 7 })),
      change("create", undefined, planned(INSTANCE, { flavor_id: "not-in-the-catalogue" })),
    ],
    facts,
  );
  expect(needed).toEqual({
    families: { general: { cpu: 7, memoryGb: 15 }, c86: { cpu: 0, memoryGb: 0 }, arm: { cpu: 2, memoryGb: 4 } },
    gpuBoxes: { "1": 0, "2": 1, "3": 0 },
    volumesGb: { sas: 80, ssd: 50 },
    shareGb: 7,
  });
});
