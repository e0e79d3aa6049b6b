import { Decimal } from "decimal.js";
import type { ItemId } from "../catalog/annex-1.ts";
import type { Contract } from "../catalog/contract.ts";
import type { Declaration } from "../catalog/declaration.ts";
import type { Pool } from "../catalog/pool.ts";
import { computeItems, diskItem } from "./costing.ts";
import type { Quantities } from "./planned-quantities.ts";

/**
 * What a declaration uses of each line of Annex 1, read from the declaration alone (design §4): the second entry of the double
 * entry, so nothing here looks at a stack. All stages but `retired` count as a whole month of service.
 */
export function declaredQuantities(declaration: Declaration, pool: Pool): Quantities {
  const used = new Map<ItemId, Decimal>();
  const add = (item: ItemId, quantity: number) => {
    if (quantity > 0) used.set(item, (used.get(item) ?? new Decimal(0)).plus(quantity));
  };
  if (declaration.stage === "retired") return used;
  for (const { count, family, cpu, memoryGb, systemDisk, dataDisks } of declaration.servers) {
    const [core, memory] = computeItems(family);
    add(core, cpu * count);
    add(memory, memoryGb * count);
    for (const disk of [systemDisk, ...dataDisks]) add(diskItem(disk.type), disk.sizeGb * count);
  }
  for (const { count, box, cards } of declaration.gpuServers) {
    add(`${4 + box}`, count);
    if (cards !== undefined) add(`${7 + cards.type}`, cards.count * count);
  }
  add("16", declaration.objectGb);
  add("17", declaration.fileGb);
  for (const { rack, from, to } of declaration.rackUnits) add(pool.racks[rack]?.class === "high-power" ? "19" : "18", to - from + 1);
  add("20", declaration.cabinets.length);
  add("21", declaration.backupGb);
  add(declaration.mlps === 3 ? "23" : "22", 1);
  if (declaration.cryptography) add("24", 1);
  if (declaration.migration) add("26", 1);
  add("27", declaration.managedNodes.length);
  return used;
}

/** What the contract has once: the multi-cloud management service (line 25) and the circuits (5.1.6). */
export function platformQuantities(contract: Contract): Quantities {
  return new Map<ItemId, Decimal>([
    ["25", new Decimal(1)],
    ["L1", new Decimal(contract.circuits.count)],
  ]);
}
