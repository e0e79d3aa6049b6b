import { execFile, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const MODULE = "code.gitea.io/gitea";
const VERSION = "1.26.0";
/** Milliseconds: 5 minutes on two idle cores, and these are rarely idle. */
const TIME_LIMIT = 45 * 60_000;

/** A folder with the program `gitea` and what it serves, or why there is none. */
export type BuiltGitea = { readonly kind: "built"; readonly folder: string } | { readonly kind: "missing"; readonly reason: string };

/**
 * Builds Gitea from the Go module proxy, once a machine: it stays outside the checkout, by version. Who comes second waits for the first. What is
 * missing (Go, the network) is told, not thrown.
 */
export async function buildGitea(): Promise<BuiltGitea> {
  const cache = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  const folder = join(cache, "govcloud", `gitea-${VERSION}`);
  if (existsSync(folder)) return { kind: "built", folder };
  if (process.platform === "win32") return { kind: "missing", reason: "Gitea is not built on Windows here" };
  if (spawnSync("go", ["version"]).status !== 0) return { kind: "missing", reason: "there is no Go on PATH to build Gitea with" };
  mkdirSync(join(cache, "govcloud"), { recursive: true });
  const lock = `${folder}.lock`;
  const began = Date.now();
  while (!take(lock)) {
    if (Date.now() - began > TIME_LIMIT) return { kind: "missing", reason: `another build holds ${lock}` };
    await sleep(1_000);
    if (existsSync(folder)) return { kind: "built", folder };
  }
  try {
    if (!existsSync(folder)) await build(folder);
    return { kind: "built", folder };
  } catch (error) {
    return { kind: "missing", reason: `Gitea could not be built: ${(error as Error).message}` };
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** Takes the lock, also from a process that is gone. */
function take(lock: string): boolean {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, "pid"), String(process.pid));
    return true;
  } catch {
    if (existsSync(join(lock, "pid")) && !isAlive(Number(readFileSync(join(lock, "pid"), "utf8"))))
      rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function build(folder: string): Promise<void> {
  // One at a time builds: what an interrupted build left is taken away.
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(join(draft, "build"), { recursive: true });
  const work = join(draft, "build");
  const downloaded = await go(work, ["mod", "download", "-json", `${MODULE}@v${VERSION}`]);
  const { Dir: module, GoMod: goMod } = JSON.parse(downloaded) as { readonly Dir: string; readonly GoMod: string };
  const facts = readFileSync(goMod, "utf8");
  // `go install` refuses a module that replaces others; one of our own that repeats its lines is built like any.
  const [, since = "1.26"] = /^go (\S+)$/m.exec(facts) ?? [];
  const lines = ["module gitea-build", `go ${since}`, `require ${MODULE} v${VERSION}`, ...replacements(facts)];
  writeFileSync(join(work, "go.mod"), `${lines.join("\n\n")}\n`);
  await go(work, ["build", "-mod=mod", "-tags", "sqlite sqlite_unlock_notify", "-o", join(draft, "gitea"), MODULE]);
  for (const part of ["templates", "options", "public"]) cpSync(join(module, part), join(draft, part), { recursive: true });
  makeWritable(draft);
  rmSync(work, { recursive: true, force: true });
  renameSync(draft, folder);
}

/** The `replace` lines of a go.mod, those of blocks each on a line of its own. */
function replacements(goMod: string): string[] {
  const single = [...goMod.matchAll(/^replace ([^(\n]+)$/gm)].map(([, line]) => `replace ${line}`);
  const blocks = [...goMod.matchAll(/^replace \(([^)]*)\)/gm)].flatMap(([, block = ""]) => block.split("\n"));
  return [
    ...single,
    ...blocks
      .map((line) => line.trim())
      .filter((line) => line.includes("=>"))
      .map((line) => `replace ${line}`),
  ];
}

/** Files of Go's module cache are read-only, and so would be their copies: nobody could take them away. */
function makeWritable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) makeWritable(path);
    else chmodSync(path, entry.name === "gitea" ? 0o755 : 0o644);
  }
}

async function go(cwd: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("go", args, {
      cwd,
      timeout: TIME_LIMIT,
      maxBuffer: 1 << 26,
      env: { ...process.env, GOFLAGS: "", GOWORK: "off" },
    });
    return stdout;
  } catch (error) {
    // With -json the reason stands in what is printed.
    const { stdout = "", stderr = "", message } = error as { readonly stdout?: string; readonly stderr?: string; readonly message: string };
    const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => /\S{2}/.test(line) && !line.startsWith("go: downloading"));
    throw new Error(`go ${args[0]}: ${lines.at(-1) ?? message}`);
  }
}

// `npm test` starts the build early, beside whatever else it does.
if (import.meta.main) {
  const built = await buildGitea();
  process.stdout.write(`${built.kind === "built" ? built.folder : built.reason}\n`);
}
