import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll } from "vitest";
import type { AffectedResult } from "../../scripts/affected/result.ts";
import type { ApproveResult, CollectedResult } from "../../scripts/approval/approve-result.ts";
import type { Delivery } from "../../scripts/delivery/delivery.ts";
import type { PlanResult } from "../../scripts/plan/result.ts";
import type { ApplyResult } from "../../scripts/render/apply-text.ts";
import type { Gitea, GiteaUser } from "../forge/gitea.ts";
import type { Approver } from "../scripts/approval/keys.ts";
import { type Program, program } from "../scripts/approval/program.ts";
import { environmentIn } from "../scripts/engine/fixtures.ts";
import { type Outcome, ROOT } from "../scripts/run.ts";
import type { CityCloud } from "./city-cloud.ts";
import { runStep } from "./provision.ts";

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

/** A merge on the protected branch: what was there before, and the jobs that provision it, the platform's first. */
export interface Merged {
  readonly request: number;
  readonly before: string;
  readonly after: string;
  readonly groups: readonly string[];
}

/** A group's plan, as its job leaves it for those who approve. */
export interface Saved {
  readonly group: string;
  readonly folder: string;
  readonly result: PlanResult;
}

/** What the apply of one group did. */
export interface AppliedGroup {
  readonly group: string;
  readonly code: number | null;
  readonly result: ApplyResult;
}

export interface Applied {
  readonly groups: readonly AppliedGroup[];
  /** What these applies recorded. */
  readonly deliveries: readonly Delivery[];
}

/** A comment of the pipeline's own, or an approval. */
interface Comment {
  readonly id: number;
  readonly body: string;
}

/** A city's cloud on a Gitea: the checkout of the protected branch, in which the scripts of .github/workflows/provision.yml run as they stand there. */
export class City {
  readonly gitea: Gitea;
  readonly bot: GiteaUser;
  readonly cloud: CityCloud;
  readonly program: Program;
  readonly work = mkdtempSync(join(tmpdir(), "govcloud-city-"));
  /** Day of every plan. */
  at = "2026-01-15";
  /** Scripts of the provision workflow that were run. */
  readonly ran = new Set<string>();
  #runs = 0;
  /** Branches of the requests. */
  readonly #branches = new Map<number, string>();

  private constructor(gitea: Gitea, bot: GiteaUser, { cloud, approvers }: { cloud: CityCloud; approvers: readonly Approver[] }) {
    this.gitea = gitea;
    this.bot = bot;
    this.cloud = cloud;
    this.program = program(approvers);
    const bin = this.#folder("bin");
    const executable = (name: string, script: string) => writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    // npm run <command> -- <options>; beside these the day, for the samples' contract has a term, and few jobs, for each plans and is approved by itself.
    const more = `case "$command" in plan | apply) set -- "$@" --at "$FIXTURE_DAY";; affected) set -- "$@" --max-jobs 3;; esac`;
    executable("npm", `command="$2"\nshift 3\n${more}\nexec '${process.execPath}' scripts/govcloud.ts "$command" "$@"`);
    afterAll(() => rmSync(this.work, { recursive: true, force: true }));
  }

