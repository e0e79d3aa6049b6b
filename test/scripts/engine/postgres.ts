import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../free-port.ts";

export interface Postgres {
  readonly url: string;
  /** Runs SQL as the owner; what it prints. */
  readonly sql: (words: string) => string;
  /** Ends it as a crash does; what was committed is there when it is begun again. */
  readonly crash: () => void;
  readonly begin: () => void;
  readonly stop: () => void;
}

/** Where initdb, pg_ctl and psql are: Debian keeps them beside PATH. Installs Debian's package where that can be done. */
function findBinaries(): string | undefined {
  const known = () =>
    [
      "/usr/local/bin",
      ...(existsSync("/usr/lib/postgresql")
        ? readdirSync("/usr/lib/postgresql").map((version) => `/usr/lib/postgresql/${version}/bin`)
        : []),
      "/usr/bin",
    ].find((folder) => ["initdb", "pg_ctl", "postgres"].every((name) => existsSync(join(folder, name))));
  const found = known();
  if (found !== undefined || process.getuid?.() !== 0) return found;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = () =>
    spawnSync("apt-get", ["install", "-y", "--no-install-recommends", "postgresql"], { env, timeout: 300_000 }).status === 0;
  if (!install()) {
    spawnSync("apt-get", ["update"], { env, timeout: 300_000 });
    install();
  }
  return known();
}

/** Starts a PostgreSQL of the test's own on loopback, or says why there is none. PostgreSQL does not run as root, so root lends it `nobody`. */
export async function startPostgres(): Promise<Postgres | { readonly reason: string }> {
  const binaries = findBinaries();
  if (binaries === undefined) return { reason: "this machine has no PostgreSQL and cannot install Debian's package" };
  const folder = mkdtempSync(join(tmpdir(), "govcloud-postgres-"));
  const data = join(folder, "data");
  const root = process.getuid?.() === 0;
  const nobody = 65_534;
  if (root) chownSync(folder, nobody, nobody);
  chmodSync(folder, 0o700);
  const run = (name: string, ...args: string[]) =>
    spawnSync(join(binaries, name), args, {
      cwd: folder,
      encoding: "utf8",
      timeout: 60_000,
      stdio: ["ignore", "ignore", "pipe"],
      env: { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" },
      ...(root ? { uid: nobody, gid: nobody } : {}),
    });
  const made = run("initdb", "-D", data, "-U", "govcloud", "--auth=trust", "-E", "UTF8", "--no-sync");
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    return { reason: `initdb failed: ${made.stderr.trim().slice(0, 200)}` };
  }
  const port = await freePort();
  const begin = () => run("pg_ctl", "-D", data, "-w", "-l", join(folder, "log"), "-o", `-p ${port} -h 127.0.0.1 -k ${folder} -F`, "start");
  const crash = () => run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop");
  const started = begin();
  if (started.status !== 0) return { reason: `pg_ctl failed: ${started.stderr.trim().slice(0, 200)}` };
  const url = `postgres://govcloud:Documentation-7@127.0.0.1:${port}/postgres?sslmode=disable`;
  return {
    url,
    sql: (words) => {
      const { stdout, stderr, status } = spawnSync("psql", [url, "-At", "-c", words], { encoding: "utf8", timeout: 30_000 });
      if (status !== 0) throw new Error(stderr);
      return stdout.trim();
    },
    crash,
    begin,
    stop: () => {
      crash();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
