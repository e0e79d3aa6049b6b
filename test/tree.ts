import { fileURLToPath } from "node:url";
import type { Diagnostic } from "../catalog/source/diagnostic.ts";
import { type Irregular, readDirectoryTree, type Tree, type TreeEntry } from "../catalog/source/tree.ts";

/** Content of a file; a link or the like by what it is; undefined where a file of the real tree is left out. */
export type FileOf = string | Uint8Array | { readonly irregular: Irregular } | undefined;

/** A tree in memory. */
export function treeOf(files: Readonly<Record<string, FileOf>>): Tree {
  const entries = new Map<string, TreeEntry>();
  for (const [path, file] of Object.entries(files)) {
    if (file === undefined) continue;
    if (typeof file === "string" || file instanceof Uint8Array) entries.set(path, { kind: "file", bytes: () => bytesOf(file) });
    else entries.set(path, { kind: "irregular", what: file.irregular });
  }
  return { label: "test", identity: "test", entries: new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** Content as it would lie on a disk. */
export function bytesOf(file: string | Uint8Array): Uint8Array {
  return typeof file === "string" ? new TextEncoder().encode(file) : file;
}

/** Folder of the frozen copy of the samples, which no request changes. */
export const SAMPLES = fileURLToPath(new URL("fixtures/tree", import.meta.url));

/** The frozen copy of the samples: the catalogue and the bureaus' declarations. */
export function realTree(): Tree {
  return readDirectoryTree(SAMPLES);
}

/** The catalogue of this repository without its declarations, with some files changed, added or (undefined) left out. */
export function treeWith(changes: Readonly<Record<string, FileOf>>): Tree {
  const files: Record<string, FileOf> = {};
  for (const [path, entry] of realTree().entries) {
    if (path.startsWith("catalog/") && path.endsWith(".yaml") && entry.kind === "file") files[path] = entry.bytes();
  }
  return treeOf({ ...files, ...changes });
}

/** Text of a file of this repository with one passage replaced, which has to stand there exactly once unless the first one is meant. */
export function withReplaced(
  path: string,
  passage: string,
  replacement: string,
  which: "only" | "first" = "only",
): Readonly<Record<string, string>> {
  const entry = realTree().entries.get(path);
  if (entry?.kind !== "file") throw new Error(`Cannot change ${path}: there is no such file`);
  const parts = new TextDecoder().decode(entry.bytes()).split(passage);
  if (which === "first" && parts.length > 1) return { [path]: [parts[0], parts.slice(1).join(passage)].join(replacement) };
  if (parts.length !== 2) throw new Error(`Cannot change ${path}: wanted the passage once, found it ${parts.length - 1} times: ${passage}`);
  return { [path]: parts.join(replacement) };
}

/** A diagnostic as one line: where, what kind, what is said; `→` before what was probably meant. */
export function printDiagnostic({ file, range, code, message, didYouMean }: Diagnostic): string {
  return `${file}:${range.line}:${range.column}+${range.length} ${code}: ${message.en}${didYouMean === undefined ? "" : ` → ${didYouMean}`}`;
}

/** The same with the text under the caret in place of the line number, for files that may grow. */
export function printUnderCaret({ file, range, code, message, excerpt, didYouMean }: Diagnostic): string {
  const under = excerpt?.slice(range.column - 1, range.column - 1 + range.length) ?? "";
  return `${file} «${under}» ${code}: ${message.en}${didYouMean === undefined ? "" : ` → ${didYouMean}`}`;
}
