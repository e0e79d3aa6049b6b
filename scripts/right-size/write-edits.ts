import { chmodSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeResult } from "../output.ts";
import { editSizes } from "./edit-sizes.ts";
import { type PreparedEdit, withGitEnds } from "./prepare-edits.ts";

/** Writes prepared edits into the work tree and returns the paths of those that were not so already. A write that fails undoes those before it. */
export function writeEdits(folder: string, prepared: readonly PreparedEdit[]): string[] {
  // From the file as it lies there, with its own line ends and byte order mark; every edit is made before the first file is written.
  const changes = prepared.flatMap(({ declaration: { source }, committed, edits }) => {
    const file = join(folder, source.path);
    const words = readFileSync(file, "utf8");
    return withGitEnds(words) === withGitEnds(committed) ? [{ path: source.path, file, words, edited: editSizes(words, edits) }] : [];
  });
  const done: typeof changes = [];
  try {
    for (const change of changes) {
      replace(change.file, change.edited);
      done.push(change);
    }
  } catch (error) {
    for (const { file, words } of done) replace(file, words);
    throw error;
  }
  return changes.map(({ path }) => path);
}

function replace(file: string, words: string): void {
  const { mode } = statSync(file);
  writeResult(words, file);
  chmodSync(file, mode);
}
