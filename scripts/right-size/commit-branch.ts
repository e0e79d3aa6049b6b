import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { git, runGit } from "../../catalog/source/git.ts";
import { type Text, text } from "../../catalog/text.ts";

/** A branch with one commit that changes one file. */
export interface BranchWish {
  /** Short name, as in `right-size/2026-10/hrss/social-insurance`. */
  readonly branch: string;
  /** Path inside the tree. */
  readonly file: string;
  readonly content: string;
  readonly message: string;
}

export interface BranchOutcome {
  readonly branch: string;
  readonly commit: string;
  /** `present`: it had this very change already, and stays. */
  readonly kind: "made" | "present";
}

/**
 * Makes branches off HEAD by objects alone: the work tree, the index and the branch in use stay as they are, and no hook runs. Author and
 * committer are those of the user's git settings. A branch that has the change already stays; one with another change is an error, and
 * then none is made. Throws {@link InvalidRequest}.
 */
export function commitBranches(folder: string, wishes: readonly BranchWish[]): BranchOutcome[] {
  if (wishes.length === 0) return [];
  requireIdentity(folder);
  const head = word(folder, ["rev-parse", "--verify", "--end-of-options", "HEAD^{commit}"]);
  const prefix = git(folder, ["rev-parse", "--show-prefix"]).toString("utf8").replace(/\n$/, "");
  const examined = wishes.map((wish) => {
    const file = `${prefix}${wish.file}`;
    const blob = word(folder, ["hash-object", "-w", "-t", "blob", "--stdin"], wish.content);
    return { wish, file, blob, present: presentBranch(folder, head, { ...wish, file, blob }) };
  });
  return examined.map(({ wish, file, blob, present }) => {
    const { branch, message } = wish;
    if (present !== undefined) return { branch, commit: present, kind: "present" };
    const tree = treeWith(folder, word(folder, ["rev-parse", "--verify", `${head}^{tree}`]), file.split("/"), blob);
    const commit = word(folder, ["commit-tree", tree, "-p", head, "-F", "-"], message);
    // All zeros: the branch must not have come up in the meantime.
    git(folder, ["update-ref", "-m", "right-size", `refs/heads/${branch}`, commit, "0".repeat(commit.length)]);
    return { branch, commit, kind: "made" };
  });
}

/** Commit of a branch that makes this change and no other; undefined where there is no branch of the name. */
function presentBranch(
  folder: string,
  head: string,
  { branch, file, blob }: { readonly branch: string; readonly file: string; readonly blob: string },
): string | undefined {
  const found = runGit(folder, ["rev-parse", "--verify", "--quiet", `refs/heads/${branch}^{commit}`]);
  if (found.kind === "failed") return undefined;
  const commit = found.output.toString("utf8").trim();
  const base = runGit(folder, ["merge-base", head, commit]);
  const changed =
    base.kind === "failed"
      ? ""
      : git(folder, ["diff-tree", "-r", "-z", "--name-only", base.output.toString("utf8").trim(), commit]).toString();
  const content = runGit(folder, ["rev-parse", "--verify", "--quiet", `${commit}:${file}`]);
  if (changed === `${file}\0` && content.kind === "done" && content.output.toString("utf8").trim() === blob) return commit;
  throw new InvalidRequest(otherContent(branch, commit.slice(0, 10)));
}

function otherContent(branch: string, commit: string): Text {
  return text(
    `分支 ${branch} 已经存在（${commit}），内容与这次的建议不同，一个分支也没有建。请先处理它：合并、改名（git branch -m），或确认不要后删除（git branch -D ${branch}），再运行一次`,
    `Cannot make branch ${branch}: it exists (${commit}) with another change, and no branch was made. Merge it, rename it (git branch -m) or, if nobody wants it, delete it (git branch -D ${branch}), then run this again`,
  );
}

/** A tree with another blob in the place of one file; writes the trees on the way. */
function treeWith(folder: string, tree: string, [name = "", ...below]: readonly string[], blob: string): string {
  const entries = git(folder, ["ls-tree", "-z", "--full-tree", tree]).toString("latin1").split("\0");
  const bytes = Buffer.from(name, "utf8").toString("latin1");
  const changed = entries.map((entry) => {
    const [, head = "", object = "", path] = /^(\d+ \w+ )([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
    if (path !== bytes) return entry;
    return `${head}${below.length === 0 ? blob : treeWith(folder, object, below, blob)}\t${path}`;
  });
  // Names are bytes, and need not be UTF-8.
  return word(folder, ["mktree", "-z", "--missing"], Buffer.from(changed.join("\0"), "latin1"));
}

function requireIdentity(folder: string): void {
  const said = runGit(folder, ["-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT"]);
  if (said.kind === "done") return;
  throw new InvalidRequest(
    text(
      "不知道以谁的名义提交。请先设置：git config user.name 姓名，git config user.email 邮箱",
      "Cannot commit: git does not know who you are. Set git config user.name and git config user.email, then run this again",
    ),
  );
}

function word(folder: string, args: readonly string[], input?: string | Buffer): string {
  return git(folder, args, input === undefined ? {} : { input })
    .toString("utf8")
    .trim();
}
