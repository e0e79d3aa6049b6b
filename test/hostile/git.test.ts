import { execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { readGitTree, resolveCommit } from "../../catalog/source/git-tree.ts";
import { readDirectoryTree } from "../../catalog/source/tree.ts";
import { readBase } from "../../scripts/plan/base.ts";
import { readCheckedTree } from "../../scripts/plan/read-tree.ts";
import { readWaiverFiles } from "../../scripts/plan/read-waiver-files.ts";
import { treeWith } from "../tree.ts";
import { BARE, BUREAU, SYSTEM, WAIVERS } from "./input.ts";

const WAIVER =
  "waivers:\n  - { policy: size/require-server-within-limits, system: a/s, address: servers.s, reason: x, owner: o, approver: boss, expires: 2026-03-31 }\n";

let scratch: string;
let folder: string;
/** Where the centre says who may approve. */
let program: string;
/** Appears as soon as anything of the repository runs. */
let marker: string;

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "govcloud-git-"));
  folder = join(scratch, "tree");
  marker = join(scratch, "ran");
  program = join(scratch, "program");
  mkdirSync(join(program, "policies"), { recursive: true });
  writeFileSync(
    join(program, "policies", "approvers.yaml"),
    "approvers:\n  boss:\n    name: { zh: 主任, en: Director }\n    people: [boss@example.org]\n",
  );
  for (const [path, entry] of treeWith({ ...BUREAU, [SYSTEM]: BARE, [WAIVERS]: WAIVER }).entries) {
    if (entry.kind === "file") put(path, entry.bytes());
  }
  git("init", "--quiet", "--initial-branch=main");
  commit("author");
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function git(...args: string[]): string {
  return execFileSync("git", ["-C", folder, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
}

function commit(author: string): string {
  git("add", "--all");
  git("-c", `user.name=${author}`, "-c", `user.email=${author}@example.org`, "commit", "--quiet", "--allow-empty", "--message=x");
  return git("rev-parse", "HEAD");
}

/** A program that says that it ran. */
function trap(name = "trap"): string {
  const path = join(scratch, name);
  writeFileSync(path, `#!/bin/sh\ntouch ${marker}\ncat 2>/dev/null\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Everything that the program asks of git about a tree: its base, found and named, and who wrote its waivers. */
function useAll(): void {
  expect(readBase(undefined, folder)?.entries.size).toBeGreaterThan(5);
  expect(readGitTree(folder, "HEAD").entries.has(SYSTEM)).toBe(true);
  expect(readWaiverFiles(readDirectoryTree(folder), { program })).toHaveLength(1);
}

describe("Nothing of the repository runs:", () => {
  test.each([
    ["core.fsmonitor"],
    ["core.pager"],
    ["core.sshCommand"],
    ["core.editor"],
    ["core.askPass"],
    ["core.gitProxy"],
    ["core.alternateRefsCommand"],
    ["pager.show"],
    ["pager.blame"],
    ["diff.external"],
    ["diff.trap.textconv"],
    ["diff.trap.command"],
    ["filter.trap.clean"],
    ["filter.trap.smudge"],
    ["filter.trap.process"],
    ["merge.trap.driver"],
    ["gpg.program"],
    ["gpg.ssh.program"],
    ["credential.helper"],
    ["uploadpack.packObjectsHook"],
    ["alias.show"],
    ["alias.blame"],
  ])("not what %s names", (key) => {
    put(".gitattributes", "* filter=trap diff=trap merge=trap\n");
    git("config", key, key.startsWith("alias.") ? `!${trap()}` : trap());
    git("config", "log.showSignature", "true");
    useAll();
    expect(existsSync(marker)).toBe(false);
  });

  test("no hook, in its own folder or in another that the settings name", () => {
    const hooks = ["pre-commit", "post-checkout", "post-index-change", "reference-transaction", "fsmonitor-watchman", "pre-auto-gc"];
    mkdirSync(join(folder, ".git/hooks"), { recursive: true });
    for (const hook of hooks) symlinkSync(trap(), join(folder, ".git/hooks", hook));
    useAll();
    git("config", "core.hooksPath", join(folder, ".git/hooks"));
    useAll();
    expect(existsSync(marker)).toBe(false);
  });

  test("no program that fetches what a partial clone lacks", () => {
    const blob = git("rev-parse", `HEAD:${SYSTEM}`);
    git("config", "core.repositoryFormatVersion", "1");
    git("config", "extensions.partialClone", "origin");
    git("config", "remote.origin.promisor", "true");
    git("config", "remote.origin.url", `ext::${trap()} %S`);
    git("config", "remote.origin.uploadpack", trap());
    git("config", "protocol.ext.allow", "always");
    rmSync(join(folder, ".git/objects", blob.slice(0, 2), blob.slice(2)), { force: true });
    expect(() => readGitTree(folder, "HEAD")).toThrow("git does not have all of it (a partial clone)");
    expect(existsSync(marker)).toBe(false);
  });

  test("no settings of a folder of the request that looks like a bare repository", () => {
    git("init", "--quiet", "--bare", join(folder, "city"));
    git("--git-dir", join(folder, "city"), "config", "core.fsmonitor", trap());
    for (const [path, entry] of treeWith(BUREAU).entries) if (entry.kind === "file") put(`city/${path}`, entry.bytes());
    expect(() => readGitTree(join(folder, "city"), "HEAD")).toThrow("cannot use bare repository");
    expect(existsSync(marker)).toBe(false);
  });
});

describe("History is what the commits say:", () => {
  test("a replaced commit does not stand in for the real one", () => {
    const real = git("rev-parse", "HEAD");
    put(SYSTEM, `${BARE}backupGb: 5\n`);
    git("replace", real, commit("author"));
    expect(readGitTree(folder, real).entries.get(SYSTEM)).toMatchObject({ kind: "file" });
    const entry = readGitTree(folder, real).entries.get(SYSTEM);
    expect(entry?.kind === "file" ? new TextDecoder().decode(entry.bytes()) : "").toBe(BARE);
  });

  test("a tag called as a branch of the main repository is no base", () => {
    const before = git("rev-parse", "HEAD");
    git("checkout", "--quiet", "-b", "request");
    put(SYSTEM, `${BARE}backupGb: 5\n`);
    const request = commit("author");
    for (const name of ["main", "origin/HEAD", "origin/main"]) git("tag", name, request);
    expect(readBase(undefined, folder)?.identity).toBe(before);
  });

  test("an approver who took a line out of a waiver had a hand in it", () => {
    const entry = (more: string) => WAIVER.replace("reason: x, owner: o", `reason: x,${more}\n      owner: o`);
    put(WAIVERS, entry("\n      covers: undetermined,"));
    commit("author");
    put(WAIVERS, entry(""));
    commit("boss");
    expect(() => readWaiverFiles(readDirectoryTree(folder), { program })).toThrow("Cannot let boss approve a waiver of their own");
  });

  test.each([
    ["a mailmap", () => put(".mailmap", "Somebody <else@example.org> <boss@example.org>\n")],
    [
      "revisions that blame ignores",
      () => {
        put("ignored", `${git("rev-parse", "HEAD")}\n`);
        git("config", "blame.ignoreRevsFile", join(folder, "ignored"));
      },
    ],
    ["a graft", () => writeFileSync(join(folder, ".git/info/grafts"), `${git("rev-parse", "HEAD")}\n`)],
  ])("an approver who wrote the waiver is found behind %s", (_, hide) => {
    put(WAIVERS, `${WAIVER}# again\n`.replace("reason: x", "reason: y"));
    commit("boss");
    hide();
    expect(() => readWaiverFiles(readDirectoryTree(folder), { program })).toThrow("Cannot let boss approve a waiver of their own");
  });
});

