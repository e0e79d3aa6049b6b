import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { SAMPLES } from "../../tree.ts";
import { type Outcome, outcomeOf, ROOT } from "../run.ts";
import { type Approver, keysYaml } from "./keys.ts";

/** A checkout of this program with keys of its own and the frozen samples, as a Git repository of one commit by its operator. */
export interface Program {
  readonly folder: string;
  /** Runs `govcloud …` of that checkout, there. */
  readonly run: (args: readonly string[], environment?: NodeJS.ProcessEnv) => Outcome;
  /** The same beside the test, which may answer it. */
  readonly runBeside: (args: readonly string[], environment?: NodeJS.ProcessEnv) => Promise<Outcome>;
  readonly git: (...args: string[]) => string;
  /** Writes files and commits them in somebody's name. */
  readonly commit: (email: string, files: Readonly<Record<string, string>>) => void;
}

const PARTS = [
  "catalog",
  "stacks",
  "policies",
  "cost",
  "scripts",
  "package.json",
  "package-lock.json",
  "providers/openstack/schema.json",
  "providers/openstack/force-new.json",
];

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export function program(keys: readonly Approver[]): Program {
  const folder = mkdtempSync(join(tmpdir(), "govcloud-approve-"));
  folders.push(folder);
  for (const part of PARTS) {
    mkdirSync(dirname(join(folder, part)), { recursive: true });
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  }
  rmSync(join(folder, "stacks/tenants"), { recursive: true });
  cpSync(SAMPLES, folder, { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "policies/approval-keys.yaml"), keysYaml(keys));
  const git = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync("git", ["-C", folder, ...args], { encoding: "utf8" });
    if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
    return stdout.trim();
  };
  const commit = (email: string, files: Readonly<Record<string, string>>) => {
    for (const [path, words] of Object.entries(files)) writeFileSync(join(folder, path), words);
    git("add", "catalog", "stacks", "policies", "package.json");
    git("-c", `user.email=${email}`, "-c", "user.name=Somebody", "commit", "--quiet", "-m", "A change");
  };
  git("init", "--quiet", "--initial-branch=main");
  commit("operator@cloud.example.org", {});
  const start = (environment: NodeJS.ProcessEnv) => ({
    cwd: folder,
    env: { ...process.env, LANG: "C", LC_ALL: "", CI: "", INIT_CWD: folder, ...environment },
  });
  const script = join(folder, "scripts/govcloud.ts");
  const run = (args: readonly string[], environment: NodeJS.ProcessEnv = {}) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
      ...start(environment),
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    return { code: status, stdout, stderr };
  };
  const runBeside = async (args: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
    await outcomeOf(spawn(process.execPath, [script, ...args], { ...start(environment), stdio: ["ignore", "pipe", "pipe"] }));
  return { folder, run, runBeside, git, commit };
}
