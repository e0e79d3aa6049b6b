import type { DiskType, Family } from "../../catalog/pool.ts";
import { blocks, type PlannedResource, type ResourceChange, stringValue } from "../../catalog/terraform-plan/planned-resource.ts";
import type { CostingFacts } from "../../cost/costing.ts";

/** What a plan adds to a pool; what it gives back counts as negative. */
export interface Needed {
  readonly families: Readonly<Record<Family, { readonly cpu: number; readonly memoryGb: number }>>;
  readonly gpuBoxes: Readonly<Record<"1" | "2" | "3", number>>;
  readonly volumesGb: Readonly<Record<DiskType, number>>;
  readonly shareGb: number;
}

type Writable<T> = { -readonly [Key in keyof T]: Writable<T[Key]> };

/** Adds up what changes of a pool's stacks need of it. What cannot be known does not count: the plan refuses it for its price. */
export function neededOf(changes: readonly ResourceChange[], facts: CostingFacts): Needed {
  const needed: Writable<Needed> = {
    families: { general: { cpu: 0, memoryGb: 0 }, c86: { cpu: 0, memoryGb: 0 }, arm: { cpu: 0, memoryGb: 0 } },
    gpuBoxes: { "1": 0, "2": 0, "3": 0 },
    volumesGb: { sas: 0, ssd: 0 },
    shareGb: 0,
  };
  for (const { action, before, after } of changes) {
    if (action === "no-op" || action === "forget") continue;
    if (after !== undefined) add(needed, after, 1, facts);
    if (before !== undefined) add(needed, before, -1, facts);
  }
  return needed;
}

function add(needed: Writable<Needed>, resource: PlannedResource, sign: 1 | -1, facts: CostingFacts): void {
  const addVolume = (type: unknown, size: unknown) => {
    const disk = typeof type === "string" ? facts.diskType(type) : undefined;
    if (disk !== undefined && typeof size === "number") needed.volumesGb[disk] += sign * size;
  };
  switch (resource.type) {
    case "openstack_compute_instance_v2": {
      const flavor = facts.flavor(stringValue(resource, "flavor_id") ?? "");
      if (flavor?.kind === "server") {
        needed.families[flavor.family].cpu += sign * flavor.cpu;
        needed.families[flavor.family].memoryGb += sign * flavor.memoryGb;
      }
      if (flavor?.kind === "gpu-box") needed.gpuBoxes[`${flavor.box}`] += sign;
      for (const device of blocks(resource, "block_device"))
        if (device["destination_type"] === "volume" && device["source_type"] !== "volume")
          addVolume(device["volume_type"], device["volume_size"]);
      return;
    }
    case "openstack_blockstorage_volume_v3":
      addVolume(resource.values["volume_type"], resource.values["size"]);
      return;
    case "openstack_sharedfilesystem_share_v2":
      if (typeof resource.values["size"] === "number") needed.shareGb += sign * resource.values["size"];
      return;
  }
}
