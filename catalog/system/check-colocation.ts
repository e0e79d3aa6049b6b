import type { Declaration } from "../declaration.ts";
import type { Pool, Rack } from "../pool.ts";
import type { Reporter } from "../source/reporter.ts";
import type { Path } from "../source/source-file.ts";
import { text } from "../text.ts";

/** Rack units name a rack of the pool, lie within its height from low to high, and are listed once; a cabinet is a rack of the pool. */
export function checkColocation(
  { rackUnits, cabinets }: Pick<Declaration, "rackUnits" | "cabinets">,
  { racks }: Pick<Pool, "racks">,
  errors: Reporter,
): void {
  for (const [index, units] of rackUnits.entries()) {
    const path = ["colocation", "rackUnits", index];
    const rack = findRack([...path, "rack"], units.rack, racks, errors);
    if (units.from > units.to)
      errors.report(
        [...path, "to"],
        "contradiction",
        text(`结束 U ${units.to} 小于起始 U ${units.from}`, `Cannot end at U ${units.to} below the start at U ${units.from}`),
      );
    else if (rack !== undefined && units.to > rack.heightU)
      errors.report(
        [...path, "to"],
        "out-of-range",
        text(`机柜 ${units.rack} 只有 ${rack.heightU}U`, `Cannot reach U ${units.to}: rack ${units.rack} has ${rack.heightU}U`),
      );
  }
  for (const [index, { rack, from }] of rackUnits.entries()) {
    if (rackUnits.slice(0, index).some((other) => other.rack === rack && other.from === from)) {
      errors.report(
        ["colocation", "rackUnits", index],
        "contradiction",
        text(`机柜 ${rack} 从 ${from}U 起的机位写了两次`, `Cannot list units of rack ${rack} from U ${from} twice`),
      );
    }
  }
  for (const [index, rack] of cabinets.entries()) findRack(["colocation", "cabinets", index], rack, racks, errors);
}

function findRack(path: Path, key: string, racks: Pool["racks"], errors: Reporter): Rack | undefined {
  const rack = Object.hasOwn(racks, key) ? racks[key] : undefined;
  if (rack === undefined) errors.reportUnknown(path, text("机柜", "rack"), key, Object.keys(racks));
  return rack;
}
