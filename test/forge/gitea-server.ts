import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { GiteaUser } from "./gitea.ts";

/** Milliseconds: the first start makes a database. */
const TIME_LIMIT = 120_000;

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { readonly port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** Writes `app.ini`: everything below the work folder, nothing that reaches beyond this machine. */
export function writeConfiguration(work: string, { port, user }: { readonly port: number; readonly user: string }): void {
  const secret = () => randomBytes(32).toString("hex");
  for (const folder of ["data", "repositories", "home", "log", "custom"]) mkdirSync(join(work, folder));
  const sections: Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>> = {
    "": { APP_NAME: "test", RUN_MODE: "prod", RUN_USER: user, WORK_PATH: work },
    server: {
      PROTOCOL: "http",
      HTTP_ADDR: "127.0.0.1",
      HTTP_PORT: port,
      ROOT_URL: `http://127.0.0.1:${port}/`,
      STATIC_ROOT_PATH: join(work, "static"),
      APP_DATA_PATH: join(work, "data"),
      DISABLE_SSH: true,
      OFFLINE_MODE: true,
      LFS_START_SERVER: false,
    },
    database: { DB_TYPE: "sqlite3", PATH: join(work, "data", "gitea.db"), SQLITE_JOURNAL_MODE: "WAL" },
    repository: { ROOT: join(work, "repositories"), DEFAULT_BRANCH: "main" },
    security: { INSTALL_LOCK: true, SECRET_KEY: secret(), PASSWORD_HASH_ALGO: "pbkdf2_v1", MIN_PASSWORD_LENGTH: 8 },
    service: { DISABLE_REGISTRATION: true },
    oauth2: { ENABLED: false },
    actions: { ENABLED: true },
    log: { MODE: "console", LEVEL: "Warn", ROOT_PATH: join(work, "log") },
    indexer: { ISSUE_INDEXER_TYPE: "db", REPO_INDEXER_ENABLED: false },
    session: { PROVIDER: "memory" },
    mailer: { ENABLED: false },
    webhook: { ALLOWED_HOST_LIST: "loopback" },
    picture: { DISABLE_GRAVATAR: true },
    cron: { ENABLED: false },
  };
  const lines = Object.entries(sections).flatMap(([name, values]) => [
    ...(name === "" ? [] : [`[${name}]`]),
    ...Object.entries(values).map(([key, value]) => `${key} = ${value}`),
    "",
  ]);
  writeFileSync(join(work, "app.ini"), lines.join("\n"));
}

/** The program and its process. */
export class GiteaServer {
  readonly #work: string;
  readonly #isRoot: boolean;
  #process: ChildProcess | undefined;
  #words = "";
  constructor(work: string, isRoot: boolean) {
    this.#work = work;
    this.#isRoot = isRoot;
  }

  /** Gives everything to whoever will run it. */
  own(): void {
    if (!this.#isRoot) return;
    chmodSync(this.#work, 0o755);
    const { status, stderr } = spawnSync("chown", ["-R", "nobody", this.#work], { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  }

  command(args: readonly string[]): string {
    const [program = "", ...all] = this.#line(args);
    const { status, stdout, stderr } = spawnSync(program, all, {
      cwd: this.#work,
      env: this.#environment(),
      encoding: "utf8",
      timeout: TIME_LIMIT,
    });
    if (status !== 0) throw new Error(`gitea ${args.join(" ")}: ${stderr}${stdout}`);
    return stdout;
  }

  addAdmin(login: string): GiteaUser {
    const password = randomBytes(12).toString("hex");
    const email = `${login}@example.org`;
    this.command([
      "admin",
      "user",
      "create",
      "--admin",
      "--username",
      login,
      "--password",
      password,
      "--email",
      email,
      "--must-change-password=false",
    ]);
    const printed = this.command([
      "admin",
      "user",
      "generate-access-token",
      "--username",
      login,
      "--token-name",
      "test",
      "--scopes",
      "all",
      "--raw",
    ]);
    // A busy machine's log ("slow query") stands beside it.
    const [token] = /^[0-9a-f]{40}$/m.exec(printed) ?? [];
    if (token === undefined) throw new Error(`gitea printed no token: ${printed}`);
    return { login, password, token };
  }

  async start(url: string, { token }: GiteaUser): Promise<void> {
    const [program = "", ...args] = this.#line(["web"]);
    const running = spawn(program, args, { cwd: this.#work, env: this.#environment(), stdio: ["ignore", "pipe", "pipe"] });
    this.#process = running;
    for (const stream of [running.stdout, running.stderr])
      stream.on("data", (chunk: Buffer) => {
        this.#words = `${this.#words}${chunk}`.slice(-20_000);
      });
    process.once("exit", this.#kill);
    const deadline = Date.now() + TIME_LIMIT;
    while (Date.now() < deadline && running.exitCode === null) {
      // Asked with the token, so that no other server that took the port is taken for this one.
      const answer = await fetch(`${url}/api/v1/user`, { headers: { authorization: `token ${token}` } }).catch(() => undefined);
      if (answer?.ok === true) return;
      await sleep(200);
    }
    throw new Error(`Gitea did not start: ${this.#words}`);
  }

  async stop(): Promise<void> {
    const running = this.#process;
    if (running !== undefined && running.exitCode === null && running.signalCode === null) {
      const ended = once(running, "exit");
      running.kill("SIGTERM");
      const patience = setTimeout(() => running.kill("SIGKILL"), 10_000);
      await ended;
      clearTimeout(patience);
    }
    process.off("exit", this.#kill);
    rmSync(this.#work, { recursive: true, force: true, maxRetries: 5 });
  }

  readonly #kill = (): void => {
    this.#process?.kill("SIGKILL");
  };

  #line(args: readonly string[]): readonly string[] {
    const gitea = [join(this.#work, "static", "gitea"), ...args, "--config", join(this.#work, "app.ini"), "--work-path", this.#work];
    return this.#isRoot ? ["setpriv", "--reuid=nobody", "--clear-groups", "--", ...gitea] : gitea;
  }

  /** Nothing of this machine's settings, least of all a Git that a test runs under. */
  #environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env["PATH"],
      HOME: join(this.#work, "home"),
      USER: this.#isRoot ? "nobody" : userInfo().username,
      GITEA_WORK_DIR: this.#work,
    };
  }
}
