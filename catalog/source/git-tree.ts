import { text } from "../text.ts";
import { InvalidRequest } from "./diagnostic.ts";
import { FETCH_HISTORY, git, historyIn, runGit } from "./git.ts";
import { MAX_FILE_BYTES } from "./limits.ts";
import { isData, isLookAlike, isOnTheWay, TOO_LARGE, type Tree } from "./tree.ts";
import { MAX_TREE_BYTES, MAX_TREE_FILES, TreeEntries } from "./tree-entries.ts";

interface GitFile {
  readonly path: string;
  readonly object: string;
}

/** Reads the data folders of a commit, without a work tree: nothing is checked out, no hook or filter runs. */
export function readGitTree(repository: string, revision: string): Tree {
  const commit = resolveCommit(repository, revision);
  const listing = git(repository, ["ls-tree", "-r", "-z", "-l", commit, "--", "catalog", "stacks"]);
  const files: GitFile[] = [];
  const entries = new TreeEntries(revision);
  for (const line of listing.toString("utf8").split("\0")) {
    if (line === "") continue;
    const match = /^(\d+) (\w+) ([0-9a-f]+) +(\d+|-)\t(.+)$/s.exec(line);
    // Git says BAD for the size of what it does not have: to leave the file out would read as its removal.
    if (match === null) throw incomplete(revision, line);
    const [, mode, kind, object = "", size, path = ""] = match;
    if (isLookAlike(path)) entries.add(path, { kind: "irregular", what: "look-alike of stacks/tenants" });
    if (!isData(path) && !isOnTheWay(path)) continue;
    if (kind !== "blob" || mode === "120000") {
      entries.add(path, { kind: "irregular", what: mode === "120000" ? "symbolic link" : "submodule" });
    } else if (Number(size) > MAX_FILE_BYTES) {
      entries.add(path, { kind: "file", bytes: () => TOO_LARGE });
    } else {
      const isRead = path.endsWith(".yaml");
      if (isRead) files.push({ path, object });
      entries.add(path, { kind: "file", bytes: () => contents.get(path) ?? new Uint8Array() }, isRead ? Number(size) : 0);
    }
  }
  const contents = readObjects(repository, files, revision);
  return { label: revision, identity: commit, entries: entries.complete() };
}

function readObjects(repository: string, files: readonly GitFile[], revision: string): Map<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>();
  if (files.length === 0) return contents;
  const output = git(repository, ["cat-file", "--batch"], {
    input: files.map(({ object }) => `${object}\n`).join(""),
    // Each object is announced by a line of some 80 bytes.
    mostBytes: MAX_TREE_BYTES + MAX_TREE_FILES * 100,
  });
  let offset = 0;
  for (const { path } of files) {
    const end = output.indexOf(10, offset);
    const [, type, bytes] = output.subarray(offset, end).toString("utf8").split(" ");
    if (type !== "blob") throw incomplete(revision, path);
    const size = Number(bytes);
    contents.set(path, output.subarray(end + 1, end + 1 + size));
    offset = end + 1 + size + 1;
  }
  return contents;
}

function incomplete(revision: string, what: string): InvalidRequest {
  return new InvalidRequest(
    text(
      `读不全 ${revision}：Git 里没有它的全部内容（部分克隆）；请取回完整的历史：${what}`,
      `Cannot read ${revision}: git does not have all of it (a partial clone); fetch it in full: ${what}`,
    ),
  );
}

/** Full hash of a commit; refuses what Git would take for an option. */
export function resolveCommit(repository: string, revision: string): string {
  const found = runGit(repository, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
  if (found.kind === "done") return found.output.toString("utf8").trim();
  if (historyIn(repository) === "shallow")
    throw new InvalidRequest(
      text(
        `找不到比较的基准“${revision}”：${FETCH_HISTORY.zh}`,
        `Cannot compare with base "${revision}": it is not there, and ${FETCH_HISTORY.en}`,
      ),
    );
  // Without a reason the revision is unknown; with one git would not read the repository at all.
  const why = found.reason === "" ? text("", "") : text(`。Git 说：${found.reason}`, `. Git says: ${found.reason}`);
  throw new InvalidRequest(
    text(
      `找不到比较的基准“${revision}”：它不是这个仓库里的提交、分支或标签，也不是目录${why.zh}`,
      `Cannot compare with base "${revision}": it is no commit, branch or tag of this repository, and no folder${why.en}`,
    ),
  );
}
