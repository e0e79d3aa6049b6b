import { spawnSync } from "node:child_process";
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "../text.ts";
import { InvalidRequest } from "./diagnostic.ts";
import { MAX_FILE_BYTES } from "./source-file.ts";

/** The parts of a repository that are data: everything else in a tree is never looked at. */
export const TREE_FOLDERS = ["catalog", "stacks/tenants"] as const;
/** 10,000 systems are the design point; a tree far beyond that is an attack or a mistake. */
const MAX_TREE_FILES = 100_000;

/** Stands for a file beyond the limit, whose content nobody needs. */
const TOO_LARGE = new Uint8Array(MAX_FILE_BYTES + 1);

export type TreeEntry =
  | { readonly kind: "file"; readonly bytes: () => Uint8Array }
  /** A symbolic link, socket, submodule or the like: listed, so that it can be refused by name, never followed. */
  | { readonly kind: "irregular"; readonly what: string };

/** A folder with `catalog/` and `stacks/tenants/`, on disk or in a Git commit. Paths are relative, with forward slashes, sorted. */
export interface Tree {
  /** How people know it: a path or a revision. */
  readonly label: string;
  /** Folder on disk or full commit hash. */
  readonly identity: string;
  readonly entries: ReadonlyMap<string, TreeEntry>;
}

/** Reads the data folders of a tree on disk. Links are listed and never followed. */
export function readDirectoryTree(folder: string, label = folder): Tree {
  if (lstatOrUndefined(folder)?.isDirectory() !== true) {
    throw new InvalidRequest(text(`找不到目录 ${folder}`, `Cannot read the tree: there is no folder ${folder}`));
  }
  const entries = new Map<string, TreeEntry>();
  // From the top, one name at a time: no part of the way may be a link.
  walk(folder, "catalog", entries);
  walk(folder, "stacks", entries, (path) => isOnTheWay(path) || isData(path));
  requireTree(entries, label);
  return { label, identity: folder, entries: sorted(entries) };
}

function isData(path: string): boolean {
  return TREE_FOLDERS.some((folder) => path.startsWith(`${folder}/`));
}

/** Folders above the data; a link in the place of one would hide everything below it. */
function isOnTheWay(path: string): boolean {
  return TREE_FOLDERS.some((folder) => folder === path || folder.startsWith(`${path}/`));
}

function walk(root: string, relative: string, entries: Map<string, TreeEntry>, isWanted: (path: string) => boolean = () => true): void {
  if (!isWanted(relative)) return;
  const status = lstatOrUndefined(join(root, relative));
  if (status === undefined) {
    // Listed by its folder and yet not found: a name that is not UTF-8, or longer than the system takes.
    if (relative.includes("/")) entries.set(relative, { kind: "irregular", what: "name that cannot be read" });
    return;
  }
  if (status.isDirectory()) {
    for (const name of readdirSync(join(root, relative))) walk(root, `${relative}/${name}`, entries, isWanted);
    return;
  }
  if (entries.size >= MAX_TREE_FILES) throw tooManyFiles(root);
  entries.set(
    relative,
    status.isFile()
      ? { kind: "file", bytes: () => readRegularFile(join(root, relative)) }
      : { kind: "irregular", what: status.isSymbolicLink() ? "symbolic link" : "special file" },
  );
}

