import type { Records } from "./record.ts";
import type { SystemContext } from "./system-context.ts";

/** Records a system's rack units (机位, Annex 1 lines 18 and 19) and whole cabinets (line 20). */
export function recordColocation(records: Records, { declaration, pool }: SystemContext): void {
  for (const { rack, from, to, powerW } of declaration.rackUnits) {
    const { class: rackClass } = rackIn(pool.racks, rack);
    records.add(`rack-units-${rack}-${from}`, { record: "rack-units", rack, class: rackClass, from, to, units: to - from + 1, powerW });
  }
  for (const rack of declaration.cabinets) records.add(`cabinet-${rack}`, { record: "cabinet", rack });
}

function rackIn<R>(racks: Readonly<Record<string, R>>, key: string): R {
  const rack = racks[key];
  if (rack === undefined) throw new Error(`Cannot find rack ${key}: wanted one of ${Object.keys(racks).join(", ")}`);
  return rack;
}
