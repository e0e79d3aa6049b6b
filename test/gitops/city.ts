import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll } from "vitest";
import { parse } from "yaml";
import { readDirectoryTree } from "../../catalog/source/tree.ts";
import type { AffectedResult } from "../../scripts/affected/result.ts";
import type { ApproveResult, CollectedResult } from "../../scripts/approval/approve-result.ts";
import type { Delivery } from "../../scripts/delivery/delivery.ts";
import type { SystemToPlan } from "../../scripts/engine/plan-online.ts";
import type { PlanResult } from "../../scripts/plan/result.ts";
import type { ApplyResult } from "../../scripts/render/apply-text.ts";
import type { Gitea, GiteaUser } from "../forge/gitea.ts";
import type { Approver } from "../scripts/approval/keys.ts";
import { type Program, program } from "../scripts/approval/program.ts";
import { environmentIn, saveFixture, stackOf } from "../scripts/engine/fixtures.ts";
import type { Outcome } from "../scripts/run.ts";

export const PROJECT = "city/cloud";

/** What the pipeline of a request said. */
export interface Planned {
  readonly check: number | null;
  readonly plan: number | null;
  readonly result: PlanResult;
  /** The plan's JSON, and the request's tree that it was made from. */
  readonly file: string;
  readonly tree: string;
}

/** A merge on the protected branch: what was there before, and what it touches. */
export interface Merged {
  readonly request: number;
  readonly before: string;
  readonly after: string;
  readonly affected: AffectedResult;
}

/** A merge's plan as `plan --online --save` leaves it. */
export interface Saved {
  readonly merged: Merged;
  readonly folder: string;
  readonly result: PlanResult;
}

export interface Applied {
  readonly code: number | null;
  readonly result: ApplyResult;
  /** What this apply recorded. */
  readonly deliveries: readonly Delivery[];
}

/** A comment of the pipeline's own, or an approval. */
interface Comment {
  readonly id: number;
  readonly body: string;
}

/**
 * A city's cloud on a Gitea: the checkout of the protected branch in which its jobs run, as .github/workflows/ has them call the commands. In place of
 * a cloud stands a folder: the engine makes `terraform_data` for each declared server, and a file there with a stack's name refuses that stack another.
 */
export class City {
  readonly gitea: Gitea;
  readonly bot: GiteaUser;
  readonly program: Program;
  readonly cloud: string;
  readonly work = mkdtempSync(join(tmpdir(), "govcloud-city-"));
  /** Day of every plan. */
  at = "2026-01-15";
  #runs = 0;
  /** Branches of the requests. */
  readonly #branches = new Map<number, string>();

  private constructor(gitea: Gitea, bot: GiteaUser, approvers: readonly Approver[]) {
    this.gitea = gitea;
    this.bot = bot;
    this.program = program(approvers);
    this.cloud = this.#folder("cloud");
    afterAll(() => rmSync(this.work, { recursive: true, force: true }));
  }

  static async on(gitea: Gitea, { writers, approvers }: { writers: readonly GiteaUser[]; approvers: readonly Approver[] }): Promise<City> {
    const bot = await gitea.addUser("pipeline", ["read:user", "read:repository", "write:issue"]);
    await gitea.addOrganization("city");
    await gitea.addRepository(PROJECT, [bot, ...writers]);
    const city = new City(gitea, bot, approvers);
    // The whole program is in the repository, or a merge would seem to bring its code.
    writeFileSync(join(city.program.folder, ".gitignore"), "node_modules\n");
    city.program.git("add", "--all");
    city.program.commit("operator@cloud.example.org", {});
    city.program.git("remote", "add", "origin", gitea.cloneUrl(PROJECT, gitea.admin));
    city.program.git("push", "--quiet", "origin", "main");
    await gitea.protect(PROJECT, "main", { required_approvals: 0 });
    return city;
  }

