import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { realTree } from "../../tree.ts";
import { planned, wholeTreeWith } from "../plan/planned.ts";
import { govcloudBeside } from "../run.ts";
import { type FakeForge, fakeForge, type Reply, status, TOKEN, Turns } from "./fake-forge.ts";

const work = mkdtempSync(join(tmpdir(), "govcloud-comment-on-"));
const opened: FakeForge[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const PLAN = join(work, "plan.json");
writeFileSync(PLAN, JSON.stringify(planned(wholeTreeWith({}), realTree())));
const SHA = "a".repeat(40);

/** Sends back what it was sent as a comment. */
function echo(author: object): Reply {
  return (_, response, body) => {
    const created = {
      id: 3,
      system: false,
      created_at: "2026-01-15T01:00:00Z",
      body: (JSON.parse(body) as { readonly body: string }).body,
      ...author,
    };
    response.writeHead(201, { "content-type": "application/json" });
    response.end(JSON.stringify(created));
  };
}

/** The list of comments with what was written last, as any forge would tell it. */
function written(fake: () => FakeForge, line: string, author: object): Reply {
  return (_, response) => {
    const sent = fake().requests.findLast((each) => each.line === line);
    const body = (JSON.parse(sent?.body ?? "{}") as { readonly body?: string }).body;
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify([{ id: 3, system: false, created_at: "2026-01-15T01:00:00Z", body, ...author }]));
  };
}

async function play(replies: (fake: () => FakeForge) => Readonly<Record<string, Reply>>): Promise<FakeForge> {
  let fake: FakeForge | undefined;
  fake = await fakeForge(replies(() => fake as FakeForge));
  opened.push(fake);
  return fake;
}

const GITLAB = "/api/v4/projects/42/merge_requests/7";
const NOTES = `${GITLAB}/notes`;
const ME = { author: { id: 5, username: "project_42_bot" } };
const gitlabReplies = (fake: () => FakeForge): Readonly<Record<string, Reply>> => ({
  "GET /api/v4/user": { id: 5, username: "project_42_bot" },
  [`GET ${GITLAB}`]: {
    iid: 7,
    title: "@all /merge",
    state: "opened",
    sha: SHA,
    author: { id: 9, username: "bureau" },
    source_project_id: 42,
    target_project_id: 42,
    labels: ["verdict: refused", "urgent"],
  },
  [`GET ${NOTES}`]: new Turns([], written(fake, `POST ${NOTES}`, ME), []),
  [`POST ${NOTES}`]: echo(ME),
  [`PUT ${GITLAB}`]: {},
});

const gitlab = async (fake: FakeForge, env: NodeJS.ProcessEnv = {}) =>
  await govcloudBeside(["comment", "--plan", PLAN, "--lang", "en"], {
    GITLAB_CI: "true",
    CI_API_V4_URL: `${fake.url}/api/v4`,
    CI_PROJECT_ID: "42",
    CI_MERGE_REQUEST_IID: "7",
    CI_COMMIT_SHA: SHA,
    CI_PIPELINE_ID: "99",
    CI_JOB_URL: "https://gitlab.example/city/cloud/-/jobs/5",
    GITLAB_TOKEN: TOKEN,
    ...env,
  });

describe("A job of GitLab", () => {
  test("asks who it is, looks, writes, looks again, and changes labels", async () => {
    const fake = await play(gitlabReplies);
    const { code, stdout, stderr } = await gitlab(fake);
    expect([code, stderr, stdout]).toEqual([
      0,
      "",
      "42 #7: plan written (3)\n  labels added: money: unchanged\n  labels removed: verdict: refused\n",
    ]);
    expect(fake.requests.map(({ line }) => line.split("?")[0])).toEqual([
      `GET ${GITLAB}`,
      "GET /api/v4/user",
      `GET ${NOTES}`,
      `POST ${NOTES}`,
      `GET ${NOTES}`,
      `GET ${NOTES}`,
      `PUT ${GITLAB}`,
    ]);
    const { body } = JSON.parse(fake.requests[3]?.body ?? "") as { readonly body: string };
    expect(body.split("\n").slice(0, 3)).toEqual([
      "<!-- govcloud:plan -->",
      `<!-- govcloud:origin run=99 head=${SHA} -->`,
      "## ✅ ACCEPTED",
    ]);
    expect(body).toContain("<https://gitlab.example/city/cloud/-/jobs/5/artifacts/browse>");
  });

  test("writes nothing where the request has moved on", async () => {
    const fake = await play(gitlabReplies);
    const { code, stdout } = await gitlab(fake, { CI_COMMIT_SHA: "b".repeat(40) });
    expect([code, stdout]).toEqual([0, expect.stringContaining("the request has newer commits")]);
    expect(fake.requests.map(({ line }) => line)).toEqual([`GET ${GITLAB}`]);
  });

  test("fails with the reason where the last step fails", async () => {
    const fake = await play((self) => ({ ...gitlabReplies(self), [`PUT ${GITLAB}`]: status(403, { message: "403 Forbidden" }) }));
    const { code, stdout, stderr } = await gitlab(fake);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr.replace(fake.url, "FORGE")).toMatch(
      /^✘ Cannot PUT FORGE\S+: HTTP 403: 403 Forbidden\n {2}remedy: give the token the right: on GitLab a project token with scope api/,
    );
    expect(stderr).not.toContain(TOKEN);
  });
});

test("A job of GitHub, whose token is an app's, does the same", async () => {
  const repo = "/repos/city/cloud";
  const notes = `${repo}/issues/7/comments`;
  const me = { user: { login: "github-actions[bot]" } };
  const fake = await play((self) => ({
    "GET /user": status(403, { message: "Resource not accessible by integration" }),
    "POST /graphql": { data: { viewer: { login: "github-actions[bot]" } } },
    [`GET ${repo}/pulls/7`]: {
      number: 7,
      title: "t",
      state: "open",
      merged: false,
      user: { login: "bureau" },
      head: { sha: SHA, repo: { full_name: "city/cloud" } },
      base: { repo: { full_name: "city/cloud" } },
      labels: [],
    },
    [`GET ${notes}`]: new Turns([], written(self, `POST ${notes}`, me), []),
    [`POST ${notes}`]: echo(me),
    [`POST ${repo}/issues/7/labels`]: [],
  }));
  const { code, stdout, stderr } = await govcloudBeside(["comment", "--plan", PLAN, "--lang", "zh"], {
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: fake.url,
    GITHUB_REPOSITORY: "city/cloud",
    GITHUB_REF: "refs/pull/7/merge",
    GITHUB_TOKEN: TOKEN,
  });
  expect([code, stderr, stdout]).toEqual([0, "", "city/cloud #7: 计划 新写 (3)\n  贴上标签: 金额：不变\n"]);
  expect(fake.requests.map(({ line }) => line.split("?")[0])).toEqual([
    `GET ${repo}/pulls/7`,
    "GET /user",
    "POST /graphql",
    `GET ${notes}`,
    `POST ${notes}`,
    `GET ${notes}`,
    `GET ${notes}`,
    `POST ${repo}/issues/7/labels`,
  ]);
});
