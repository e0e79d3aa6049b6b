import type { ServerGroup } from "../declaration.ts";
import { type Text, text } from "../text.ts";
import type { DiskAdvice } from "./advice.ts";

type DataDisk = ServerGroup["dataDisks"][number];

/** How the disks of a server come to another size together. All but `in-place` is advice only: no edit of a number does it without loss. */
export type DiskChange =
  | { readonly kind: "none" }
  /** The one data disk grows by all of it. */
  | { readonly kind: "in-place"; readonly disk: DataDisk }
  /** Of several data disks nobody knows which is meant. */
  | { readonly kind: "choice" }
  /** There is a system disk alone, and one of another size is a new one. */
  | { readonly kind: "rebuild" }
  /** A smaller disk is a new one, with the data moved. */
  | { readonly kind: "migration" };

/** Use is known of a server's disks together; what that means for each of them follows from which there are. */
export function diskChange({ dataDisks }: Pick<ServerGroup, "dataDisks">, { now, target }: Pick<DiskAdvice, "now" | "target">): DiskChange {
  if (target === now) return { kind: "none" };
  if (target < now) return { kind: "migration" };
  const [disk, ...others] = dataDisks;
  if (disk === undefined) return { kind: "rebuild" };
  return others.length === 0 ? { kind: "in-place", disk } : { kind: "choice" };
}

/** What a reader has to know of a disk's other size. */
export function diskNotes(group: Pick<ServerGroup, "dataDisks">, disk: Pick<DiskAdvice, "now" | "target">): Text[] {
  const change = diskChange(group, disk);
  switch (change.kind) {
    case "none":
      return [];
    case "in-place":
      return [
        text(
          `磁盘按每台合计；系统盘不能就地扩容，增加的算在数据盘 ${change.disk.key} 上`,
          `Disk is the sum of each server; a system disk cannot grow in place, so the growth is the data disk's (${change.disk.key})`,
        ),
      ];
    case "choice":
      return [
        text(
          "磁盘按每台合计，改哪一块由单位定：只能是数据盘，系统盘不能就地扩容（系统盘数据丢失，root-disk-lost），所以只作建议",
          "Disk is the sum of each server; which volume changes is the bureau's choice: a data disk, for a system disk cannot grow in place (root-disk-lost), so this is advice only",
        ),
      ];
    case "rebuild":
      return [
        text(
          "系统盘不能就地扩容：改大小要重建服务器，系统盘上的数据会丢失，所以只作建议。请加一块数据盘，或备份后接受重建（accepts 里写 root-disk-lost）",
          "A system disk cannot grow in place: another size rebuilds the server and loses what is on it, so this is advice only. Add a data disk, or have it backed up and accept the rebuild (accepts: root-disk-lost)",
        ),
      ];
    case "migration":
      return [
        text(
          "云盘不能就地缩小：缩小要新建云盘、迁移数据，只作建议",
          "A disk cannot shrink in place: a smaller one is new, with the data moved, so this is advice only",
        ),
        group.dataDisks.length === 0
          ? text(
              "只有系统盘：缩小要重建服务器，系统盘上的数据不备份就会丢失（root-disk-lost）",
              "The system disk is its only disk: a smaller one rebuilds the server, and what is on it is lost unless it is backed up (root-disk-lost)",
            )
          : text("磁盘按每台合计，改哪一块由单位定", "Disk is the sum of each server; which volume changes is the bureau's choice"),
      ];
  }
}
