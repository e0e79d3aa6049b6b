import { statSync } from "node:fs";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { runGit } from "../../catalog/source/git.ts";
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

/**
 * The tree to compare with: `none`, a folder, or a revision of the repository that the head tree stands in. Without a wish, the merge base
 * of the work tree with the main branch.
 */
export function readBase(wish: string | undefined, treeFolder: string): Tree | undefined {
  if (wish === "none") return undefined;
  if (wish !== undefined && isFolder(userPath(wish))) return readDirectoryTree(userPath(wish), wish);
  if (wish !== undefined) return readGitTree(treeFolder, wish);
  const commit = mergeBase(treeFolder);
  if (commit === undefined) {
    throw new InvalidRequest(
      text(
        `找不到比较的基准：${treeFolder} 不在带主分支的 Git 仓库里。请用 --base none（全部视为新增）、--base <提交> 或 --base <目录>`,
        `Cannot find a base to compare with: ${treeFolder} is in no Git repository with a main branch. Give --base none (everything is new), --base <revision> or --base <folder>`,
      ),
    );
  }
  return readGitTree(treeFolder, commit);
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
