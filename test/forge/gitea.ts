import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildGitea } from "./build-gitea.ts";
import { freePort, GiteaServer, writeConfiguration } from "./gitea-server.ts";

/** Somebody with an account; the password serves pushes and the token the API, and the other way round. */
export interface GiteaUser {
  readonly login: string;
  readonly password: string;
  readonly token: string;
}

export interface Commit {
  readonly branch: string;
  /** What the files hold after the commit, by path; null takes one away. */
  readonly files: Readonly<Record<string, string | null>>;
  readonly message?: string;
  /** Branch that the commit is made on where `branch` is new; without it on an empty one. */
  readonly from?: string;
}

/** A Gitea of one's own, on loopback, empty but for its administrator. */
export interface Gitea {
  readonly kind: "running";
  /** `http://127.0.0.1:…`, without a slash at its end. */
  readonly url: string;
  readonly apiUrl: string;
  readonly admin: GiteaUser;
  /** Asks the API and returns the answer's JSON; throws where its status is no 2xx. */
  readonly api: <T = unknown>(method: string, path: string, options?: { readonly as?: GiteaUser; readonly body?: object }) => Promise<T>;
  /** With a token that may do everything, or what the scopes name. */
  readonly addUser: (login: string, scopes?: readonly string[]) => Promise<GiteaUser>;
  readonly addOrganization: (name: string, members?: readonly GiteaUser[]) => Promise<void>;
  /** An empty repository of a user or an organisation, with these users as collaborators that may write. */
  readonly addRepository: (project: string, writers?: readonly GiteaUser[]) => Promise<void>;
  /** A fork of somebody's own; returns its name. A request from it has the head `owner:branch`. */
  readonly fork: (project: string, as: GiteaUser) => Promise<string>;
  /** Address to clone from and push to, with a user's password in it. */
  readonly cloneUrl: (project: string, as: GiteaUser) => string;
  /** Commits and pushes over http, as a bureau would; returns the commit. */
  readonly push: (project: string, commit: Commit, as?: GiteaUser) => string;
  readonly openRequest: (
    project: string,
    request: { readonly head: string; readonly base?: string; readonly title?: string; readonly as?: GiteaUser },
  ) => Promise<number>;
  readonly merge: (project: string, request: number, as?: GiteaUser) => Promise<void>;
  /** Protects a branch; `rules` are those of the API, nothing allowed by default. */
  readonly protect: (project: string, branch: string, rules?: object) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export type StartedGitea = Gitea | { readonly kind: "missing"; readonly reason: string };

/** Builds Gitea where this machine has none yet, and starts it; says why the tests on it are skipped where it cannot. */
export async function startGitea(): Promise<StartedGitea> {
  const started = await start();
  if (started.kind === "missing") process.stderr.write(`Tests on a real Gitea are skipped: ${started.reason}\n`);
  return started;
}

async function start(): Promise<StartedGitea> {
  const built = await buildGitea();
  if (built.kind === "missing") return built;
  const isRoot = process.getuid?.() === 0;
  if (isRoot && spawnSync("setpriv", ["--version"]).status !== 0)
    return { kind: "missing", reason: "Gitea does not run as root, and there is no setpriv to run it as nobody" };
  const work = mkdtempSync(join(tmpdir(), "govcloud-gitea-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = new GiteaServer(work, isRoot);
  try {
    // Another user may not see this one's cache.
    cpSync(built.folder, join(work, "static"), { recursive: true });
    writeConfiguration(work, { port, user: isRoot ? "nobody" : userInfo().username });
    server.own();
    server.command(["migrate"]);
    const admin = server.addAdmin("root-of-forge");
    await server.start(url, admin);
    return gitea(url, admin, async () => await server.stop());
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function gitea(url: string, admin: GiteaUser, stop: () => Promise<void>): Gitea {
  const api: Gitea["api"] = async <T>(method: string, path: string, { as = admin, body }: { as?: GiteaUser; body?: object } = {}) => {
    const answer = await fetch(`${url}/api/v1/${path}`, {
      method,
      headers: { authorization: `token ${as.token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const words = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: HTTP ${answer.status} ${words}`);
    return (words === "" ? undefined : JSON.parse(words)) as T;
  };
  const cloneUrl: Gitea["cloneUrl"] = (project, { login, password }) => `${url.replace("://", `://${login}:${password}@`)}/${project}.git`;
  const clones = mkdtempSync(join(tmpdir(), "govcloud-gitea-clone-"));
  return {
    kind: "running",
    url,
    apiUrl: `${url}/api/v1`,
    admin,
    api,
    cloneUrl,
    addUser: async (login, scopes = ["all"]) => {
      const password = randomBytes(12).toString("hex");
      await api("POST", "admin/users", { body: { username: login, password, email: `${login}@example.org`, must_change_password: false } });
      const answer = await fetch(`${url}/api/v1/users/${login}/tokens`, {
        method: "POST",
        headers: { authorization: `Basic ${Buffer.from(`${login}:${password}`).toString("base64")}`, "content-type": "application/json" },
        body: JSON.stringify({ name: "test", scopes }),
      });
      if (!answer.ok) throw new Error(`token of ${login}: HTTP ${answer.status}`);
      return { login, password, token: ((await answer.json()) as { readonly sha1: string }).sha1 };
    },
    addOrganization: async (name, members = []) => {
      await api("POST", "orgs", { body: { username: name } });
      const [owners] = await api<readonly { readonly id: number }[]>("GET", `orgs/${name}/teams`);
      for (const { login } of members) await api("PUT", `teams/${owners?.id}/members/${login}`);
    },
    addRepository: async (project, writers = []) => {
      const [owner = "", name = ""] = project.split("/");
      const isOrganization = (await fetch(`${url}/api/v1/orgs/${owner}`, { headers: { authorization: `token ${admin.token}` } })).ok;
      await api("POST", isOrganization ? `orgs/${owner}/repos` : `admin/users/${owner}/repos`, { body: { name, default_branch: "main" } });
      for (const { login } of writers) await api("PUT", `repos/${project}/collaborators/${login}`, { body: { permission: "write" } });
    },
    fork: async (project, as) => {
      const { full_name: name } = await api<{ readonly full_name: string }>("POST", `repos/${project}/forks`, { as, body: {} });
      return name;
    },
    push: (project, { branch, files, from, message = "change" }, as = admin) => {
      const folder = mkdtempSync(join(clones, "clone-"));
      const git = (...args: string[]): string => {
        const { status, stdout, stderr } = spawnSync(
          "git",
          ["-C", folder, "-c", `user.name=${as.login}`, "-c", `user.email=${as.login}@example.org`, ...args],
          {
            encoding: "utf8",
            env: { PATH: process.env["PATH"], HOME: clones, GIT_CONFIG_NOSYSTEM: "1", GIT_TERMINAL_PROMPT: "0" },
          },
        );
        if (status !== 0) throw new Error(`git ${args[0]}: ${stderr.replaceAll(as.password, "***")}`);
        return stdout;
      };
      git("init", "-q", "-b", branch);
      const remote = cloneUrl(project, as);
      const known = git("ls-remote", "--heads", remote, `refs/heads/${branch}`) !== "";
      const start = known ? branch : from;
      if (start !== undefined) {
        git("fetch", "-q", remote, start);
        git("reset", "-q", "--hard", "FETCH_HEAD");
      }
      for (const [path, words] of Object.entries(files)) {
        if (words === null) rmSync(join(folder, path));
        else {
          mkdirSync(join(folder, path, ".."), { recursive: true });
          writeFileSync(join(folder, path), words);
        }
      }
      git("add", "-A");
      git("commit", "-qm", message);
      git("push", "-q", remote, `HEAD:refs/heads/${branch}`);
      const commit = git("rev-parse", "HEAD").trim();
      rmSync(folder, { recursive: true, force: true });
      return commit;
    },
    openRequest: async (project, { head, base = "main", title = "request", as = admin }) =>
      // A branch is known in the background, too: until then the answer is 404.
      await untilReady(/HTTP 404/, async () => {
        const { number } = await api<{ readonly number: number }>("POST", `repos/${project}/pulls`, { as, body: { head, base, title } });
        return number;
      }),
    merge: async (project, request, as = admin) =>
      // Whether it can be merged is worked out in the background: until then the answer is 405.
      await untilReady(/HTTP (405|409)/, async () => {
        await api("POST", `repos/${project}/pulls/${request}/merge`, { as, body: { Do: "merge" } });
      }),
    protect: async (project, branch, rules = {}) => {
      await api("POST", `repos/${project}/branch_protections`, {
        body: { rule_name: branch, enable_push: false, required_approvals: 1, ...rules },
      });
    },
    stop: async () => {
      rmSync(clones, { recursive: true, force: true });
      await stop();
    },
  };
}

/** Tries again what fails so, for some seconds. */
async function untilReady<T>(failure: RegExp, act: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await act();
    } catch (error) {
      if (attempt >= 20 || !failure.test((error as Error).message)) throw error;
      await sleep(300);
    }
  }
}
