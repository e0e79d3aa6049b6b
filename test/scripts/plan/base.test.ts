import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { InvalidRequest } from "../../../catalog/source/diagnostic.ts";
import type { Text } from "../../../catalog/text.ts";
import { readBase } from "../../../scripts/plan/base.ts";

const scratch = mkdtempSync(join(tmpdir(), "govcloud-base-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function git(folder: string, ...args: string[]): void {
  execFileSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@example.org", ...args], { stdio: "ignore" });
}

/** Two commits on main, and a branch of a request with one more. */
const origin = join(scratch, "origin");
mkdirSync(join(origin, "catalog"), { recursive: true });
git(origin, "init", "-q", "-b", "main");
for (const count of [1, 2, 3]) {
  if (count === 3) git(origin, "switch", "-qc", "request");
  writeFileSync(join(origin, "catalog/annex-1.yaml"), `items: [] # ${count}\n`);
  git(origin, "add", "-A");
  git(origin, "commit", "-qm", `commit ${count}`);
}
git(origin, "switch", "-q", "main");

function clone(name: string, ...options: string[]): string {
  git(scratch, "clone", "-q", ...options, `file://${origin}`, name);
  return join(scratch, name);
}

function refusal(folder: string, wish: string | undefined): Text | undefined {
  try {
    readBase(wish, folder);
    return undefined;
  } catch (error) {
    const { zh, en } = (error as InvalidRequest).text;
    return { zh: zh.replaceAll(folder, "FOLDER"), en: en.replaceAll(folder, "FOLDER") };
  }
}

const ELSE = {
  zh: "。也可以用 --base none（全部视为新增）、--base <提交> 或 --base <目录>",
  en: ". Or give --base none (everything is new), --base <revision> or --base <folder>",
};
const UNSHALLOW = {
  zh: "这是浅克隆，没有完整的历史：运行 git fetch --unshallow；流水线里设 GIT_DEPTH: 0（GitLab）或 actions/checkout 的 fetch-depth: 0（GitHub、Gitea）",
  en: "the clone is shallow and lacks history: run git fetch --unshallow; in a pipeline set GIT_DEPTH: 0 (GitLab) or fetch-depth: 0 of actions/checkout (GitHub, Gitea)",
};

describe("A base that is not there", () => {
  test("in a shallow clone: fetch its history", () => {
    const folder = clone("shallow", "--depth", "1", "--branch", "request");
    expect(refusal(folder, "HEAD~1")).toEqual({
      zh: `找不到比较的基准“HEAD~1”：${UNSHALLOW.zh}`,
      en: `Cannot compare with base "HEAD~1": it is not there, and ${UNSHALLOW.en}`,
    });
    expect(refusal(folder, undefined)).toEqual({
      zh: `找不到比较的基准：FOLDER 与主分支没有共同的提交；${UNSHALLOW.zh}；没有主分支的，再运行 git fetch origin main:refs/remotes/origin/main${ELSE.zh}`,
      en: `Cannot find a base to compare with: FOLDER shares no commit with a main branch; ${UNSHALLOW.en}; where the main branch is missing, git fetch origin main:refs/remotes/origin/main too${ELSE.en}`,
    });
  });

  test("in a clone of one branch: fetch the main one, which is found then", () => {
    const folder = clone("one", "--single-branch", "--branch", "request");
    expect(refusal(folder, undefined)).toEqual({
      zh: `找不到比较的基准：FOLDER 的 Git 仓库里没有主分支（只取了一个分支的克隆就是这样）；运行 git fetch origin main:refs/remotes/origin/main${ELSE.zh}`,
      en: `Cannot find a base to compare with: the Git repository of FOLDER has no main branch, as a clone of one branch has none; run git fetch origin main:refs/remotes/origin/main${ELSE.en}`,
    });
    git(folder, "fetch", "-q", "origin", "main:refs/remotes/origin/main");
    expect(refusal(folder, undefined)).toBeUndefined();
  });

  test("outside of Git", () => {
    const folder = mkdtempSync(join(scratch, "plain-"));
    expect(refusal(folder, undefined)).toEqual({
      zh: `找不到比较的基准：FOLDER 不在 Git 仓库里${ELSE.zh}`,
      en: `Cannot find a base to compare with: FOLDER is in no Git repository${ELSE.en}`,
    });
  });
});
