import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { until } from "./by-hand.ts";
import { cloudFolder } from "./start.ts";

/** One process of the loopback cloud, by the name that up.sh gives it; killed and frozen as crashes and hangs do it. */
export class CloudService {
  readonly #name: string;
  readonly #port: number | undefined;
  /** How it was started, for it to be started again. */
  #command: { readonly args: readonly string[]; readonly environment: NodeJS.ProcessEnv } | undefined;

  /** `port` is where its API listens, if it has one. */
  constructor(name: string, port?: number) {
    this.#name = name;
    this.#port = port;
  }

  /** Stops it without a word to anybody. */
  async kill(): Promise<void> {
    const pid = this.#pid();
    this.#command ??= {
      args: listOf(`/proc/${pid}/cmdline`),
      environment: Object.fromEntries(listOf(`/proc/${pid}/environ`).map((line) => line.split(/=(.*)/s).slice(0, 2))),
    };
    process.kill(-pid, "SIGKILL");
    await until(`the end of ${this.#name}`, async () => (isAlive(pid) ? undefined : true));
  }

  /** Starts it again; returns when its API answers. */
  async start(): Promise<void> {
    const [program = "", ...args] = this.#command?.args ?? [];
    const log = openSync(join(cloudFolder(), "log", `${this.#name}.log`), "a");
    const child = spawn(program, args, { env: this.#command?.environment, detached: true, stdio: ["ignore", log, log] });
    closeSync(log);
    child.unref();
    writeFileSync(this.#pidFile(), `${child.pid}\n`);
    await this.answers();
  }

  /** Until its API answers anything at all. */
  async answers(): Promise<void> {
    if (this.#port === undefined) return;
    await until(`an answer of ${this.#name}`, async () => {
      const answer = await fetch(`http://127.0.0.1:${this.#port}/`, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
      return answer === undefined ? undefined : true;
    });
  }

  /** It keeps its port and takes connections, and answers none of them. */
  freeze(): void {
    process.kill(-this.#pid(), "SIGSTOP");
  }

  thaw(): void {
    process.kill(-this.#pid(), "SIGCONT");
  }

  /** In the place of one that was killed: what a load balancer says whose service is gone. */
  async unavailable(): Promise<Server> {
    const server = createServer((_, response) => response.writeHead(503, { "content-type": "text/html" }).end("<h1>503</h1>"));
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
    return server;
  }

  #pidFile(): string {
    return join(cloudFolder(), "run", `${this.#name}.pid`);
  }

  #pid(): number {
    return Number(readFileSync(this.#pidFile(), "utf8"));
  }
}

function listOf(path: string): string[] {
  return readFileSync(path, "utf8").split("\0").slice(0, -1);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // Its parent may be long in taking notice.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
