import { BYTES_PER_GB } from "../../catalog/units.ts";
import { type CostResource, priced, unpriced } from "../costing.ts";

/** Prices an object container by its quota (Annex 1 line 16): without one its cost has no bound. */
export const costContainer: CostResource = (container) => {
  const metadata = container.values["metadata"];
  const quota = typeof metadata === "object" && metadata !== null ? (metadata as Record<string, unknown>)["Quota-Bytes"] : undefined;
  if (typeof quota !== "string" || !/^[1-9][0-9]{0,17}$/.test(quota))
    return unpriced("metadata.Quota-Bytes", "对象存储容器没有配额", "the container has no known quota");
  const bytes = BigInt(quota);
  return bytes % BYTES_PER_GB === 0n
    ? priced(["16", Number(bytes / BYTES_PER_GB)])
    : unpriced("metadata.Quota-Bytes", "配额不是整 GB", "the quota is no whole number of GB");
};