describe("A repository that leads out of itself is refused:", () => {
  const other = () => {
    const elsewhere = join(scratch, "other");
    execFileSync("git", ["clone", "--quiet", "--bare", folder, elsewhere], { stdio: "ignore" });
    return elsewhere;
  };

  test.each([
    [
      ".git",
      () => {
        const elsewhere = other();
        rmSync(join(folder, ".git"), { recursive: true });
        writeFileSync(join(folder, ".git"), `gitdir: ${elsewhere}\n`);
      },
    ],
    [
      ".git",
      () => {
        const elsewhere = other();
        rmSync(join(folder, ".git"), { recursive: true });
        symlinkSync(elsewhere, join(folder, ".git"));
      },
    ],
    [".git/commondir", () => writeFileSync(join(folder, ".git/commondir"), `${other()}\n`)],
    [".git/objects/info/alternates", () => writeFileSync(join(folder, ".git/objects/info/alternates"), `${other()}/objects\n`)],
    [
      ".git/objects",
      () => {
        const elsewhere = other();
        rmSync(join(folder, ".git/objects"), { recursive: true });
        symlinkSync(join(elsewhere, "objects"), join(folder, ".git/objects"));
      },
    ],
    [".git/config (include)", () => appendFileSync(join(folder, ".git/config"), "[include]\n\tpath = /etc/passwd\n")],
    [".git/config (includeIf)", () => appendFileSync(join(folder, ".git/config"), '[includeIf "gitdir:/"]\n\tpath = /etc/passwd\n')],
    [".git/config (worktree)", () => git("config", "core.worktree", "/")],
    [
      ".git/config",
      () => {
        rmSync(join(folder, ".git/config"));
        execFileSync("mkfifo", [join(folder, ".git/config")]);
      },
    ],
  ])("by %s", (way, lead) => {
    lead();
    expect(() => resolveCommit(folder, "HEAD")).toThrow(
      new RegExp(`^Cannot use the Git repository of .*: ${way.replace(/[[\](). ]/g, "\\$&")}.* leads out of it`),
    );
    expect(() => readBase("HEAD", folder)).toThrow(InvalidRequest);
  });

  test("but not a linked work tree that its repository knows", () => {
    const linked = join(scratch, "linked");
    git("worktree", "add", "--quiet", "-b", "linked", linked);
    expect(readGitTree(linked, "HEAD").entries.has(SYSTEM)).toBe(true);
  });
});

