import type { Declaration, ServerGroup } from "../../catalog/declaration.ts";
import type { GroupAdvice } from "../../catalog/sizing/advice.ts";
import { type DiskChange, diskChange, diskNotes } from "../../catalog/sizing/disk-change.ts";
import type { Text } from "../../catalog/text.ts";
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
  const change = diskChange(group, disk);
  return [
    { path: [...at, "cpu"], from: group.cpu, to: cpu.target },
    { path: [...at, "memoryGb"], from: group.memoryGb, to: memory.target },
    ...(change.kind === "in-place"
      ? [
          {
            path: [...at, "dataDisks", change.disk.key, "sizeGb"],
            from: change.disk.sizeGb,
            to: change.disk.sizeGb + disk.target - disk.now,
          },
        ]
      : []),
  ].filter(({ from, to }) => from !== to);
}

/** Another size of a server's disks that no edit makes, because it would lose data or nobody knows which disk is meant. */
export interface AdviceOnly {
  readonly declaration: Declaration;
  readonly group: ServerGroup;
  /** GB of all disks of each server. */
  readonly now: number;
  readonly target: number;
  readonly kind: Exclude<DiskChange["kind"], "none" | "in-place">;
  readonly reasons: readonly Text[];
}

/** What advice leaves to the bureau. */
export function adviceOnly(groups: readonly GroupAdvice[]): AdviceOnly[] {
  return groups.flatMap(({ declaration, group, disk }): AdviceOnly[] => {
    const { now, target } = disk;
    const { kind } = diskChange(group, disk);
    return kind === "none" || kind === "in-place" ? [] : [{ declaration, group, now, target, kind, reasons: diskNotes(group, disk) }];
  });
}
