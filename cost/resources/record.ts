import { type CostResource, free, priced, unpriced } from "../costing.ts";

/** Prices a record of what no API provides: rack units, cabinets, bundles, migration, the platform service, circuits. */
export const costRecord: CostResource = (resource) => {
  const input = resource.values["input"];
  const record = typeof input === "object" && input !== null ? (input as Readonly<Record<string, unknown>>) : {};
  switch (record["record"]) {
    case "rack-units": {
      const { units, class: rackClass } = record;
      if (typeof units !== "number" || !Number.isInteger(units) || units < 1)
        return unpriced("input.units", "不知道机位 U 数", "the number of rack units is not known");
      if (rackClass !== "standard" && rackClass !== "high-power")
        return unpriced("input.class", "不知道机柜功率类别", "the class of the rack is not known");
      return priced([rackClass === "standard" ? "18" : "19", units]);
    }
    case "cabinet":
      return priced(["20", 1]);
    case "mlps-bundle":
      if (record["level"] === 2) return priced(["22", 1]);
      if (record["level"] === 3) return priced(["23", 1]);
      return unpriced("input.level", "不知道等保级别", "the MLPS level is not known");
    case "cryptography-bundle":
      return priced(["24", 1]);
    case "platform-service":
      return priced(["25", 1]);
    case "migration":
      return priced(["26", 1]);
    case "circuit":
      return priced(["L1", 1]);
    case "retirement":
      return free("下线记录，不占资源", "the tombstone of a retired system uses nothing");
    default:
      return unpriced(
        "input.record",
        `没有这种记录：${String(record["record"] ?? "未写明")}`,
        `there is no record of kind ${String(record["record"] ?? "(none)")}`,
      );
  }
};
