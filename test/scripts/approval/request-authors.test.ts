import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { readGitTree } from "../../../catalog/source/git-tree.ts";
import { requestAuthors } from "../../../scripts/approval/request-authors.ts";
import { type Parts, sourceParts } from "../../../scripts/plan/fingerprint.ts";

const SYSTEM = "stacks/tenants/hrss/a.yaml";
let folder: string;

function git(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync("git", ["-C", folder, ...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return stdout.trim();
}
const as = (who: string) => ["-c", `user.email=${who}@example.org`, "-c", `user.name=${who}`];
function commit(who: string, files: Readonly<Record<string, string>>, ...more: string[]): string {
  for (const [path, words] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), words);
  }
  git("add", "-A");
  git(...as(who), "commit", "--quiet", "-m", "x", ...more);
  return git("rev-parse", "HEAD");
}
/** The parts of a plan of HEAD against a base, as far as they are of sources. */
function partsSince(base: string): Parts {
  const systems = ["hrss/a"];
  return { ...sourceParts(readGitTree(folder, "HEAD"), systems, "head"), ...sourceParts(readGitTree(folder, base), systems, "base") };
}
function authors(base: string, parts = partsSince(base), wish?: string): string[] | string {
  const found = requestAuthors(folder, { base, parts }, wish);
  return found.kind === "known" ? [...new Set(found.people.map(({ email }) => email.replace("@example.org", "")))].sort() : found.why.en;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "govcloud-authors-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  git("init", "--quiet", "--initial-branch=main");
  commit("operator", {
    "catalog/annex-1.yaml": "items: []\n",
    "catalog/pools.yaml": "pools: {}\n",
    [SYSTEM]: "name: a\n",
    "stacks/tenants/hrss/tenant.yaml": "name: hrss\n",
    "stacks/tenants/health/b.yaml": "name: b\n",
  });
});

describe("the authors of a request", () => {
  test("are those of every commit since the base that touched what the plan rests on", () => {
    const base = git("rev-parse", "HEAD");
    commit("clerk", { [SYSTEM]: "name: a\ncount: 1\n" });
    commit("helper", { "catalog/pools.yaml": "pools: {} # 1\n" }, "-m", "Co-authored-by: Friend <friend@example.org>");
    commit("elsewhere", { "stacks/tenants/health/b.yaml": "name: b2\n" });
    commit("mender", { [SYSTEM]: "name: a\ncount: 2\n" }, "--author", "Ghost <ghost@example.org>");
    expect(authors(base)).toEqual(["clerk", "friend", "ghost", "helper", "mender"]);
  });

  test("of a line that was written and taken back are authors too", () => {
    const base = git("rev-parse", "HEAD");
    commit("clerk", { [SYSTEM]: "name: other\n" });
    commit("head", { [SYSTEM]: "name: a\n" });
    expect(authors(base)).toEqual(["clerk", "head"]);
  });

  test("do not count who merges, unless the merge brings something of its own", () => {
    const base = git("rev-parse", "HEAD");
    git("checkout", "--quiet", "-b", "request");
    commit("clerk", { [SYSTEM]: "name: a\ncount: 1\n" });
    git("checkout", "--quiet", "main");
    commit("other", { "stacks/tenants/health/b.yaml": "name: b2\n" });
    git(...as("centre"), "merge", "--quiet", "--no-ff", "-m", "merge", "request");
    expect(authors(base)).toEqual(["clerk"]);
    git("reset", "--quiet", "--hard", "HEAD~1");
    git(...as("centre"), "merge", "--quiet", "--no-ff", "--no-commit", "request");
    commit("centre", { [SYSTEM]: "name: a\ncount: 100\n" });
    expect(authors(base)).toEqual(["centre", "clerk"]);
  });

  test("without a base are those of the whole history", () => {
    commit("clerk", { [SYSTEM]: "name: a\ncount: 1\n" });
    const parts = { ...sourceParts(readGitTree(folder, "HEAD"), ["hrss/a"], "head"), "catalogue-before": "none" };
    const found = requestAuthors(folder, { base: null, parts });
    expect(found.kind === "known" && found.people.map(({ name }) => name)).toEqual(["clerk", "clerk", "operator", "operator"]);
  });

  test("are unknown where either end is not the plan's, or history is cut off", () => {
    const base = git("rev-parse", "HEAD");
    const first = commit("clerk", { [SYSTEM]: "name: a\ncount: 1\n" });
    commit("head", { [SYSTEM]: "name: a\ncount: 2\n" });
    const parts = partsSince(base);
    expect(authors(first, parts)).toBe(`${first} is not what was compared with: name that commit with --base`);
    expect(authors(first, parts, base)).toEqual(["clerk", "head"]);
    expect(authors("../elsewhere", parts)).toMatch(/^Cannot compare with base "\.\.\/elsewhere"/);
    expect(authors("--output=x", parts)).toMatch(/^Cannot compare with base "--output=x"/);
    commit("late", { [SYSTEM]: "name: a\ncount: 3\n" });
    expect(authors(base, parts)).toBe(`the commit checked out in ${folder} is not what was planned (or something was not committed)`);
    const clone = `${folder}-shallow`;
    onTestFinished(() => rmSync(clone, { recursive: true, force: true }));
    git("clone", "--quiet", "--depth", "1", `file://${folder}`, clone);
    const shallow = requestAuthors(clone, { base, parts });
    expect(shallow.kind === "unknown" && shallow.why.en).toBe(
      `${clone} is no Git repository with its full history (fetch it without a depth)`,
    );
    expect(requestAuthors(tmpdir(), { base, parts }).kind).toBe("unknown");
  });
});
