import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

/** What the seed left for the tests: where the cloud is and who may enter. */
export interface CloudFacts {
  readonly authUrl: string;
  readonly region: string;
  readonly domain: string;
  readonly domainId: string;
  readonly vendingProject: string;
  readonly userId: string;
  readonly roleId: string;
  readonly username: string;
  readonly password: string;
}

export type LoopbackCloud =
  | { readonly kind: "running"; readonly facts: CloudFacts }
  | { readonly kind: "missing"; readonly reason: string };

declare module "vitest" {
  export interface ProvidedContext {
    openstack: LoopbackCloud;
  }
}

const FOLDER = fileURLToPath(new URL(".", import.meta.url));
const PORTS = [5000, 5672, 6200, 6201, 6202, 8080, 8774, 8776, 8778, 8786, 9292, 9696, 9876, 11299, 14369, 25672];
/** Milliseconds: apt and the migrations of ten databases on a slow machine. */
const TIME_LIMIT = 30 * 60_000;

/** Starts the cloud for a run of the tests, and stops it afterwards; where it cannot be started the tests are given the reason. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const isRunning = process.env["GOVCLOUD_OPENSTACK_RUNNING"] === "1";
  const reason = isRunning ? undefined : await missing();
  if (reason !== undefined) {
    process.stderr.write(`test:cloud is skipped: ${reason}\n`);
    project.provide("openstack", { kind: "missing", reason });
    return undefined;
  }
  if (!isRunning) await start();
  project.provide("openstack", { kind: "running", facts: readFacts() });
  return isRunning ? undefined : async () => await run("down.sh");
}

/** Why no cloud can be started here. */
async function missing(): Promise<string | undefined> {
  if (process.platform !== "linux") return "OpenStack's packages are Debian's";
  const release = existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
  if (!/^VERSION_CODENAME=bookworm$/m.test(release)) return "this is not Debian 12 (bookworm)";
  if (process.getuid?.() !== 0) return "apt needs root";
  if (spawnSync("apt-get", ["--version"]).status !== 0) return "apt-get is not on PATH";
  for (const port of PORTS) if (!(await isFree(port))) return `port ${port} is in use`;
  return undefined;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<boolean>();
  server.once("error", () => resolve(false));
  server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  return await promise;
}

/** A start that failed half way leaves nothing running. */
async function start(): Promise<void> {
  try {
    await run("up.sh", "--fresh");
  } catch (error) {
    await run("down.sh");
    throw error;
  }
}

async function run(script: string, ...args: string[]): Promise<void> {
  const child = spawn("/bin/bash", [join(FOLDER, script), ...args], {
    stdio: ["ignore", "inherit", "inherit"],
    timeout: TIME_LIMIT,
    // Nothing of the caller's cloud or proxy reaches this one.
    env: {
      PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      HOME: homedir(),
      GOVCLOUD_OPENSTACK: cloudFolder(),
      ...aptProxy(),
    },
  });
  const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
  if (code !== 0) throw new Error(`Cannot run test/openstack/${script}: ${signal ?? `exit code ${code}`}`);
}

/** apt may need a proxy; the services are on loopback, which none of them asks a proxy for. */
function aptProxy(): Record<string, string> {
  const names = ["http_proxy", "https_proxy"];
  const set = names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] ?? ""]]));
  return { ...(Object.fromEntries(set) as Record<string, string>), no_proxy: "127.0.0.1,localhost" };
}

/** Folder of everything that the cloud writes. */
export function cloudFolder(): string {
  return process.env["GOVCLOUD_OPENSTACK"] ?? join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "govcloud/openstack");
}

function readFacts(): CloudFacts {
  return JSON.parse(readFileSync(join(cloudFolder(), "data/facts.json"), "utf8")) as CloudFacts;
}
