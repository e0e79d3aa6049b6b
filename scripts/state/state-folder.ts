import { chmodSync, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Text, text } from "../../catalog/text.ts";
import { EngineFailure } from "../engine/engine-failure.ts";
import type { StateStore } from "../engine/state-store.ts";

/** Where the folder of the states is, or will be made: itself, or what stands above it. Throws EngineFailure where that is no folder. */
export function standingFolder(folder: string): string {
  let standing = folder;
  while (!existsSync(standing) && dirname(standing) !== standing) standing = dirname(standing);
  if (!statSync(standing).isDirectory())
    throw folderFailure(
      folder,
      standing === folder ? text("它不是目录", "it is not a folder") : text(`${standing} 不是目录`, `${standing} is not a folder`),
    );
  return standing;
}

/**
 * Makes the folder of local states, which hold secrets, for this user alone, before the engine does, which would let everybody read it. One that stands
 * keeps its mode. Throws EngineFailure where it cannot.
 */
export function makeStateFolder({ kind, label: folder }: Pick<StateStore, "kind" | "label">): void {
  if (kind !== "local") return;
  try {
    standingFolder(folder);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw stateFolderFailure(folder, error);
  }
}

/** Takes a stack's state and its backup from everybody but this user: the engine writes them with the mode of the user's umask. */
export function closeState(folder: string, stack: string): void {
  for (const file of [`${stack}.tfstate`, `${stack}.tfstate.backup`]) {
    try {
      chmodSync(join(folder, file), 0o600);
    } catch {
      // Not there yet, or another user's: the folder's mode is what counts, and doctor looks at that.
    }
  }
}

/** What the operating system refuses in the folder of the states as the store's failure; anything else as it is. */
export function stateFolderFailure(folder: string, error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return error;
  return folderFailure(folder, text(`不能读写（${code}）`, `it cannot be read or written (${code})`));
}

function folderFailure(folder: string, { zh, en }: Text): EngineFailure {
  return new EngineFailure("state-store", text(`状态不能放在 ${folder}：${zh}`, `Cannot keep states in ${folder}: ${en}`), {
    remedy: text(
      "让 GOVCLOUD_STATE 指向一个本用户可读写的目录，或 postgres:// 地址",
      "let GOVCLOUD_STATE name a folder that this user may read and write, or a postgres:// address",
    ),
  });
}
