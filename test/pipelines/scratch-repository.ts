import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { ROOT } from "../scripts/run.ts";
import { SAMPLES } from "../tree.ts";

/** What a checkout needs to run the program and its pipelines. */
const PROGRAM = [
  ".github",
  ".gitlab",
  ".gitlab-ci.yml",
  ".npmrc",
  "catalog",
  "cdktf.json",
  "cost",
  "package-lock.json",
  "package.json",
  "policies",
  "providers",
  "scripts",
  "stacks",
  "tsconfig.json",
];

export const PROJECT = "govcloud/requests";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder of the test's own, removed afterwards. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "govcloud-pipelines-"));
  folders.push(folder);
  return folder;
}

export function git(folder: string, ...args: readonly string[]): string {
  const env = { PATH: process.env["PATH"], HOME: folder, GIT_CONFIG_NOSYSTEM: "1", LC_ALL: "C" };
  return execFileSync("git", ["-c", "user.name=Clerk", "-c", "user.email=clerk@hrss.example.org", ...args], {
    cwd: folder,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).trim();
}

/** Content of files by path; null takes one away. */
export type Edits = Readonly<Record<string, string | null>>;

export interface ScratchRepository {
  /** The forge's copy, bare. */
  readonly origin: string;
  /** A clone of its protected branch. */
  readonly clone: string;
  /** The protected branch's commit. */
  readonly main: string;
}

/** This project on a forge of its own: the program as it stands in the work tree, with the frozen samples. */
export function scratchRepository(): ScratchRepository {
  const folder = scratchFolder();
  const [origin, clone] = [join(folder, "origin.git"), join(folder, "clone")];
  mkdirSync(clone);
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ...PROGRAM], {
    cwd: ROOT,
    encoding: "utf8",
  });
  for (const file of files.split("\0").filter((name) => name !== "")) cpSync(join(ROOT, file), join(clone, file));
  rmSync(join(clone, "stacks/tenants"), { recursive: true, force: true });
  for (const part of ["catalog", "stacks"]) cpSync(join(SAMPLES, part), join(clone, part), { recursive: true });
  writeFileSync(join(clone, ".gitignore"), "node_modules\n.gitlab-ci-local/\n");
  git(clone, "init", "--quiet", "--initial-branch=main");
  const main = commit(clone, {}, "The program");
  git(folder, "clone", "--quiet", "--bare", clone, origin);
  git(clone, "remote", "add", "origin", `file://${origin}`);
  git(clone, "fetch", "--quiet", "origin");
  return { origin, clone, main };
}

/** Commits edits of files in a work tree; gives the commit's name. */
export function commit(folder: string, edits: Edits, message: string): string {
  for (const [path, words] of Object.entries(edits)) {
    if (words === null) {
      rmSync(join(folder, path));
      continue;
    }
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), words);
  }
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "-m", message);
  return git(folder, "rev-parse", "HEAD");
}
