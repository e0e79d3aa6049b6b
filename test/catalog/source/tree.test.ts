import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { InvalidRequest } from "../../../catalog/source/diagnostic.ts";
import { readGitTree, resolveCommit } from "../../../catalog/source/git-tree.ts";
import { readDirectoryTree, type Tree } from "../../../catalog/source/tree.ts";

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "govcloud-tree-"));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const FILES = {
  "catalog/annex-1.yaml": "items: []\n",
  "catalog/read-catalogue.ts": "never read\n",
  "stacks/tenants/hrss/tenant.yaml": "name: 人力资源和社会保障局\n",
  "stacks/tenants/hrss/社会保险.yaml": "name: 社会保险\n",
  "stacks/system-stack.ts": "code, no data\n",
  "README.md": "outside\n",
};

function folderOf(name: string, files: Readonly<Record<string, string>> = FILES): string {
  const folder = join(scratch, name);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

function git(folder: string, ...args: string[]): string {
  return execFileSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "core.quotePath=false", ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}

function repositoryOf(name: string, files?: Readonly<Record<string, string>>): string {
  const folder = folderOf(name, files);
  git(folder, "init", "--quiet", "--initial-branch=main");
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message=first");
  return folder;
}

function contentOf(tree: Tree, path: string): string | undefined {
  const entry = tree.entries.get(path);
  return entry?.kind === "file" ? new TextDecoder().decode(entry.bytes()) : entry?.what;
}

const DATA = ["catalog/annex-1.yaml", "catalog/read-catalogue.ts", "stacks/tenants/hrss/tenant.yaml", "stacks/tenants/hrss/社会保险.yaml"];

describe("A tree on disk", () => {
  test("holds the files of catalog/ and stacks/tenants/, sorted, and nothing else", () => {
    const folder = folderOf("plain");
    const tree = readDirectoryTree(folder);
    expect([...tree.entries.keys()]).toEqual(DATA);
    expect(tree).toMatchObject({ label: folder, identity: folder });
    expect(contentOf(tree, "stacks/tenants/hrss/社会保险.yaml")).toBe("name: 社会保险\n");
  });

  test("lists a link by what it is and never follows it, whether to a file, to a folder or to nothing", () => {
    const folder = folderOf("links");
    symlinkSync("/etc/passwd", join(folder, "stacks/tenants/hrss/passwd.yaml"));
    symlinkSync("/etc", join(folder, "stacks/tenants/etc"));
    symlinkSync("nowhere", join(folder, "catalog/dangling.yaml"));
    const tree = readDirectoryTree(folder);
    expect(contentOf(tree, "stacks/tenants/hrss/passwd.yaml")).toBe("symbolic link");
    expect(contentOf(tree, "stacks/tenants/etc")).toBe("symbolic link");
    expect(contentOf(tree, "catalog/dangling.yaml")).toBe("symbolic link");
    expect([...tree.entries.keys()].filter((path) => path.startsWith("stacks/tenants/etc/"))).toEqual([]);
  });

  test.each([
    { link: "stacks/tenants", target: "elsewhere/stacks/tenants" },
    { link: "stacks", target: "elsewhere/stacks" },
  ])("does not follow $link when that is a link", ({ link, target }) => {
    const folder = folderOf(`linked-${link.replace("/", "-")}`, { "catalog/annex-1.yaml": "items: []\n" });
    folderOf("elsewhere");
    mkdirSync(dirname(join(folder, link)), { recursive: true });
    symlinkSync(join(scratch, target), join(folder, link));
    const tree = readDirectoryTree(folder);
    expect([...tree.entries.keys()]).toEqual(["catalog/annex-1.yaml", link]);
    expect(contentOf(tree, link)).toBe("symbolic link");
  });

  test("lists a named pipe without opening it", () => {
    const folder = folderOf("pipe");
    execFileSync("mkfifo", [join(folder, "stacks/tenants/hrss/pipe.yaml")]);
    expect(contentOf(readDirectoryTree(folder), "stacks/tenants/hrss/pipe.yaml")).toBe("special file");
  });

  test("reads no more of a huge file than tells that it is too large", () => {
    const folder = folderOf("huge");
    truncateSync(join(folder, "catalog/annex-1.yaml"), 20 * 2 ** 30);
    const entry = readDirectoryTree(folder).entries.get("catalog/annex-1.yaml");
    expect(entry?.kind === "file" ? entry.bytes().byteLength : 0).toBe(65_537);
  });

  test("is refused where there is none", () => {
    expect(() => readDirectoryTree(join(scratch, "absent"))).toThrow(
      new InvalidRequest({
        zh: `找不到目录 ${join(scratch, "absent")}`,
        en: `Cannot read the tree: there is no folder ${join(scratch, "absent")}`,
      }),
    );
    const folder = folderOf("bare", { "README.md": "no tree\n" });
    expect(() => readDirectoryTree(folder, "bare")).toThrow(
      "Cannot read bare as a tree: it has no catalog/annex-1.yaml (a tree is a folder with catalog/ and stacks/tenants/)",
    );
    expect(() => readDirectoryTree(join(folder, "README.md"))).toThrow("there is no folder");
  });
});

describe("A tree in a commit", () => {
  test("holds the same as on disk, by name of a branch, a tag, a hash or an abbreviation", () => {
    const folder = repositoryOf("commit");
    git(folder, "tag", "v1");
    const hash = git(folder, "rev-parse", "HEAD").trim();
    for (const revision of ["main", "v1", "HEAD", hash, hash.slice(0, 10)]) {
      const tree = readGitTree(folder, revision);
      expect([...tree.entries.keys()]).toEqual(DATA);
      expect(tree).toMatchObject({ label: revision, identity: hash });
    }
    expect(contentOf(readGitTree(folder, "main"), "stacks/tenants/hrss/社会保险.yaml")).toBe("name: 社会保险\n");
  });

  test("is what was committed, whatever the work tree says by now", () => {
    const folder = repositoryOf("committed");
    writeFileSync(join(folder, "stacks/tenants/hrss/tenant.yaml"), "name: 改了\n");
    expect(contentOf(readGitTree(folder, "HEAD"), "stacks/tenants/hrss/tenant.yaml")).toBe("name: 人力资源和社会保障局\n");
  });

  test("may lie in a folder of the repository", () => {
    const folder = repositoryOf("inside", Object.fromEntries(Object.entries(FILES).map(([path, content]) => [`city/${path}`, content])));
    const tree = readGitTree(join(folder, "city"), "HEAD");
    expect([...tree.entries.keys()]).toEqual(DATA);
    expect(contentOf(tree, "stacks/tenants/hrss/tenant.yaml")).toBe("name: 人力资源和社会保障局\n");
  });

  test("reads files of every size and of the same content, each as it is", () => {
    const files = {
      ...FILES,
      "catalog/empty.yaml": "",
      "catalog/one.yaml": "a: 1\n",
      "catalog/two.yaml": "a: 1\n",
      "catalog/long.yaml": `# ${"x".repeat(60_000)}\n`,
    };
    const tree = readGitTree(repositoryOf("sizes", files), "HEAD");
    expect(["empty", "one", "two"].map((name) => contentOf(tree, `catalog/${name}.yaml`))).toEqual(["", "a: 1\n", "a: 1\n"]);
    expect(contentOf(tree, "catalog/long.yaml")).toHaveLength(60_003);
  });

  test("lists links by what they are, those of whole folders too", () => {
    const folder = folderOf("git-links", { "catalog/annex-1.yaml": "items: []\n", "elsewhere/tenants/a/tenant.yaml": "name: x\n" });
    symlinkSync("/etc/passwd", join(folder, "catalog/passwd.yaml"));
    symlinkSync("elsewhere", join(folder, "stacks"));
    git(folder, "init", "--quiet", "--initial-branch=main");
    git(folder, "add", "--all");
    git(folder, "commit", "--quiet", "--message=first");
    const tree = readGitTree(folder, "HEAD");
    expect([...tree.entries.keys()]).toEqual(["catalog/annex-1.yaml", "catalog/passwd.yaml", "stacks"]);
    expect(contentOf(tree, "catalog/passwd.yaml")).toBe("symbolic link");
    expect(contentOf(tree, "stacks")).toBe("symbolic link");
  });

  test("lists a submodule by what it is", () => {
    const folder = repositoryOf("submodule");
    git(folder, "update-index", "--add", "--cacheinfo", `160000,${git(folder, "rev-parse", "HEAD").trim()},stacks/tenants/other`);
    git(folder, "commit", "--quiet", "--message=second");
    expect(contentOf(readGitTree(folder, "HEAD"), "stacks/tenants/other")).toBe("submodule");
  });

  test("does not fetch a file that is too large", () => {
    const tree = readGitTree(repositoryOf("large", { ...FILES, "catalog/large.yaml": `# ${"x".repeat(300_000)}\n` }), "HEAD");
    const entry = tree.entries.get("catalog/large.yaml");
    expect(entry?.kind === "file" ? entry.bytes().byteLength : 0).toBe(65_537);
  });

  test.each([
    "--output=x",
    "-h",
    "--all",
    "nosuchbranch",
    "HEAD~5",
    "",
    " ",
    "HEAD:catalog",
    "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef",
    "main; touch x",
    "$(touch x)",
  ])("is refused where there is none, and git takes nothing for an option: %j", (revision) => {
    const folder = repositoryOf(`revision-${Math.abs([...revision].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7))}`);
    expect(() => resolveCommit(folder, revision)).toThrow(InvalidRequest);
    expect(() => readGitTree(folder, revision)).toThrow(
      `Cannot compare with base "${revision}": it is no commit, branch or tag of this repository, and no folder`,
    );
    expect(git(folder, "status", "--porcelain")).toBe("");
  });

  test("is refused where the commit holds no catalogue", () => {
    expect(() => readGitTree(repositoryOf("none", { "README.md": "x\n" }), "HEAD")).toThrow(
      "Cannot read HEAD as a tree: it has no catalog/annex-1.yaml",
    );
  });

  test("is refused with its reason where git does not have the content", () => {
    const folder = repositoryOf("partial");
    const object = git(folder, "rev-parse", "HEAD:catalog/annex-1.yaml").trim();
    rmSync(join(folder, ".git/objects", object.slice(0, 2), object.slice(2)), { force: true });
    expect(() => readGitTree(folder, "HEAD")).toThrow(
      "Cannot read HEAD: git does not have all of it (a partial clone); fetch it in full: 100644 blob",
    );
  });

  test("is refused outside of a repository", () => {
    const folder = folderOf("no-repository");
    expect(() => resolveCommit(folder, "HEAD")).toThrow(InvalidRequest);
  });
});
