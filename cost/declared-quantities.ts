import { Decimal } from "decimal.js";
import type { ItemId } from "../catalog/annex-1.ts";
import type { Contract } from "../catalog/contract.ts";
import type { Declaration } from "../catalog/declaration.ts";
import type { DiskType, Family, Pool } from "../catalog/pool.ts";
import type { Quantities } from "./planned-quantities.ts";

/** Lines of a core and of a GB of memory by family, and of a GB by storage class. Written out here too: a wrong row on one side shows as a difference. */
const CORE: Readonly<Record<Family, ItemId>> = { general: "1", c86: "3", arm: "3" };
const MEMORY: Readonly<Record<Family, ItemId>> = { general: "2", c86: "4", arm: "4" };
const BLOCK_STORAGE: Readonly<Record<DiskType, ItemId>> = { sas: "14", ssd: "15" };

/**
 * What a declaration uses of each line of Annex 1, read from the declaration alone: the second entry of the double
 * entry, so nothing here looks at a stack. All stages but `retired` count as a whole month of service.
 */
export function declaredQuantities(declaration: Declaration, pool: Pool): Quantities {
  const used = new Map<ItemId, Decimal>();
  const add = (item: ItemId, quantity: number) => {
    if (quantity > 0) used.set(item, (used.get(item) ?? new Decimal(0)).plus(quantity));
  };
  if (declaration.stage === "retired") return used;
  for (const { count, family, cpu, memoryGb, systemDisk, dataDisks } of declaration.servers) {
    add(CORE[family], cpu * count);
    add(MEMORY[family], memoryGb * count);
    for (const disk of [systemDisk, ...dataDisks]) add(BLOCK_STORAGE[disk.type], disk.sizeGb * count);
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
