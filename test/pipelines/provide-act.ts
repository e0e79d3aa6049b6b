import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const VERSION = "0.2.89";
/** Milliseconds: two minutes on two idle cores. */
const TIME_LIMIT = 20 * 60_000;

export type Act = { readonly path: string; readonly reason?: undefined } | { readonly path?: undefined; readonly reason: string };

/** Runs GitHub's workflows on this machine: built once from the Go module proxy, outside the checkout and by version; or why there is none. */
export function provideAct(): Act {
  const cache = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "govcloud");
  const folder = join(cache, `act-${VERSION}`);
  const path = join(folder, "act");
  if (existsSync(path)) return { path };
  if (process.platform === "win32") return { reason: "act's host runner is not tried on Windows" };
  if (spawnSync("go", ["version"]).status !== 0) return { reason: "there is no Go on PATH to build act with" };
  mkdirSync(cache, { recursive: true });
  // Whoever is first puts it there whole.
  const draft = mkdtempSync(join(cache, "act-draft-"));
  try {
    const { status, stderr } = spawnSync("go", ["install", `github.com/nektos/act@v${VERSION}`], {
      env: { ...process.env, GOBIN: draft, GOFLAGS: "", GOWORK: "off" },
      encoding: "utf8",
      timeout: TIME_LIMIT,
    });
    if (status !== 0) return { reason: `act could not be built: ${stderr?.trim().split("\n").at(-1) ?? "it took too long"}` };
    if (!existsSync(path)) renameSync(draft, folder);
    return { path };
  } catch (error) {
    return existsSync(path) ? { path } : { reason: `act could not be built: ${(error as Error).message}` };
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