/** Opens without following a link that took the file's place since it was listed, and reads no more than the limit allows. */
function readRegularFile(path: string): Uint8Array {
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    if (fstatSync(descriptor).size > MAX_FILE_BYTES) return TOO_LARGE;
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function lstatOrUndefined(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (["ENAMETOOLONG", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}

/** Reads the data folders of a commit, without a work tree: nothing is checked out, no hook or filter runs. */
export function readGitTree(repository: string, revision: string): Tree {
  const commit = resolveCommit(repository, revision);
  const listing = git(repository, ["ls-tree", "-r", "-z", "-l", commit, "--", "catalog", "stacks"]);
  const files: { path: string; object: string; size: number }[] = [];
  const entries = new Map<string, TreeEntry>();
  for (const line of listing.toString("utf8").split("\0")) {
    if (line === "") continue;
    const match = /^(\d+) (\w+) ([0-9a-f]+) +(\d+|-)\t(.+)$/s.exec(line);
    // Git says BAD for the size of what it does not have: to leave the file out would read as its removal.
    if (match === null) throw new Error(`Cannot read ${revision}: git does not have all of it (a partial clone): ${line}`);
    const [, mode, kind, object = "", size, path = ""] = match;
    if (!isData(path) && !isOnTheWay(path)) continue;
    if (entries.size >= MAX_TREE_FILES) throw tooManyFiles(revision);
    if (kind !== "blob" || mode === "120000") {
      entries.set(path, { kind: "irregular", what: mode === "120000" ? "symbolic link" : "submodule" });
    } else if (Number(size) > MAX_FILE_BYTES) {
      entries.set(path, { kind: "file", bytes: () => TOO_LARGE });
    } else {
      files.push({ path, object, size: Number(size) });
      entries.set(path, { kind: "file", bytes: () => contents.get(path) ?? new Uint8Array() });
    }
  }
  const contents = readObjects(
    repository,
    files.filter(({ path }) => path.endsWith(".yaml")),
  );
  requireTree(entries, revision);
  return { label: revision, identity: commit, entries: sorted(entries) };
}

function readObjects(repository: string, files: readonly { path: string; object: string }[]): Map<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>();
  if (files.length === 0) return contents;
  const output = git(repository, ["cat-file", "--batch"], files.map(({ object }) => `${object}\n`).join(""));
  let offset = 0;
  for (const { path } of files) {
    const end = output.indexOf(10, offset);
    const [, type, bytes] = output.subarray(offset, end).toString("utf8").split(" ");
    if (type !== "blob") {
      throw new InvalidRequest(
        text(
          `读不到 ${path}：Git 里没有它的内容（部分克隆）；请取回完整的历史`,
          `Cannot read ${path}: git does not have its content (a partial clone); fetch it in full`,
        ),
      );
    }
    const size = Number(bytes);
    contents.set(path, output.subarray(end + 1, end + 1 + size));
    offset = end + 1 + size + 1;
  }
  return contents;
}

/** Full hash of a commit; refuses what Git would take for an option. */
export function resolveCommit(repository: string, revision: string): string {
  const { status, stdout } = spawnSync(
    "git",
    ["-C", repository, "rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`],
    { encoding: "utf8" },
  );
  if (status !== 0) {
    throw new InvalidRequest(
      text(
        `找不到比较的基准“${revision}”：它不是这个仓库里的提交、分支或标签，也不是目录`,
        `Cannot compare with base "${revision}": it is no commit, branch or tag of this repository, and no folder`,
      ),
    );
  }
  return stdout.trim();
}

/** Runs git without a shell and returns its output. */
export function git(repository: string, args: readonly string[], input?: string): Buffer {
  const { status, stdout, stderr, error } = spawnSync("git", ["-C", repository, "-c", "core.fsmonitor=false", ...args], {
    maxBuffer: 1 << 30,
    // Offline means offline: a partial clone must not fetch what it lacks.
    env: { ...process.env, GIT_NO_LAZY_FETCH: "1" },
    ...(input === undefined ? {} : { input }),
  });
  if (error !== undefined || status !== 0)
    throw new Error(`Cannot run git ${args[0]}: ${error?.message ?? stderr.toString("utf8").trim()}`);
  return stdout;
}

function requireTree(entries: ReadonlyMap<string, TreeEntry>, label: string): void {
  if (entries.has("catalog/annex-1.yaml")) return;
  throw new InvalidRequest(
    text(
      `${label} 不是一棵完整的树：里面没有 catalog/annex-1.yaml（树是含 catalog/ 和 stacks/tenants/ 的目录）`,
      `Cannot read ${label} as a tree: it has no catalog/annex-1.yaml (a tree is a folder with catalog/ and stacks/tenants/)`,
    ),
  );
}

function tooManyFiles(where: string): InvalidRequest {
  return new InvalidRequest(
    text(`${where} 里的文件超过 ${MAX_TREE_FILES} 个`, `Cannot read ${where}: it has more than ${MAX_TREE_FILES} files`),
  );
}

function sorted(entries: Map<string, TreeEntry>): Map<string, TreeEntry> {
  return new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
