import { type CostResource, priced, unpriced } from "../costing.ts";

/** Prices managed nodes (纳管服务): the hosts of a system's aggregate, each a node for a month (Annex 1 line 27). */
export const costAggregate: CostResource = (aggregate) => {
  const { hosts } = aggregate.values;
  return Array.isArray(hosts) && !aggregate.unknown.has("hosts")
    ? priced(["27", hosts.length])
    : unpriced("hosts", "计划时不知道纳管节点", "hosts is not known in the plan");
};
