import type { SystemId } from "../../catalog/declaration.ts";
import { type DiskType, FAMILIES, type Family } from "../../catalog/pool.ts";
import { blocks, type PlannedResource, type ResourceChange, stringValue } from "../../catalog/terraform-plan/planned-resource.ts";
import type { CostingFacts } from "../../cost/costing.ts";

/** What a plan adds to a pool; what it gives back counts as negative. */
export interface Needed {
  readonly families: Readonly<Record<Family, { readonly cpu: number; readonly memoryGb: number }>>;
  readonly gpuBoxes: Readonly<Record<"1" | "2" | "3", number>>;
  readonly volumesGb: Readonly<Record<DiskType, number>>;
  readonly shareGb: number;
}

/** What a plan adds to a system's project, and the limits that it sets there; undefined where it leaves a limit as it is. */
export interface ProjectNeed {
  readonly system: SystemId;
  /** The project's id in the cloud. */
  readonly project: string;
  readonly needed: Needed;
  readonly limits: Readonly<Record<"cores" | "ram" | "gigabytes", number | undefined>>;
}

/** Adds up what several systems need at most: what one gives back may come too late for another, for they are applied side by side. */
export function addNeeded(all: readonly Needed[]): Needed {
  const total = nothing();
  for (const { families, gpuBoxes, volumesGb, shareGb } of all) {
    for (const family of FAMILIES) {
      total.families[family].cpu += Math.max(0, families[family].cpu);
      total.families[family].memoryGb += Math.max(0, families[family].memoryGb);
    }
    for (const box of ["1", "2", "3"] as const) total.gpuBoxes[box] += Math.max(0, gpuBoxes[box]);
    for (const type of ["sas", "ssd"] as const) total.volumesGb[type] += Math.max(0, volumesGb[type]);
    total.shareGb += Math.max(0, shareGb);
  }
  return total;
}

/** Projects that stand are those whose quotas the state knows; a new one has room for whatever its approved plan makes. */
export function projectNeeds(system: SystemId, changes: readonly ResourceChange[], needed: Needed): readonly ProjectNeed[] {
  const compute = changes.find(({ type }) => type === "openstack_compute_quotaset_v2");
  const project = stringValue(compute?.before, "project_id");
  if (project === undefined) return [];
  const volume = changes.find(({ type }) => type === "openstack_blockstorage_quotaset_v3");
  const limit = (resource: PlannedResource | undefined, name: string) => {
    const value = resource?.values[name];
    return typeof value === "number" ? value : undefined;
  };
  const limits = {
    cores: limit(compute?.after, "cores"),
    ram: limit(compute?.after, "ram"),
    gigabytes: limit(volume?.after, "gigabytes"),
  };
  return [{ system, project, needed, limits }];
}

type Writable<T> = { -readonly [Key in keyof T]: Writable<T[Key]> };

/** Adds up what changes of a pool's stacks need of it. What cannot be known does not count: the plan refuses it for its price. */
export function neededOf(changes: readonly ResourceChange[], facts: CostingFacts): Needed {
  const needed = nothing();
  for (const { action, before, after } of changes) {
    if (action === "no-op" || action === "forget") continue;
    if (after !== undefined) add(needed, after, 1, facts);
    if (before !== undefined) add(needed, before, -1, facts);
  }
  return needed;
}

function nothing(): Writable<Needed> {
  return {
    families: { general: { cpu: 0, memoryGb: 0 }, c86: { cpu: 0, memoryGb: 0 }, arm: { cpu: 0, memoryGb: 0 } },
    gpuBoxes: { "1": 0, "2": 0, "3": 0 },
    volumesGb: { sas: 0, ssd: 0 },
    shareGb: 0,
  };
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