  /** A request with these files; on its own branch, opened by who wrote it. */
  async request(as: GiteaUser, branch: string, files: Readonly<Record<string, string | null>>, title = branch): Promise<number> {
    this.gitea.push(PROJECT, { branch, from: "main", files, message: title }, as);
    const request = await this.gitea.openRequest(PROJECT, { head: branch, title, as });
    this.#branches.set(request, branch);
    return request;
  }

  /** Another commit on a request's branch. */
  commit(as: GiteaUser, branch: string, files: Readonly<Record<string, string | null>>): void {
    this.gitea.push(PROJECT, { branch, files }, as);
  }

  /** The forge's own button. */
  async rebase(request: number, as: GiteaUser): Promise<void> {
    await this.gitea.api("POST", `repos/${PROJECT}/pulls/${request}/update?style=rebase`, { as });
  }

  /** request.yml: the protected branch's program checks and plans the request's tree, and tells it on the request. */
  async planRequest(request: number): Promise<Planned> {
    const run = this.#folder(`request-${request}-${this.#runs}`);
    const { git } = this.program;
    const head = await this.#headOf(request);
    git("fetch", "--quiet", "origin", "+refs/heads/*:refs/remotes/origin/*", `refs/pull/${request}/head`);
    const tree = join(run, "tree");
    git("worktree", "add", "--quiet", "--detach", tree, head);
    const base = git("merge-base", "origin/main", head);
    const file = join(run, "plan.json");
    const trees = ["--tree", tree, "--base", base, "--at", this.at];
    const check = this.#govcloud(["check", ...trees]);
    const plan = this.#govcloud(["plan", ...trees, "--report", `json=${file}`]);
    if (!existsSync(file)) throw new Error(plan.stderr);
    const event = { pull_request: { number: request, head: { sha: head } } };
    const told = this.#govcloud(["comment", "--plan", file], this.#ci(event));
    if (told.code !== 0) throw new Error(told.stderr);
    return { check: check.code, plan: plan.code, result: readJson(file), file, tree };
  }

  /** Merges by the forge, and looks what that touches. */
  async merge(request: number): Promise<Merged> {
    const { git } = this.program;
    const before = git("rev-parse", "HEAD");
    await this.gitea.merge(PROJECT, request);
    git("fetch", "--quiet", "origin", "main");
    git("reset", "--quiet", "--hard", "FETCH_HEAD");
    const { code, stdout, stderr } = this.#govcloud(["affected", "--base", before, "--max-jobs", "4", "--format", "json"]);
    if (code !== 0) throw new Error(stderr);
    return { request, before, after: git("rev-parse", "HEAD"), affected: JSON.parse(stdout) as AffectedResult };
  }

  /** provision.yml, job plan: what the merge says of its systems, and what the engine plans for them on the fixture stacks. */
  async planMerged(merged: Merged): Promise<Saved> {
    const run = this.#folder(`merge-${merged.request}-${this.#runs}`);
    const ids = merged.affected.systems.map(({ id }) => id);
    const [systems, file] = [join(run, "systems.txt"), join(run, "offline.json")];
    writeFileSync(systems, `${ids.join("\n")}\n`);
    const args = ["--systems-from", systems, "--base", merged.before, "--at", this.at, "--report", `json=${file}`];
    const { stderr } = this.#govcloud(["plan", ...args]);
    if (!existsSync(file)) throw new Error(stderr);
    const folder = join(run, "plan");
    const offline = readJson<PlanResult>(file);
    const engine = { kind: "OpenTofu", version: "1", cloud: true, asked: 0, unasked: ids, failures: [] } as const;
    await saveFixture(
      this.work,
      folder,
      ids.map((id) => this.#stackOf(id, offline)),
      {
        verdict: offline.verdict as "accepted" | "refused",
        planned: { result: { ...offline, engine }, tree: readDirectoryTree(this.program.folder) },
      },
    );
    return { merged, folder, result: readJson(join(folder, "plan.json")) };
  }

  /** Somebody looks at a plan and signs it, on the request. */
  approve(
    who: Approver,
    as: GiteaUser,
    { plan, request, tree = this.program.folder, base }: { plan: string; request: number; tree?: string; base?: string },
  ): { readonly code: number | null; readonly result: ApproveResult } {
    const key = join(this.work, "key.pem");
    writeFileSync(key, who.privatePem, { mode: 0o600 });
    const { role, bureau } = who.listed;
    const outcome = this.#govcloud(
      [
        ...["approve", "--plan", plan, "--role", role, ...(bureau === null ? [] : ["--bureau", bureau]), "--key", key],
        ...["--tree", tree, ...(base === undefined ? [] : ["--base", base]), "--out", join(this.work, "approval.json")],
        ...["--post", "--forge", "gitea", "--url", this.gitea.apiUrl, "--project", PROJECT, "--request", String(request)],
        ...["--format", "json"],
      ],
      { GITEA_TOKEN: as.token },
    );
    if (outcome.stdout === "") throw new Error(outcome.stderr);
    return { code: outcome.code, result: JSON.parse(outcome.stdout) as ApproveResult };
  }

