import type { ItemId } from "./annex-1.ts";
import type { Declaration } from "./declaration.ts";
import type { Pool } from "./pool.ts";
import type { Path } from "./source/source-file.ts";

/** What one part of a declaration uses of a line of Annex 1, and where it says so. */
export interface Declared {
  readonly item: ItemId;
  readonly path: Path;
  readonly amount: number;
}

/** A declaration's use of Annex 1 part by part; a test holds its sums against those that are billed. Nothing where the system is retired. */
export function declaredAmounts(declaration: Declaration, pool: Pool | undefined): readonly Declared[] {
  if (declaration.stage === "retired") return [];
  const found: Declared[] = [];
  const add = (item: ItemId, path: Path, amount: number) => {
    if (amount > 0) found.push({ item, path, amount });
  };
  for (const { key, count, family, cpu, memoryGb, systemDisk, dataDisks } of declaration.servers) {
    const path: Path = ["servers", key];
    const [core, memory] = family === "general" ? (["1", "2"] as const) : (["3", "4"] as const);
    add(core, path, cpu * count);
    add(memory, path, memoryGb * count);
    add(systemDisk.type === "sas" ? "14" : "15", [...path, "systemDisk"], systemDisk.sizeGb * count);
    for (const disk of dataDisks) add(disk.type === "sas" ? "14" : "15", [...path, "dataDisks", disk.key], disk.sizeGb * count);
  }
  for (const { key, count, box, cards } of declaration.gpuServers) {
    add(`${4 + box}` as ItemId, ["gpuServers", key], count);
    if (cards !== undefined) add(`${7 + cards.type}` as ItemId, ["gpuServers", key, "cards"], cards.count * count);
  }
  add("16", ["storage", "objectGb"], declaration.objectGb);
  add("17", ["storage", "fileGb"], declaration.fileGb);
  for (const [index, { rack, from, to }] of declaration.rackUnits.entries())
    add(pool?.racks[rack]?.class === "high-power" ? "19" : "18", ["colocation", "rackUnits", index], to - from + 1);
  for (const index of declaration.cabinets.keys()) add("20", ["colocation", "cabinets", index], 1);
  add("21", ["backupGb"], declaration.backupGb);
  add(declaration.mlps === 3 ? "23" : "22", ["mlps"], 1);
  if (declaration.cryptography) add("24", ["cryptography"], 1);
  if (declaration.migration) add("26", ["migration"], 1);
  for (const index of declaration.managedNodes.keys()) add("27", ["managedNodes", index], 1);
  return found;
}