  static async on(
    gitea: Gitea,
    { writers, ...options }: { writers: readonly GiteaUser[]; approvers: readonly Approver[]; cloud: CityCloud },
  ): Promise<City> {
    const bot = await gitea.addUser("pipeline", ["read:user", "read:repository", "write:issue"]);
    await gitea.addOrganization("city");
    await gitea.addRepository(PROJECT, [bot, ...writers]);
    const city = new City(gitea, bot, options);
    const { folder, git, commit } = city.program;
    options.cloud.moveIn(folder);
    // The whole program is in the repository, or a merge would seem to bring its code.
    writeFileSync(join(folder, ".gitignore"), readFileSync(join(ROOT, ".gitignore"), "utf8").replace("node_modules/", "node_modules"));
    git("add", "--all");
    commit("operator@cloud.example.org", {});
    git("remote", "add", "origin", gitea.cloneUrl(PROJECT, gitea.admin));
    git("push", "--quiet", "origin", "main");
    await gitea.protect(PROJECT, "main", { required_approvals: 0 });
    await options.cloud.build({
      states: city.#folder("state"),
      work: city.#folder("standing"),
      environment: city.runner(),
      govcloud: (args) => city.#govcloud([...args, "--at", city.at]),
    });
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

  /** Merges by the forge; the job `affected` tells which groups that touches. */
  async merge(request: number): Promise<Merged> {
    const { git, folder } = this.program;
    const before = git("rev-parse", "HEAD");
    await this.gitea.merge(PROJECT, request);
    git("fetch", "--quiet", "origin", "main");
    git("reset", "--quiet", "--hard", "FETCH_HEAD");
    const merged = { request, before, after: git("rev-parse", "HEAD"), groups: [] };
    for (const left of ["groups", "outputs.txt"]) rmSync(join(folder, left), { recursive: true, force: true });
    const outputs = join(this.work, "outputs");
    writeFileSync(outputs, "");
    await this.#step("affected/Affected", merged, "", { GITHUB_OUTPUT: outputs });
    const told = new Map(
      readFileSync(outputs, "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => line.split(/=(.*)/s) as [string, string]),
    );
    const { include } = JSON.parse(told.get("matrix") ?? "") as { readonly include: readonly { readonly group: string }[] };
    const platform = told.get("platform") === "true" ? ["platform"] : [];
    return { ...merged, groups: [...platform, ...(told.get("systems") === "true" ? include.map(({ group }) => group) : [])] };
  }

  /** What a merge touches, and why. */
  affected({ before }: Merged): AffectedResult {
    const { code, stdout, stderr } = this.#govcloud(["affected", "--base", before, "--format", "json"]);
    if (code !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as AffectedResult;
  }

  /** The jobs `plan` of a merge, or all of them again. */
  async planMerged(merged: Merged): Promise<readonly Saved[]> {
    const { folder } = this.program;
    rmSync(join(folder, "plans"), { recursive: true, force: true });
    const saved: Saved[] = [];
    for (const group of merged.groups) {
      const { code, stdout, stderr } = await this.#step(jobOf("plan", group), merged, group);
      const plan = join(folder, "plans", group);
      if (!existsSync(join(plan, "plan.json"))) throw new Error(`${code}: ${stderr}${stdout}`);
      saved.push({ group, folder: plan, result: readJson(join(plan, "plan.json")) });
    }
    return saved;
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
    const collected = this.#collect(folder, request);
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

  /** The jobs `apply` of a merge, and the report of them all on its request. */
  async apply(merged: Merged): Promise<Applied> {
    const applied = join(this.program.folder, "applied");
    rmSync(applied, { recursive: true, force: true });
    const groups: AppliedGroup[] = [];
    for (const group of merged.groups) {
      rmSync(join(this.program.folder, "applied/approvals"), { recursive: true, force: true });
      const { code, stderr } = await this.#step(jobOf("apply", group), merged, group);
      const file = join(applied, `${group}.json`);
      if (!existsSync(file)) throw new Error(stderr);
      groups.push({ group, code, result: readJson(file) });
    }
    const told = await this.#step("report/Report", merged, "");
    if (told.code !== 0) throw new Error(told.stderr);
    const lines = globSync(join(applied, "*.deliveries.jsonl")).flatMap((file) => readFileSync(file, "utf8").split("\n").slice(0, -1));
    return { groups, deliveries: lines.map((line) => JSON.parse(line) as Delivery) };
  }

  /** Where a system's stack was planned last. */
  stackFolder(system: string): string {
    const stack = system.replace("/", "--");
    return join(this.program.folder, "plans", stack, "stacks", stack);
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

  #collect(folder: string, request: number): CollectedResult {
    const named = ["--forge", "gitea", "--url", this.gitea.apiUrl, "--project", PROJECT, "--request", String(request)];
    const { code, stdout, stderr } = this.#govcloud(["approve", "--collect", folder, "--format", "json", ...named], {
      GITEA_TOKEN: this.bot.token,
    });
    if (code !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as CollectedResult;
  }

  /** A script of provision.yml, for a group. The push names no request: the forge tells whose merge it was. */
  async #step(name: string, { before, after }: Merged, group: string, more: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    this.ran.add(name);
    const context = {
      "inputs.base || github.event.before": before,
      "matrix.group": group,
      "matrix.systems_file": `groups/${group}.txt`,
      "github.token": this.bot.token,
      "secrets.OS_USERNAME": this.cloud.secrets.OS_USERNAME,
      "secrets.OS_PASSWORD": this.cloud.secrets.OS_PASSWORD,
      "secrets.KUBE_TOKEN": this.cloud.secrets.KUBE_TOKEN,
      "secrets.GOVCLOUD_STATE": join(this.work, "state"),
      "secrets.GOVCLOUD_STATE_PASSPHRASE": "",
      "vars.GOVCLOUD_APPROVALS": "",
      "vars.GOVCLOUD_RECORD": "",
    };
    const { GITEA_TOKEN: _, ...ci } = this.#ci({ ref: "refs/heads/main", before, after });
    const environment = { ...this.runner(), ...ci, GITHUB_SHA: after, FIXTURE_DAY: this.at, ...more };
    return await runStep(name, { folder: this.program.folder, context, environment });
  }

  /** The environment of the runner: the stand-ins come first. */
  runner(): NodeJS.ProcessEnv {
    const bin = join(this.work, "bin");
    const more = { PATH: `${bin}:${process.env["PATH"]}`, LANG: "C", GOVCLOUD_ENGINE: this.cloud.engine };
    return environmentIn(this.work, { ...more, ...this.cloud.environment });
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

/** The platform has jobs of its own; each group one of the matrix. */
function jobOf(step: "plan" | "apply", group: string): string {
  const name = { plan: "Plan", apply: "Apply" }[step];
  return group === "platform" ? `${step}-platform/${name}` : `${step}/${name}`;
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, "utf8")) as T;
}
