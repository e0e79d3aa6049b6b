import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A git repository of the test's own. */
export interface Repository {
  readonly folder: string;
  git(...args: string[]): string;
  put(path: string, content: string | Uint8Array): void;
  read(path: string): string;
  /** Commits everything on a day, by the clock of Asia/Shanghai. */
  commit(when: string, message?: string): string;
  remove(): void;
}

/** Makes a repository with files, committed on a day unless that is left out. */
export function repositoryWith(files: Readonly<Record<string, string | Uint8Array>>, when?: string): Repository {
  const folder = mkdtempSync(join(tmpdir(), "govcloud-right-size-"));
  const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    execFileSync("git", ["-C", folder, ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    }).trim();
  const repository: Repository = {
    folder,
    git: (...args) => run(args),
    put: (path, content) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    },
    read: (path) => readFileSync(join(folder, path), "utf8"),
    commit: (day, message = "x") => {
      run(["add", "--all"]);
      const date = day.includes("T") ? `${day}+08:00` : `${day}T12:00:00+08:00`;
      run(["commit", "--quiet", "--allow-empty", `--message=${message}`], { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date });
      return run(["rev-parse", "HEAD"]);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  repository.git("init", "--quiet", "--initial-branch=main");
  repository.git("config", "user.name", "运营单位");
  repository.git("config", "user.email", "operator@example.org");
  for (const [path, content] of Object.entries(files)) repository.put(path, content);
  if (when !== undefined) repository.commit(when);
  return repository;
}
