import { type CostResource, free, priced, unpriced } from "../costing.ts";

/** Prices the backup space that a system's quota grants, in GB (Annex 1 line 21); volumes are priced where they are made. */
export const costBlockStorageQuota: CostResource = (quota) => {
  const { backup_gigabytes: gb } = quota.values;
  if (typeof gb !== "number" || gb < 0)
    return unpriced("backup_gigabytes", "备份配额没有写明或不限量", "backup_gigabytes is unknown or unlimited");
  return gb === 0 ? free("没有备份空间", "grants no backup space") : priced(["21", gb]);
};