  /** Whether the approvals on a request hold for a plan of it: by holder, why not. */
  async verify(planned: Planned, request: number): Promise<Readonly<Record<string, readonly string[]>>> {
    const folder = this.#folder(`collected-${this.#runs}`);
    const collected = this.#collect(folder, { request });
    return Object.fromEntries(
      collected.approvals.map(({ holder, file }) => {
        const { stdout, stderr } = this.#govcloud([
          ...["approve", "--plan", planned.file, "--verify", join(folder, file), "--tree", planned.tree, "--format", "json"],
        ]);
        if (stdout === "") throw new Error(stderr);
        return [holder, (JSON.parse(stdout) as ApproveResult).refusals.map(({ message }) => message)];
      }),
    );
  }

  /** provision.yml, jobs apply and report: collects what was approved, applies, records, and tells it on the request. */
  apply({ merged, folder }: Saved): Applied {
    const run = this.#folder(`apply-${merged.request}-${this.#runs}`);
    const [approvals, applied, deliveries] = [join(run, "approvals"), join(run, "applied.json"), join(run, "deliveries.jsonl")];
    // The push names no request: the forge tells whose merge it was.
    const ci = { ...this.#ci({ ref: "refs/heads/main", after: merged.after }), GITHUB_SHA: merged.after };
    this.#collect(approvals, { env: ci });
    const outcome = this.#govcloud(
      [
        ...["apply", "--plan", folder, "--base", merged.before, "--approvals", approvals],
        ...["--format", "json", "--out", applied, "--deliveries", deliveries],
      ],
      { ...environmentIn(this.work), ...ci },
    );
    if (!existsSync(applied)) throw new Error(outcome.stderr);
    const told = this.#govcloud(["comment", "--applied", applied], ci);
    if (told.code !== 0) throw new Error(told.stderr);
    const lines = existsSync(deliveries) ? readFileSync(deliveries, "utf8").split("\n").slice(0, -1) : [];
    return { code: outcome.code, result: readJson(applied), deliveries: lines.map((line) => JSON.parse(line) as Delivery) };
  }

  /** Whether the cloud has no room for another server of a system. */
  refuses(system: string, full: boolean): void {
    const mark = join(this.cloud, system.replace("/", "--"));
    if (full) writeFileSync(mark, "");
    else rmSync(mark);
  }

  /** The pipeline's comments of a kind on a request: there is one. */
  async comment(request: number, kind: "plan" | "applied"): Promise<Comment> {
    const all = await this.gitea.api<readonly (Comment & { readonly user: { readonly login: string } })[]>(
      "GET",
      `repos/${PROJECT}/issues/${request}/comments`,
    );
    const own = all.filter(({ user, body }) => user.login === this.bot.login && body.startsWith(`<!-- govcloud:${kind} -->`));
    const [only] = own;
    if (only === undefined || own.length > 1) throw new Error(`${own.length} comments on ${request} about ${kind}`);
    return only;
  }

  async labels(request: number): Promise<readonly string[]> {
    const labels = await this.gitea.api<readonly { readonly name: string }[]>("GET", `repos/${PROJECT}/issues/${request}/labels`);
    return labels.map(({ name }) => name).sort();
  }

  /** The request's commit, once the forge shows the one that its branch has: it takes note of pushes in the background. */
  async #headOf(request: number): Promise<string> {
    const names = [`refs/heads/${this.#branches.get(request)}`, `refs/pull/${request}/head`];
    for (let waited = 0; waited < 20_000; waited += 200) {
      const refs = this.program.git("ls-remote", "origin", ...names).split("\n");
      const { head } = await this.gitea.api<{ readonly head: { readonly sha: string } }>("GET", `repos/${PROJECT}/pulls/${request}`);
      const commits = new Set([head.sha, ...refs.map((line) => line.slice(0, 40))]);
      if (refs.length === names.length && commits.size === 1) return head.sha;
      await sleep(200);
    }
    throw new Error(`The forge does not show what was pushed to request ${request}`);
  }

  #collect(folder: string, { request, env = {} }: { request?: number; env?: NodeJS.ProcessEnv }): CollectedResult {
    const named = ["--forge", "gitea", "--url", this.gitea.apiUrl, "--project", PROJECT];
    const which = request === undefined ? [] : ["--request", String(request)];
    const { code, stdout, stderr } = this.#govcloud(["approve", "--collect", folder, "--format", "json", ...named, ...which], {
      GITEA_TOKEN: this.bot.token,
      ...env,
    });
    if (code !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as CollectedResult;
  }

  /** A resource for each declared server, and one for the system. None for what is retired, nor for what no request of this test ever changed. */
  #stackOf(id: string, { systems }: PlanResult): SystemToPlan {
    const stack = id.replace("/", "--");
    const changes = systems.some((system) => system.id === id && system.change !== "unchanged");
    if (!changes && !existsSync(join(this.work, "state", `${stack}.tfstate`))) return { id, stack, json: {} };
    const declared = parse(readFileSync(join(this.program.folder, "stacks/tenants", `${id}.yaml`), "utf8")) as Declared;
    if (declared.stage === "retired") return { id, stack, json: {} };
    const command = `test ! -e '${join(this.cloud, stack)}'`;
    const servers = Object.entries(declared.servers ?? {}).flatMap(([name, { count = 1, ...size }]) =>
      Array.from({ length: count }, (_, index) => [`${name}-${index}`, { input: JSON.stringify(size), command }] as const),
    );
    return stackOf(stack, { project: { input: declared.name }, ...Object.fromEntries(servers) });
  }

  #govcloud(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Outcome {
    return this.program.run([...args, "--lang", "en"], environment);
  }

  /** The variables of a job on Gitea. */
  #ci(event: object): NodeJS.ProcessEnv {
    this.#runs += 1;
    const file = join(this.work, "event.json");
    writeFileSync(file, JSON.stringify(event));
    return {
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITEA_ACTIONS: "true",
      GITHUB_API_URL: this.gitea.apiUrl,
      GITHUB_SERVER_URL: this.gitea.url,
      GITHUB_REPOSITORY: PROJECT,
      GITHUB_RUN_ID: String(this.#runs),
      GITHUB_EVENT_PATH: file,
      GITEA_TOKEN: this.bot.token,
    };
  }

  #folder(name: string): string {
    const folder = join(this.work, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }
}

interface Declared {
  readonly name: string;
  readonly stage: string;
  readonly servers?: Readonly<Record<string, { readonly count?: number }>>;
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, "utf8")) as T;
}
