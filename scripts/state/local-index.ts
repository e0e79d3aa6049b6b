import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readState } from "./read-state.ts";
import { lockedBy, noState, notLocked, otherLock, stillHeld, taken } from "./state-errors.ts";
import { standingFolder, stateFolderFailure } from "./state-folder.ts";
import type { StateIndex, StateLock } from "./state-index.ts";

const ENDING = ".tfstate";
/** What the engine writes beside a state that it holds; one that was killed leaves it behind. */
const LOCK_NOTE = /^\.(.+)\.tfstate\.lock\.info$/;

/** States as files of one folder, as the engine's local backend keeps them. Throws EngineFailure where the operating system refuses the folder. */
export function localIndex(folder: string): StateIndex {
  const guarded = Object.entries(filesIndex(folder)).map(([name, act]: [string, (...given: never[]) => Promise<unknown>]) => [
    name,
    async (...given: never[]) => {
      try {
        standingFolder(folder);
        return await act(...given);
      } catch (error) {
        throw stateFolderFailure(folder, error);
      }
    },
  ]);
  // To close nothing needs no folder, and hides no other failure.
  return { ...(Object.fromEntries(guarded) as StateIndex), close: async () => undefined };
}

function filesIndex(folder: string): StateIndex {
  const path = (stack: string) => join(folder, `${stack}${ENDING}`);
  const lockPath = (stack: string) => join(folder, `.${stack}${ENDING}.lock.info`);
  const read = async (stack: string) => (existsSync(path(stack)) ? readState(readFileSync(path(stack), "utf8")) : undefined);
  const lockOf = async (stack: string) => readLock(lockPath(stack), path(stack));
  return {
    read,
    lockOf,
    list: async () => {
      const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(ENDING) && !name.startsWith(".")) : [];
      const stacks = names.map((name) => name.slice(0, -ENDING.length)).sort();
      return await Promise.all(stacks.map(async (stack) => ({ stack, document: await read(stack), lock: await lockOf(stack) })));
    },
    locks: async () =>
      (existsSync(folder) ? readdirSync(folder) : []).sort().flatMap((name) => {
        const stack = LOCK_NOTE.exec(name)?.[1];
        const lock = stack === undefined ? null : readLock(lockPath(stack), path(stack));
        return lock === null ? [] : [{ stack, lock }];
      }),
    unlock: async (stack, id) => {
      const lock = await lockOf(stack);
      if (lock === null) throw notLocked(stack);
      if (lock.id !== id) throw otherLock(stack, lock, id);
      // The operating system holds the lock for the process: while that lives, taking the note away frees nothing.
      if (lock.held === true) throw stillHeld(stack, lock);
      rmSync(lockPath(stack));
    },
    move: async (from, to) => {
      if (!existsSync(path(from))) throw noState(from);
      if (existsSync(path(to))) throw taken(to);
      const lock = await lockOf(from);
      if (lock !== null && lock.held !== false) throw lockedBy(from, lock);
      renameSync(path(from), path(to));
      if (existsSync(`${path(from)}.backup`)) renameSync(`${path(from)}.backup`, `${path(to)}.backup`);
    },
    write: async (stack, words) => {
      // Whole or not at all: a disk that is full again must not cut off what is there.
      const next = `${path(stack)}.new`;
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      try {
        writeFileSync(next, words, { mode: 0o600 });
        renameSync(next, path(stack));
      } finally {
        rmSync(next, { force: true });
      }
    },
    close: async () => undefined,
  };
}

function readLock(path: string, state: string): StateLock | null {
  if (!existsSync(path)) return null;
  let note: Record<string, unknown>;
  try {
    note = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  } catch {
    // The engine is writing it at this moment, or was cut off doing so.
    note = {};
  }
  return {
    id: String(note["ID"] ?? "?"),
    who: String(note["Who"] ?? "?"),
    operation: String(note["Operation"] ?? "?"),
    since: String(note["Created"] ?? "?"),
    held: isHeld(state),
  };
}

/** Linux lists the locks of all processes by the inode of the file; elsewhere nobody knows. */
function isHeld(state: string): boolean | undefined {
  const locks = "/proc/locks";
  if (!existsSync(locks)) return undefined;
  if (!existsSync(state)) return false;
  const { ino } = statSync(state);
  return readFileSync(locks, "utf8")
    .split("\n")
    .some((line) => line.split(/\s+/).some((word) => word.endsWith(`:${ino}`)));
}
