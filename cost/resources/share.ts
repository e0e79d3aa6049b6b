import { type CostResource, priced, unpriced } from "../costing.ts";

/** Prices a file share by its size in GB (Annex 1 line 17). */
export const costShare: CostResource = (share) => {
  const { size } = share.values;
  return typeof size === "number" ? priced(["17", size]) : unpriced("size", "计划时不知道文件存储的大小", "size is not known in the plan");
};
