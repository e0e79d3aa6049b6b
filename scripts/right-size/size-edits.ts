import type { Declaration } from "../../catalog/declaration.ts";
import type { GroupAdvice } from "../../catalog/sizing/advice.ts";
import type { SizeEdit } from "./edit-sizes.ts";

/** What advice changes in one declaration. */
export interface SystemEdits {
  readonly declaration: Declaration;
  readonly groups: readonly GroupAdvice[];
  readonly edits: readonly SizeEdit[];
}

/** Edits by system, of systems where there are any. */
export function sizeEdits(groups: readonly GroupAdvice[]): SystemEdits[] {
  const systems = new Map<string, { declaration: Declaration; groups: GroupAdvice[]; edits: SizeEdit[] }>();
  for (const group of groups) {
    const edits = groupEdits(group);
    if (edits.length === 0) continue;
    const { declaration } = group;
    const system = systems.get(declaration.id) ?? { declaration, groups: [], edits: [] };
    systems.set(declaration.id, system);
    system.groups.push(group);
    system.edits.push(...edits);
  }
  return [...systems.values()];
}

function groupEdits({ group, cpu, memory, disk }: GroupAdvice): SizeEdit[] {
  const at = ["servers", group.key];
  const [data, ...others] = group.dataDisks;
  const growth = disk.target - disk.now;
  return [
    { path: [...at, "cpu"], from: group.cpu, to: cpu.target },
    { path: [...at, "memoryGb"], from: group.memoryGb, to: memory.target },
    // Use is known of a server's disks together, and a system disk of another size is a new one: growth can only mean the one data disk, if
    // there is one and no other. A smaller disk is a migration, and never an edit.
    ...(data === undefined || others.length > 0 || growth <= 0
      ? []
      : [{ path: [...at, "dataDisks", data.key, "sizeGb"], from: data.sizeGb, to: data.sizeGb + growth }]),
  ].filter(({ from, to }) => from !== to);
}
