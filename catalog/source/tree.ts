import { closeSync, constants, fstatSync, lstatSync, opendirSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { type Text, text } from "../text.ts";
import { diagnoseFile, InvalidInput, InvalidRequest } from "./diagnostic.ts";
import { MAX_FILE_BYTES } from "./limits.ts";
import { MAX_FOLDER_DEPTH, TreeEntries } from "./tree-entries.ts";
import { clip } from "./visible-text.ts";

/** The parts of a repository that are data: everything else in a tree is never looked at. */
const TREE_FOLDERS = ["catalog", "stacks/tenants"] as const;

/** Stands for a file beyond the limit, whose content nobody needs. */
export const TOO_LARGE = new Uint8Array(MAX_FILE_BYTES + 1);

/** What can stand in a tree in the place of a file. */
const IRREGULAR = {
  "symbolic link": "符号链接",
  "special file": "特殊文件",
  submodule: "子模块",
  folder: "目录",
  "folder that cannot be read": "读不了的目录",
  "folder nested too deep": "层数太多的目录",
  "look-alike of stacks/tenants": "与 stacks/tenants 只差大小写的名称",
  "name that cannot be read": "读不了的名称",
} as const;

export type Irregular = keyof typeof IRREGULAR;

export type TreeEntry =
  | { readonly kind: "file"; readonly bytes: () => Uint8Array }
  /** Listed, so that it can be refused by name, never followed. */
  | { readonly kind: "irregular"; readonly what: Irregular };

/** A folder with `catalog/` and `stacks/tenants/`, on disk or in a Git commit. Paths are relative, with forward slashes, sorted. */
export interface Tree {
  /** How people know it: a path or a revision. */
  readonly label: string;
  /** Folder on disk or full commit hash. */
  readonly identity: string;
  readonly entries: ReadonlyMap<string, TreeEntry>;
}

/** Says what stands in the place of a file. */
export function irregularWords(what: Irregular): Text {
  return text(IRREGULAR[what], what);
}

/** Reads the data folders of a tree on disk. Links are listed and never followed. Throws {@link InvalidRequest} where there is no tree. */
export function readDirectoryTree(folder: string, label = folder): Tree {
  if (lstatOrUndefined(folder)?.isDirectory() !== true) {
    throw new InvalidRequest(text(`找不到目录 ${folder}`, `Cannot read the tree: there is no folder ${folder}`));
  }
  const entries = new TreeEntries(label);
  // From the top, one name at a time: no part of the way may be a link.
  walk(folder, "catalog", entries);
  walk(folder, "stacks", entries, (path) => isOnTheWay(path) || isData(path));
  return { label, identity: folder, entries: entries.complete() };
}

/** Reads these files of one folder of a tree on disk, those that are there; no other is looked at. Links are listed and never followed. */
export function readDirectoryFiles(root: string, folder: string, paths: readonly string[]): Tree {
  const entries = new TreeEntries(root);
  walk(root, folder, entries, (path) => path === folder || paths.includes(path));
  return { label: root, identity: root, entries: entries.sorted() };
}

/** True of the paths that a tree is read from. */
export function isData(path: string): boolean {
  return TREE_FOLDERS.some((folder) => path.startsWith(`${folder}/`));
}

/** Folders above the data; a link in the place of one would hide everything below it. */
export function isOnTheWay(path: string): boolean {
  return TREE_FOLDERS.some((folder) => folder === path || folder.startsWith(`${path}/`));
}

/** A name beside the declarations that a computer which ignores case would take for them. */
export function isLookAlike(path: string): boolean {
  const folded = path.normalize("NFKC").toLowerCase();
  return !isOnTheWay(path) && TREE_FOLDERS.some((folder) => folder === folded || folded.startsWith(`${folder}/`)) && !isData(path);
}

function walk(root: string, relative: string, entries: TreeEntries, isWanted: (path: string) => boolean = () => true): void {
  if (!isWanted(relative)) {
    if (isLookAlike(relative)) entries.add(relative, { kind: "irregular", what: "look-alike of stacks/tenants" });
    return;
  }
  const status = lstatOrUndefined(join(root, relative));
  if (status === undefined) {
    // Listed by its folder and yet not found: a name that is not UTF-8, or longer than the system takes.
    if (relative.includes("/")) entries.add(relative, { kind: "irregular", what: "name that cannot be read" });
  } else if (status.isDirectory()) {
    const what = readFolder(root, relative, entries, isWanted);
    if (what !== undefined) entries.add(relative, { kind: "irregular", what });
  } else if (status.isFile()) {
    entries.add(
      relative,
      { kind: "file", bytes: () => readRegularFile(root, relative) },
      relative.endsWith(".yaml") ? Math.min(status.size, TOO_LARGE.length) : 0,
    );
  } else {
    entries.add(relative, { kind: "irregular", what: status.isSymbolicLink() ? "symbolic link" : "special file" });
  }
}

/** Reads what a folder holds, name by name, so that the limits hold before a name too many is kept; says why where it cannot. */
function readFolder(root: string, relative: string, entries: TreeEntries, isWanted: (path: string) => boolean): Irregular | undefined {
  // An empty one would pass for a file that is not there.
  if (relative.endsWith(".yaml")) return "folder";
  if (relative.split("/").length > MAX_FOLDER_DEPTH) return "folder nested too deep";
  const names: string[] = [];
  try {
    const folder = opendirSync(join(root, relative));
    try {
      for (let next = folder.readSync(); next !== null; next = folder.readSync()) {
        entries.count(`${relative}/${next.name}`);
        names.push(next.name);
      }
    } finally {
      folder.closeSync();
    }
  } catch (error) {
    if (error instanceof InvalidRequest) throw error;
    return "folder that cannot be read";
  }
  for (const name of names) walk(root, `${relative}/${name}`, entries, isWanted);
  return undefined;
}

/** Reads what was a regular file when it was listed: follows no link and waits for no pipe that took its place, and no more than the limit. */
function readRegularFile(root: string, relative: string): Uint8Array {
  try {
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
    const descriptor = openSync(join(root, relative), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      return fstatSync(descriptor).isFile() ? readUpToLimit(descriptor) : TOO_LARGE;
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "?";
    const name = clip(relative, 100);
    throw new InvalidInput([
      diagnoseFile(relative, "unreadable-file", text(`读不了文件 ${name}（${code}）`, `Cannot read the file ${name} (${code})`)),
    ]);
  }
}

/** At most one byte more than the limit: a file may grow while it is read. */
function readUpToLimit(descriptor: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(MAX_FILE_BYTES + 1);
  let length = 0;
  for (let read = -1; read !== 0 && length < bytes.length; length += read)
    read = readSync(descriptor, bytes, length, bytes.length - length, null);
  return Uint8Array.prototype.slice.call(bytes, 0, length);
}

function lstatOrUndefined(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