test.skipIf(process.getuid?.() !== 0)("A repository of another user is refused with git's own reason", () => {
  execFileSync("chown", ["-R", "65534", folder]);
  expect(() => readGitTree(folder, "HEAD")).toThrow(/it is no commit.*Git says: .*dubious ownership/s);
});

test.each([
  "--upload-pack=touch ran",
  "--exec=touch ran",
  "--output=ran",
  "-h",
  "--help",
  "refs/../../../etc/passwd",
  "../../etc/passwd",
  "HEAD/../x",
  "HEAD.lock",
  "@{99}",
  "@{upstream}",
  "HEAD@{u}",
  "HEAD^{tree}",
  "HEAD:catalog",
  ":/nothing",
  ":(exclude)x",
  "HEAD..HEAD",
  "^HEAD",
  "a\nb",
  "$(touch ran)",
  "main;touch ran",
  "\u202eniam",
])("No commit is found by the odd name %j, and git takes it for nothing else", (revision) => {
  expect(() => readGitTree(folder, revision)).toThrow(InvalidRequest);
  expect(git("status", "--porcelain")).toBe("");
});

test("Attributes of the tree change nothing of what is read", () => {
  const words = `${BARE}# $Id$ $Format:%H$\n`;
  writeFileSync(join(folder, ".git/info/attributes"), "* export-ignore export-subst ident working-tree-encoding=UTF-16 eol=crlf\n");
  const object = execFileSync("git", ["-C", folder, "hash-object", "-w", "--no-filters", "--stdin"], { input: words, encoding: "utf8" });
  git("update-index", "--cacheinfo", `100644,${object.trim()},${SYSTEM}`);
  const revision = git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit-tree", "-m", "x", git("write-tree"));
  const entry = readGitTree(folder, revision).entries.get(SYSTEM);
  expect(entry?.kind === "file" ? new TextDecoder().decode(entry.bytes()) : "").toBe(words);
});

test("Names with line feeds and quotation marks arrive as they are, and are refused", () => {
  put('stacks/tenants/a/s\n"t".yaml', BARE);
  commit("author");
  const tree = readGitTree(folder, "HEAD");
  expect([...tree.entries.keys()]).toContain('stacks/tenants/a/s\n"t".yaml');
  expect(() => readCheckedTree(tree)).toThrow("it has a character that is hidden or no UTF-8 (U+000A)");
});

test("A submodule is listed and refused, its address never asked", () => {
  put(".gitmodules", `[submodule "x"]\n\tpath = stacks/tenants/a/x\n\turl = ext::${trap()}\n\tupdate = !${trap()}\n`);
  git("update-index", "--add", "--cacheinfo", `160000,${git("rev-parse", "HEAD")},stacks/tenants/a/x.yaml`);
  git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "--message=x");
  expect(() => readCheckedTree(readGitTree(folder, "HEAD"))).toThrow("it is a submodule, wanted a regular file");
  expect(existsSync(marker)).toBe(false);
});
