import { stringValue } from "../../catalog/terraform-plan/planned-resource.ts";
import { type CostResource, diskItem, noDiskType, priced, unpriced } from "../costing.ts";

/** Prices a block volume: its size in GB on the line of its storage class (Annex 1 lines 14 and 15). */
export const costVolume: CostResource = (volume, facts) => {
  const { size } = volume.values;
  const volumeType = stringValue(volume, "volume_type");
  if (typeof size !== "number") return unpriced("size", "计划时不知道卷的大小", "size is not known in the plan");
  if (volumeType === undefined) return unpriced("volume_type", "没有写明卷类型", "volume_type is not known in the plan");
  const type = facts.diskType(volumeType);
  return type === undefined ? noDiskType("volume_type", volumeType, facts) : priced([diskItem(type), size]);
};
