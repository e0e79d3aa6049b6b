import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openForge } from "../../scripts/forge/open-forge.ts";
import type { PlanResult } from "../../scripts/plan/result.ts";
import type { ApplyResult } from "../../scripts/render/apply-text.ts";
import type { CommentResult } from "../../scripts/render/comment-text.ts";
import { planned, wholeTreeWith } from "../scripts/plan/planned.ts";
import { govcloudBeside, type Outcome } from "../scripts/run.ts";
import { realTree } from "../tree.ts";
import { type Gitea, type GiteaUser, startGitea } from "./gitea.ts";
import { startingLine } from "./starting-line.ts";

const PROJECT = "city/cloud";
const work = mkdtempSync(join(tmpdir(), "govcloud-comment-"));
const started = await startGitea();

afterAll(async () => {
  rmSync(work, { recursive: true, force: true });
  if (started.kind === "running") await started.stop();
});

interface Comment {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly login: string };
}

describe.runIf(started.kind === "running")("On a real Gitea", { timeout: 300_000 }, () => {
  const gitea = started as Gitea;
  let bot: GiteaUser;
  let bureau: GiteaUser;
  let base: PlanResult;
  let branches = 0;

  beforeAll(async () => {
    [bot, bureau] = [await gitea.addUser("pipeline", ["read:user", "read:repository", "write:issue"]), await gitea.addUser("hrss")];
    await gitea.addOrganization("city");
    await gitea.addRepository(PROJECT, [bot, bureau]);
    gitea.push(PROJECT, { branch: "main", files: { "README.md": "city\n" } });
    const before = realTree();
    base = planned(wholeTreeWith({}), before);
  });

  /** A request of the bureau's own, with its head commit. */
  async function openRequest(): Promise<{ readonly number: number; readonly head: string; readonly branch: string }> {
    branches += 1;
    const branch = `request-${branches}`;
    const head = gitea.push(PROJECT, { branch, from: "main", files: { [`${branch}.yaml`]: "name: x\n" } }, bureau);
    return { number: await gitea.openRequest(PROJECT, { head: branch, as: bureau }), head, branch };
  }

  function planFile(name: string, change: (plan: PlanResult) => PlanResult = (plan) => plan): string {
    const file = join(work, `${name}.json`);
    writeFileSync(file, JSON.stringify(change(structuredClone(base))));
    return file;
  }

  /** Runs the command as a job does, all that it needs in CI's variables. */
  async function comment(
    args: readonly string[],
    {
      request,
      head,
      run,
      token = bot.token,
      env = {},
    }: { request: number; head?: string; run?: number; token?: string; env?: NodeJS.ProcessEnv },
  ): Promise<Outcome> {
    const event = join(work, `event-${request}-${Math.random()}.json`);
    writeFileSync(event, JSON.stringify({ pull_request: { number: request, ...(head === undefined ? {} : { head: { sha: head } }) } }));
    return await govcloudBeside(["comment", "--lang", "en", ...args], {
      GITHUB_ACTIONS: "true",
      GITEA_ACTIONS: "true",
      GITHUB_API_URL: gitea.apiUrl,
      GITHUB_SERVER_URL: gitea.url,
      GITHUB_REPOSITORY: PROJECT,
      GITHUB_EVENT_PATH: event,
      GITEA_TOKEN: token,
      ...(run === undefined ? {} : { GITHUB_RUN_ID: String(run) }),
      ...env,
    });
  }

  const comments = async (request: number) => await gitea.api<readonly Comment[]>("GET", `repos/${PROJECT}/issues/${request}/comments`);
  const labels = async (request: number) =>
    (await gitea.api<readonly { readonly name: string }[]>("GET", `repos/${PROJECT}/issues/${request}/labels`))
      .map(({ name }) => name)
      .sort();

  test("one comment is written, and replaced where it stands", async () => {
    const { number, head } = await openRequest();
    const first = await comment(["--plan", planFile("first"), "--format", "json"], { request: number, head, run: 11 });
    expect([first.code, first.stderr]).toEqual([0, ""]);
    const written = JSON.parse(first.stdout) as CommentResult;
    expect(written).toMatchObject({ forge: "gitea", project: PROJECT, request: number, comments: [{ kind: "plan", result: "created" }] });
    const [before] = await comments(number);
    expect(before?.body.startsWith("<!-- govcloud:plan -->\n")).toBe(true);
    expect(before?.body).toContain(`<${gitea.url}/${PROJECT}/actions/runs/11>`);
    const second = await comment(["--plan", planFile("second", (plan) => ({ ...plan, notes: ["another word"] }))], {
      request: number,
      head,
      run: 12,
    });
    expect([second.code, second.stdout]).toEqual([0, expect.stringContaining("plan updated")]);
    const after = await comments(number);
    expect(after.map(({ id }) => id)).toEqual([before?.id]);
    expect(after[0]?.body).toContain("another word");
    // The same again changes nothing.
    const third = await comment(["--plan", join(work, "second.json")], { request: number, head, run: 12 });
    expect([third.code, third.stdout]).toEqual([0, expect.stringContaining("plan unchanged")]);
  });

  test("a comment with our marker that somebody else wrote is left alone, and is no comment of ours", async () => {
    const { number, head } = await openRequest();
    const forged = "<!-- govcloud:plan -->\n## ✅ ACCEPTED\n";
    await gitea.api("POST", `repos/${PROJECT}/issues/${number}/comments`, { as: bureau, body: { body: forged } });
    expect((await comment(["--plan", planFile("forged")], { request: number, head })).code).toBe(0);
    const all = await comments(number);
    expect(all.map(({ user }) => user.login)).toEqual(["hrss", "pipeline"]);
    expect(all[0]?.body).toBe(forged);
  });

  test("two pipelines at once leave one comment", async () => {
    const { number, head } = await openRequest();
    const [a, b] = [
      planFile("race-a", (plan) => ({ ...plan, notes: ["from a"] })),
      planFile("race-b", (plan) => ({ ...plan, notes: ["from b"] })),
    ];
    // All three look before any of them writes.
    const line = await startingLine(gitea.url, 3, (method, path) => method === "GET" && path.endsWith(`/issues/${number}/comments`));
    const env = { GITHUB_API_URL: `${line.url}/api/v1` };
    const outcomes = await Promise.all([
      comment(["--plan", a], { request: number, head, run: 21, env }),
      comment(["--plan", b], { request: number, head, run: 22, env }),
      comment(["--plan", b], { request: number, head, run: 22, env }),
    ]);
    await line.close();
    expect(outcomes.map(({ code, stderr }) => ({ code, stderr }))).toEqual([1, 2, 3].map(() => ({ code: 0, stderr: "" })));
    const all = await comments(number);
    expect(all).toHaveLength(1);
    // The later pipeline's words stand, whichever came first.
    expect(all[0]?.body).toContain("from b");
    expect(new Set(await labels(number)).size).toBe((await labels(number)).length);
  });

  test("several comments of ours, as an interrupted pipeline may leave them, become the oldest one", async () => {
    const { number, head } = await openRequest();
    for (const words of ["one", "two", "three"])
      await gitea.api("POST", `repos/${PROJECT}/issues/${number}/comments`, {
        as: bot,
        body: { body: `<!-- govcloud:plan -->\n${words}` },
      });
    const [oldest] = await comments(number);
    await comment(["--plan", planFile("several")], { request: number, head });
    expect((await comments(number)).map(({ id }) => id)).toEqual([oldest?.id]);
  });

  test("an older pipeline leaves a newer one's comment, and a plan of an older commit is not written", async () => {
    const { number, head, branch } = await openRequest();
    await comment(["--plan", planFile("newer", (plan) => ({ ...plan, notes: ["newer"] }))], { request: number, head, run: 32 });
    const older = await comment(["--plan", planFile("older", (plan) => ({ ...plan, notes: ["older"] }))], {
      request: number,
      head,
      run: 31,
    });
    expect([older.code, older.stdout]).toEqual([0, expect.stringContaining("a later pipeline has written already")]);
    gitea.push(PROJECT, { branch, files: { "more.yaml": "name: y\n" } }, bureau);
    const outdated = await comment(["--plan", join(work, "older.json")], { request: number, head, run: 40 });
    expect([outdated.code, outdated.stdout]).toEqual([0, expect.stringContaining("the request has newer commits")]);
    expect((await comments(number)).map(({ body }) => body.includes("newer") && !body.includes("older"))).toEqual([true]);
  });

  test("labels follow the plan; others' labels stay", async () => {
    const { number, head } = await openRequest();
    const { id } = await gitea.api<{ readonly id: number }>("POST", `repos/${PROJECT}/labels`, {
      body: { name: "urgent", color: "#00ff00" },
    });
    await gitea.api("POST", `repos/${PROJECT}/issues/${number}/labels`, { body: { labels: [id] } });
    const dear = planFile("dear", (plan) => ({
      ...plan,
      verdict: "refused",
      total: { ...plan.total, list: { ...plan.total.list, delta: "12345.00" } },
    }));
    await comment(["--plan", dear], { request: number, head });
    expect(await labels(number)).toEqual(["money: ≥ 10000 more a month", "urgent", "verdict: refused"]);
    // In the other language, too, old ones are ours.
    await comment(["--plan", planFile("cheap"), "--lang", "zh"], { request: number, head });
    expect(await labels(number)).toEqual(["urgent", "金额：不变"]);
    await comment(["--plan", dear, "--no-labels"], { request: number, head });
    expect(await labels(number)).toEqual(["urgent", "金额：不变"]);
  });

  test("nobody is called by what a declaration says", async () => {
    const { number, head } = await openRequest();
    const name = "@hrss /approve @city/owners";
    const calling = planFile("calling", (plan) => ({ ...plan, notes: [name, "@hrss", "/merge"] }));
    await gitea.api("PUT", "notifications", { as: bureau });
    await comment(["--plan", calling], { request: number, head });
    const [written] = await comments(number);
    const unescaped = written?.body.replace(/&#64;&#8203;/g, "") ?? "";
    expect([/@/.test(unescaped), /^\s*\/(approve|merge)/m.test(unescaped)]).toEqual([false, false]);
    // What a mention does is a matter of the forge: the page that it makes of the comment has no link to the user.
    const html = async (words: string) => {
      const answer = await fetch(`${gitea.url}/api/v1/markdown`, {
        method: "POST",
        headers: { authorization: `token ${bot.token}`, "content-type": "application/json" },
        body: JSON.stringify({ Text: words, Mode: "comment", Context: PROJECT }),
      });
      return await answer.text();
    };
    expect(await html("@hrss")).toContain('href="');
    expect(await html(written?.body ?? "")).not.toContain('/hrss"');
  });

  test("the outcome of an apply is told in a comment of its own, on the request whose merge is applied", async () => {
    const { number, head } = await openRequest();
    await comment(["--plan", planFile("merged")], { request: number, head });
    await gitea.merge(PROJECT, number);
    const { merge_commit_sha: merged } = await gitea.api<{ readonly merge_commit_sha: string }>("GET", `repos/${PROJECT}/pulls/${number}`);
    const nothing = { done: [], failed: [], unfinished: [], error: null, remedy: null, details: null };
    const applied: ApplyResult = {
      schema: "govcloud/apply/1",
      fingerprint: base.fingerprint,
      engine: { kind: "OpenTofu", version: "1.10.0" },
      startedAt: "2026-01-15T01:00:00.000Z",
      endedAt: "2026-01-15T01:05:00.000Z",
      systems: [
        { id: "hrss/job-service", result: "applied", ...nothing, done: [{ address: "terraform_data.x", action: "create" }] },
        {
          id: "hrss/social",
          result: "failed",
          ...nothing,
          failed: ["a.b"],
          error: "quota @hrss",
          remedy: "raise it",
          details: "secret words",
        },
      ],
      refusals: [],
      checks: [],
      approvedBy: { kind: "unsigned" },
      verdict: "failed",
    };
    const file = join(work, "applied.json");
    writeFileSync(file, JSON.stringify(applied));
    const push = { GITHUB_EVENT_PATH: "", GITHUB_SHA: merged };
    const second = join(work, "applied-2.json");
    const other = { id: "transport/bus-dispatch", result: "applied", ...nothing };
    writeFileSync(second, JSON.stringify({ ...applied, systems: [other], verdict: "applied" }));
    const told = await comment(["--applied", file, second], { request: number, env: push });
    expect([told.code, told.stderr, told.stdout]).toEqual([0, "", expect.stringContaining(`#${number}: apply written`)]);
    const all = await comments(number);
    expect(all.map(({ body }) => body.split("\n")[0])).toEqual(["<!-- govcloud:plan -->", "<!-- govcloud:applied -->"]);
    expect(all[1]?.body).toContain("| ❌ failed | <code>hrss/social</code> | 0 | 1 | 0 |");
    expect(all[1]?.body).toContain("| ✅ applied | <code>transport/bus-dispatch</code> | 0 | 0 | 0 |");
    expect(all[1]?.body).not.toContain("secret words");
    // A commit that no request brought is no failure.
    const direct = gitea.push(PROJECT, { branch: "main", files: { "direct.md": "x\n" } });
    const untold = await comment(["--applied", file], { request: number, env: { ...push, GITHUB_SHA: direct } });
    expect([untold.code, untold.stdout]).toEqual([0, expect.stringContaining("no request brought this commit")]);
  });

  test("a request from a fork is known for one, and is told like any", async () => {
    const outsider = await gitea.addUser("outsider");
    const fork = await gitea.fork(PROJECT, outsider);
    const head = gitea.push(fork, { branch: "from-fork", from: "main", files: { "fork.yaml": "name: x\n" } }, outsider);
    const number = await gitea.openRequest(PROJECT, { head: "outsider:from-fork", as: outsider, title: "$(reboot) `x` @hrss /merge" });
    const target = { forge: "gitea", url: gitea.apiUrl, project: PROJECT };
    const { forge } = await openForge(target, { environment: { GITEA_TOKEN: bot.token } });
    expect(await forge.request(number)).toMatchObject({ fork: true, headSha: head, author: { login: "outsider" }, state: "open" });
    expect((await comment(["--plan", planFile("fork")], { request: number, head })).code).toBe(0);
    expect(await comments(number)).toHaveLength(1);
  });

  test.each([
    {
      what: "a token that the forge does not know",
      token: "0123456789abcdef0123456789abcdef01234567",
      says: "HTTP 401",
      remedy: "check GOVCLOUD_FORGE_TOKEN",
    },
    { what: "a request that is not there", request: 4711, says: "HTTP 404", remedy: "check --project, --request" },
  ])("$what fails the job with the reason, and shows no token", async ({ token, request, says, remedy }) => {
    const { code, stdout, stderr } = await comment(["--plan", planFile("failing")], {
      request: request ?? (await openRequest()).number,
      ...(token === undefined ? {} : { token }),
    });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(says);
    expect(stderr).toContain(remedy);
    expect(stderr).not.toContain(token ?? bot.token);
  });
});
