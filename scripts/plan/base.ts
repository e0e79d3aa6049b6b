import { statSync } from "node:fs";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { FETCH_HISTORY, historyIn, runGit } from "../../catalog/source/git.ts";
import { readGitTree } from "../../catalog/source/git-tree.ts";
import { readDirectoryTree, type Tree } from "../../catalog/source/tree.ts";
import { text } from "../../catalog/text.ts";
import { userPath } from "../options.ts";

/** Branches that may be the main one, in the order they are tried. By their full names: a tag called `origin/main` is whoever pushed it's. */
const MAIN_BRANCHES = [
  "refs/remotes/origin/HEAD",
  "refs/remotes/origin/main",
  "refs/remotes/origin/master",
  "refs/heads/main",
  "refs/heads/master",
];

const FETCH_MAIN = "git fetch origin main:refs/remotes/origin/main";

/**
 * The tree to compare with: `none`, a folder, or a revision of the repository that the head tree stands in. Without a wish, the merge base
 * of the work tree with the main branch.
 */
export function readBase(wish: string | undefined, treeFolder: string): Tree | undefined {
  if (wish === "none") return undefined;
  if (wish !== undefined && isFolder(userPath(wish))) return readDirectoryTree(userPath(wish), wish);
  if (wish !== undefined) return readGitTree(treeFolder, wish);
  const commit = mergeBase(treeFolder);
  if (commit === undefined) throw withoutBase(treeFolder);
  return readGitTree(treeFolder, commit);
}

function withoutBase(folder: string): InvalidRequest {
  const history = historyIn(folder);
  const why =
    history === "unknown"
      ? text(`${folder} 不在 Git 仓库里`, `${folder} is in no Git repository`)
      : history === "shallow"
        ? text(
            `${folder} 与主分支没有共同的提交；${FETCH_HISTORY.zh}；没有主分支的，再运行 ${FETCH_MAIN}`,
            `${folder} shares no commit with a main branch; ${FETCH_HISTORY.en}; where the main branch is missing, ${FETCH_MAIN} too`,
          )
        : text(
            `${folder} 的 Git 仓库里没有主分支（只取了一个分支的克隆就是这样）；运行 ${FETCH_MAIN}`,
            `the Git repository of ${folder} has no main branch, as a clone of one branch has none; run ${FETCH_MAIN}`,
          );
  return new InvalidRequest(
    text(
      `找不到比较的基准：${why.zh}。也可以用 --base none（全部视为新增）、--base <提交> 或 --base <目录>`,
      `Cannot find a base to compare with: ${why.en}. Or give --base none (everything is new), --base <revision> or --base <folder>`,
    ),
  );
}

/** The same, but nothing where no base is asked for and there is no main branch to find one by. */
export function readBaseIfAny(wish: string | undefined, treeFolder: string): Tree | undefined {
  return wish === undefined && mergeBase(treeFolder) === undefined ? undefined : readBase(wish, treeFolder);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function mergeBase(folder: string): string | undefined {
  for (const branch of MAIN_BRANCHES) {
    const found = runGit(folder, ["merge-base", "HEAD", branch]);
    if (found.kind === "done") return found.output.toString("utf8").trim();
  }
  return undefined;
}
