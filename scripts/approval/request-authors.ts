import type { Person } from "../../catalog/approver.ts";
import { tenantOf } from "../../catalog/declaration.ts";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { historyIn, runGit } from "../../catalog/source/git.ts";
import { readGitTree } from "../../catalog/source/git-tree.ts";
import type { Tree } from "../../catalog/source/tree.ts";
import { type Text, text } from "../../catalog/text.ts";
import { PLATFORM } from "../../stacks/platform-stack.ts";
import { personOf } from "../plan/authors.ts";
import { judgedIn, restsOn } from "../plan/fingerprint.ts";
import type { PlanResult } from "../plan/result.ts";

/** Who had a hand in what a plan was made from, by Git. */
export type RequestAuthors =
  | {
      readonly kind: "known";
      readonly people: readonly Person[];
      readonly commit: string;
      readonly tree: Tree;
      /** The tree that was compared with; undefined where there was none. */
      readonly base: Tree | undefined;
    }
  | { readonly kind: "unknown"; readonly why: Text };

/** With more systems than this all commits of the folders count. */
const MOST_PATHS = 200;
const FORMAT = "%x01%an <%ae>%n%cn <%ce>%n%(trailers:key=Co-authored-by,valueonly,unfold)%x02";

/**
 * Authors, committers and co-authors of every commit between the base of a plan and the commit that is checked out in a folder, as far as it touched
 * what the plan rests on. Both ends are held against the plan's own parts: neither an edited plan nor another checkout hides who wrote it. A merge
 * counts only where it brings something that is in none of its parents, so pressing the button makes nobody an author.
 */
export function requestAuthors(folder: string, { base: label, parts }: Pick<PlanResult, "base" | "parts">, wish?: string): RequestAuthors {
  const git = (...args: string[]) => {
    const said = runGit(folder, args);
    return said.kind === "done" ? said.output.toString("utf8") : undefined;
  };
  const unknown = (zh: string, en: string): RequestAuthors => ({ kind: "unknown", why: text(zh, en) });
  if (historyIn(folder) !== "whole")
    return unknown(
      `${folder} 不是带完整历史的 Git 仓库`,
      `${folder} is no Git repository with its full history (fetch it without a depth)`,
    );
  const judged = judgedIn(parts);
  const base = parts["catalogue-before"] === "none" ? undefined : (wish ?? label ?? undefined);
  try {
    const head = readGitTree(folder, "HEAD");
    if (!restsOn(parts, head, "head"))
      return unknown(
        `${folder} 检出的提交不是计划所依据的（或有未提交的改动）`,
        `the commit checked out in ${folder} is not what was planned (or something was not committed)`,
      );
    if (base === undefined && parts["catalogue-before"] !== "none") return unknown("计划没有写明比较的基准", "the plan names no base");
    const baseTree = base === undefined ? undefined : readGitTree(folder, base);
    if (baseTree !== undefined && !restsOn(parts, baseTree, "base"))
      return unknown(
        `${base} 不是计划比较的基准；用 --base 指定那个提交`,
        `${base} is not what was compared with: name that commit with --base`,
      );
    const range = baseTree === undefined ? ["HEAD"] : ["HEAD", `^${baseTree.identity}`];
    const said = git(
      "log",
      "--full-history",
      "--diff-merges=combined",
      "--name-only",
      "-z",
      `--format=${FORMAT}`,
      ...range,
      "--",
      ...pathsOf(judged),
    );
    if (said === undefined) return unknown("Git 列不出提交", "git does not list the commits");
    return { kind: "known", people: peopleIn(said), commit: head.identity, tree: head, base: baseTree };
  } catch (error) {
    if (error instanceof InvalidRequest) return { kind: "unknown", why: text(error.in("zh"), error.in("en")) };
    throw error;
  }
}

function pathsOf(judged: readonly string[]): string[] {
  if (judged.length > MOST_PATHS) return ["catalog", "stacks/tenants"];
  const own = judged.filter((id) => id !== PLATFORM);
  const bureaus = [...new Set(own.map(tenantOf))];
  return [
    "catalog",
    ...own.map((id) => `stacks/tenants/${id}.yaml`),
    ...bureaus.flatMap((bureau) => [`stacks/tenants/${bureau}/tenant.yaml`, `stacks/tenants/${bureau}/waivers.yaml`]),
  ];
}

/** Commits that name a file they touched; a merge that agrees with a parent in every file names none. */
function peopleIn(log: string): Person[] {
  return log
    .split("\x01")
    .slice(1)
    .flatMap((commit) => {
      const [people = "", files = ""] = commit.split("\x02");
      if (files.replace(/[\0\n]/g, "") === "") return [];
      return people
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map(personOf);
    });
}
