import type { Flavor } from "../../catalog/flavor.ts";
import { blocks, type PlannedResource, referredTo, stringValue } from "../../catalog/terraform-plan/planned-resource.ts";
import {
  type CostingFacts,
  type CostResource,
  diskItem,
  flavorQuantities,
  noDiskType,
  priced,
  type Unpriced,
  unpriced,
} from "../costing.ts";

/**
 * Prices a server by its flavor (Annex 1 lines 1 to 4), or a GPU box with its cards (lines 5 to 7, 8 to 13), and the volumes
 * that it makes for itself (lines 14 and 15).
 */
export const costInstance: CostResource = (instance, facts) => {
  const flavor = flavorOf(instance, facts);
  if (flavor.kind === "unpriced") return flavor;
  const quantities = flavorQuantities(flavor);
  if (instance.unknown.has("block_device"))
    return unpriced("block_device", "计划时不知道随机创建的卷", "block_device is not known in the plan");
  const devices = blocks(instance, "block_device");
  for (const device of devices) {
    if (typeof device["destination_type"] !== "string") {
      return unpriced(
        "block_device.destination_type",
        "没有写明磁盘是卷还是本地盘（destination_type）",
        "block_device.destination_type does not say whether it is a volume or a local disk",
      );
    }
    // An existing volume is priced where it is made; a local disk belongs to the flavor.
    if (device["destination_type"] !== "volume" || device["source_type"] === "volume") continue;
    const { volume_size: size, volume_type: volumeType } = device;
    if (typeof size !== "number")
      return unpriced("block_device.volume_size", "计划时不知道系统盘大小", "block_device.volume_size is not known in the plan");
    if (typeof volumeType !== "string")
      return unpriced("block_device.volume_type", "系统盘没有写明卷类型", "block_device.volume_type is not known in the plan");
    const type = facts.diskType(volumeType);
    if (type === undefined) return noDiskType("block_device.volume_type", volumeType, facts);
    quantities.push([diskItem(type), size]);
  }
  // Flavors of servers have no disk, so a server without a volume would boot from one that nobody pays for.
  if (flavor.kind === "server" && !devices.some((device) => device["destination_type"] === "volume")) {
    return unpriced("block_device", "没有系统盘卷，而云服务器规格不含磁盘", "it has no boot volume, and flavors of servers have no disk");
  }
  return priced(...quantities);
};

/** The flavor of a server by its id, or, where the same plan makes it and its id comes with the apply, by what the configuration refers to. */
function flavorOf(instance: PlannedResource, facts: CostingFacts): Flavor | Unpriced {
  const id = stringValue(instance, "flavor_id");
  if (id !== undefined)
    return (
      facts.flavor(id) ??
      unpriced("flavor_id", `目录里没有规格 ${id}，也不在本计划里`, `flavor ${id} is neither in the catalogue nor in this plan`)
    );
  const [address, ...others] = new Set(referredTo(instance, "flavor_id"));
  const made = address === undefined || others.length > 0 ? undefined : facts.flavorAt(address);
  if (made === undefined) return unpriced("flavor_id", "计划时不知道云主机规格 flavor_id", "flavor_id is not known in the plan");
  return made === "unreadable"
    ? unpriced(
        "flavor_id",
        `本计划里的规格 ${address} 没有写明核数、内存、无本地盘和系列（extra_specs 的 govcloud:family：general、c86 或 arm）`,
        `flavor ${address} of this plan does not state cores, memory, no local disk and its family (govcloud:family in extra_specs: general, c86 or arm)`,
      )
    : made;
}
