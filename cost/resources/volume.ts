import { stringValue } from "../../catalog/terraform-plan/planned-resource.ts";
import { type CostResource, diskItem, priced, unpriced } from "../costing.ts";

/** Prices a block volume: its size in GB on the line of its storage class (Annex 1 lines 14 and 15). */
export const costVolume: CostResource = (volume, facts) => {
  const { size } = volume.values;
  const volumeType = stringValue(volume, "volume_type");
  if (typeof size !== "number") return unpriced("size", "计划时不知道卷的大小", "size is not known in the plan");
  if (volumeType === undefined) return unpriced("volume_type", "没有写明卷类型", "volume_type is not known in the plan");
  const type = facts.diskType(volumeType);
  return type === undefined
    ? unpriced("volume_type", `附件1没有卷类型 ${volumeType}`, `Annex 1 has no volume type ${volumeType}`)
    : priced([diskItem(type), size]);
};
