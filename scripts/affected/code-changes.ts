import { realpathSync } from "node:fs";
import { git, runGit } from "../../catalog/source/git.ts";
import { MAX_FILE_BYTES } from "../../catalog/source/limits.ts";
import type { Tree, TreeEntry } from "../../catalog/source/tree.ts";
import { clip } from "../../catalog/source/visible-text.ts";
import { text } from "../../catalog/text.ts";
import { programTree } from "../program-file.ts";
import { type Change, EVERYBODY } from "./change.ts";
import { OF_CENTRE } from "./waiver-changes.ts";

/** Code decides what every system becomes; documents, tests and the bureaus' data do not. */
const CODE =
  /^(?:(?:catalog|cost|policies|scripts)\/.+\.(?:ts|mjs|json)|stacks\/(?!tenants\/).+\.(?:ts|mjs|json)|package-lock\.json|providers\/.+)$/;

/** True of the files whose change touches every system. */
export function isCode(path: string): boolean {
  return CODE.test(path);
}

/** Whether two trees are versions of this program too, and not of somebody's data alone: then its code is compared as well. */
export function isOwnHistory(head: Tree, base: Tree | undefined, program: string): boolean {
  return base !== undefined && /^[0-9a-f]{40,64}$/.test(base.identity) && realpath(head.identity) === realpath(program);
}

/** The change of code between a commit and the program's work tree, committed or not; none where only data and documents differ. */
export function codeChanges(program: string, commit: string): readonly Change[] {
  const names = (args: readonly string[]) => git(program, args).toString("utf8").split("\0");
  const changed = [
    ...names(["diff", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", "-z", commit, "--"]),
    ...names(["ls-files", "--others", "--exclude-standard", "-z"]),
  ]
    .filter(isCode)
    .sort();
  const [first] = changed;
  if (first === undefined) return [];
  const more = changed.length - 1;
  const words = text(
    more === 0 ? "程序改了" : `程序改了，另有 ${more} 个文件`,
    more === 0 ? "code of the program" : `code of the program, and ${more} more files`,
  );
  return [{ kind: "code", file: clip(first, 200), line: 1, words, touches: EVERYBODY }];
}

/** A tree together with the centre's waivers as they stand in the program's work tree, or stood in a commit of it. */
export function withCentresWaivers(tree: Tree, program: string, commit?: string): Tree {
  const entry = commit === undefined ? programTree(program, [OF_CENTRE]).entries.get(OF_CENTRE) : entryAt(program, commit);
  return entry === undefined ? tree : { ...tree, entries: new Map([...tree.entries, [OF_CENTRE, entry]]) };
}

function entryAt(program: string, commit: string): TreeEntry | undefined {
  const found = runGit(program, ["cat-file", "blob", `${commit}:${OF_CENTRE}`], { mostBytes: MAX_FILE_BYTES });
  return found.kind === "done" ? { kind: "file", bytes: () => found.output } : undefined;
}

function realpath(folder: string): string | undefined {
  try {
    return realpathSync(folder);
  } catch {
    return undefined;
  }
}
