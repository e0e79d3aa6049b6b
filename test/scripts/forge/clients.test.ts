import { afterEach, describe, expect, test } from "vitest";
import type { Forge, ForgeKind } from "../../../scripts/forge/forge.ts";
import { ForgeFailure } from "../../../scripts/forge/forge-failure.ts";
import type { ForgeLimits } from "../../../scripts/forge/forge-fetch.ts";
import { openForge } from "../../../scripts/forge/open-forge.ts";
import { type FakeForge, fakeForge, halfJson, type Reply, reset, slow, status, TOKEN, Turns, truncated } from "./fake-forge.ts";

const LIMITS: Partial<ForgeLimits> = { request: 2_000, backOff: 5, retries: 3 };
const SHA = "a".repeat(40);
const opened: FakeForge[] = [];

afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

async function open(
  kind: ForgeKind,
  replies: Readonly<Record<string, Reply>>,
  limits: Partial<ForgeLimits> = {},
): Promise<{ readonly forge: Forge; readonly fake: FakeForge }> {
  const fake = await fakeForge(replies);
  opened.push(fake);
  const url = kind === "gitlab" ? `${fake.url}/api/v4` : kind === "gitea" ? `${fake.url}/api/v1` : fake.url;
  const options = { forge: kind, url, project: kind === "gitlab" ? "city/cloud" : "city/cloud" };
  const { forge } = await openForge(options, { environment: { GOVCLOUD_FORGE_TOKEN: TOKEN }, limits: { ...LIMITS, ...limits } });
  return { forge, fake };
}

async function failure(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ForgeFailure)) throw error;
    expect(`${error.message}${error.summary.zh}${error.stack}`).not.toContain(TOKEN);
    return `${error.kind}: ${error.summary.en.replace(/http:\/\/127\.0\.0\.1:\d+/g, "FORGE")}`;
  }
  return "no failure";
}

/** What each forge calls the same things. */
const CASES = {
  gitlab: {
    user: "GET /api/v4/user",
    comments: "GET /api/v4/projects/city%2Fcloud/merge_requests/7/notes",
    page: (page: number) =>
      `GET /api/v4/projects/city%2Fcloud/merge_requests/7/notes?page=${page}&per_page=100&sort=asc&order_by=created_at`,
    comment: (id: number, body: string, user = 5) => ({
      id,
      body,
      system: false,
      created_at: `2026-01-15T01:00:${String(id % 60).padStart(2, "0")}Z`,
      author: { id: user, username: `user-${user}` },
    }),
    me: { id: 5, username: "user-5" },
    meId: "5",
    request: "GET /api/v4/projects/city%2Fcloud/merge_requests/7",
    requestBody: {
      iid: 7,
      title: "t",
      state: "opened",
      sha: SHA,
      author: { id: 9, username: "bureau" },
      source_project_id: 2,
      target_project_id: 1,
      labels: ["urgent"],
    },
    create: "POST /api/v4/projects/city%2Fcloud/merge_requests/7/notes",
    update: "PUT /api/v4/projects/city%2Fcloud/merge_requests/7/notes/3",
    remove: "DELETE /api/v4/projects/city%2Fcloud/merge_requests/7/notes/3",
  },
  github: {
    user: "GET /user",
    comments: "GET /repos/city/cloud/issues/7/comments",
    page: (page: number) => `GET /repos/city/cloud/issues/7/comments?per_page=100&page=${page}`,
    comment: (id: number, body: string, user = 5) => ({
      id,
      body,
      created_at: `2026-01-15T01:00:${String(id % 60).padStart(2, "0")}Z`,
      user: { login: `user-${user}` },
    }),
    me: { login: "user-5" },
    meId: "user-5",
    request: "GET /repos/city/cloud/pulls/7",
    requestBody: {
      number: 7,
      title: "t",
      state: "open",
      merged: false,
      user: { login: "bureau" },
      head: { sha: SHA, repo: { full_name: "bureau/cloud" } },
      base: { repo: { full_name: "city/cloud" } },
      labels: [{ name: "urgent" }],
    },
    create: "POST /repos/city/cloud/issues/7/comments",
    update: "PATCH /repos/city/cloud/issues/comments/3",
    remove: "DELETE /repos/city/cloud/issues/comments/3",
  },
  gitea: {
    user: "GET /api/v1/user",
    comments: "GET /api/v1/repos/city/cloud/issues/7/comments",
    page: undefined,
    comment: (id: number, body: string, user = 5) => ({
      id,
      body,
      created_at: `2026-01-15T01:00:${String(id % 60).padStart(2, "0")}Z`,
      user: { id: user, login: `user-${user}` },
    }),
    me: { id: 5, login: "user-5" },
    meId: "5",
    request: "GET /api/v1/repos/city/cloud/pulls/7",
    requestBody: {
      number: 7,
      title: "t",
      state: "open",
      merged: false,
      user: { id: 9, login: "bureau" },
      head: { sha: SHA, repo_id: 2 },
      base: { repo_id: 1 },
      labels: [{ name: "urgent" }],
    },
    create: "POST /api/v1/repos/city/cloud/issues/7/comments",
    update: "PATCH /api/v1/repos/city/cloud/issues/comments/3",
    remove: "DELETE /api/v1/repos/city/cloud/issues/comments/3",
  },
} as const;
const KINDS = Object.keys(CASES) as ForgeKind[];

describe.each(KINDS)("%s", (kind) => {
  const { user, comments, comment, me, meId, request, requestBody, create, update, remove, page } = CASES[kind];

  test("tells who the token's user is", async () => {
    const { forge, fake } = await open(kind, { [user]: me });
    expect(await forge.whoAmI()).toEqual({ id: meId, login: "user-5" });
    const headers = fake.requests[0]?.headers;
    expect([headers?.["private-token"], headers?.authorization]).toEqual(
      { gitlab: [TOKEN, undefined], gitea: [undefined, `Bearer ${TOKEN}`], github: [undefined, `token ${TOKEN}`] }[kind],
    );
  });

  test("reads a request from a fork", async () => {
    const { forge } = await open(kind, { [request]: requestBody });
    expect(await forge.request(7)).toMatchObject({
      number: 7,
      title: "t",
      state: "open",
      headSha: SHA,
      fork: true,
      labels: ["urgent"],
      author: { login: "bureau" },
    });
  });

  test("writes, replaces and takes away a comment", async () => {
    const { forge, fake } = await open(kind, { [create]: comment(3, "new"), [update]: comment(3, "other"), [remove]: status(204, {}) });
    expect(await forge.createComment(7, "new")).toMatchObject({ id: 3, body: "new" });
    await forge.updateComment(7, 3, "other");
    await forge.deleteComment(7, 3);
    expect(fake.requests.map(({ line, body }) => [line, body === "" ? null : (JSON.parse(body) as object)])).toEqual([
      [create, { body: "new" }],
      [update, { body: "other" }],
      [remove, kind === "gitlab" ? {} : null],
    ]);
  });

  test.each([
    {
      answer: "401",
      reply: status(401, { message: "401 Unauthorized" }),
      tries: 1,
      says: "token: Cannot GET FORGE…: HTTP 401: 401 Unauthorized",
    },
    {
      answer: "403",
      reply: status(403, { message: "insufficient_scope" }),
      tries: 1,
      says: "forbidden: Cannot GET FORGE…: HTTP 403: insufficient_scope",
    },
    {
      answer: "404",
      reply: status(404, { message: "404 Not Found" }),
      tries: 1,
      says: "not-found: Cannot GET FORGE…: HTTP 404: 404 Not Found",
    },
    { answer: "409", reply: status(409, { message: "busy" }), tries: 1, says: "conflict: Cannot GET FORGE…: HTTP 409: busy" },
    { answer: "422", reply: status(422, { message: "no" }), tries: 1, says: "refused: Cannot GET FORGE…: HTTP 422: no" },
    {
      answer: "429 for ever",
      reply: status(429, { message: "slow down" }),
      tries: 4,
      says: "overloaded: Cannot GET FORGE…: HTTP 429: slow down",
    },
    {
      answer: "500 for ever, as HTML",
      reply: status(500, "<html>secret</html>"),
      tries: 4,
      says: "overloaded: Cannot GET FORGE…: HTTP 500",
    },
    {
      answer: "a redirect",
      reply: status(302, {}, { location: "http://elsewhere.example/" }),
      tries: 1,
      says: "not-a-forge: Cannot GET FORGE…: HTTP 302",
    },
    {
      answer: "HTML",
      reply: status(200, "<!doctype html><p>Sign in"),
      tries: 1,
      says: "not-a-forge: Cannot read FORGE…: the answer is a web page, wanted JSON",
    },
    {
      answer: "a truncated answer",
      reply: truncated,
      tries: 1,
      says: "not-a-forge: Cannot read FORGE…: the connection ended in the middle of the answer",
    },
    { answer: "half of JSON", reply: halfJson, tries: 1, says: "not-a-forge: Cannot read FORGE…: the answer (14 bytes) is no whole JSON" },
    { answer: "reset connections for ever", reply: reset, tries: 4, says: "unreachable: Cannot reach FORGE…: ECONNRESET" },
    {
      answer: "the token itself, in words",
      reply: status(400, { message: `bad ${TOKEN}` }),
      tries: 1,
      says: "refused: Cannot GET FORGE…: HTTP 400: bad ***",
    },
    { answer: "no list", reply: { id: 1 }, tries: 1, says: "not-a-forge: Cannot read the forge's answer: it is no list" },
    {
      answer: "a list of something else",
      reply: [{ id: "x" }],
      tries: page === undefined ? 1 : 200,
      says:
        page === undefined
          ? "not-a-forge: Cannot read a comment of the forge's answer: wanted id, author, body, created_at"
          : "not-a-forge: Cannot read the forge's list: its pages never end",
    },
  ])("comments answered with $answer", async ({ reply, tries, says }) => {
    const { forge, fake } = await open(kind, { [comments]: reply });
    const path = comments.replace("GET ", "");
    expect(await failure(async () => await forge.comments(7))).toBe(says.replace("FORGE…", `FORGE${path}`));
    expect(fake.requests).toHaveLength(tries);
  });

  test("comments answered too late", async () => {
    const { forge } = await open(kind, { [comments]: slow }, { request: 150 });
    expect(await failure(async () => await forge.comments(7))).toMatch(
      /^time-limit: Cannot read FORGE\S+: no whole answer within 0\.15 seconds$/,
    );
  });

  test("an answer that is too large is not read to its end", async () => {
    const { forge } = await open(kind, { [comments]: [comment(1, "x".repeat(5_000))] }, { bytes: 1_000 });
    expect(await failure(async () => await forge.comments(7))).toMatch(/the answer is larger than 1000 bytes$/);
  });

  test("what is busy is asked again, as late as it wants", async () => {
    const { forge, fake } = await open(kind, {
      [comments]: new Turns(status(429, { message: "wait" }, { "retry-after": "1" }), status(502, "<html>"), reset, []),
    });
    const began = performance.now();
    expect(await forge.comments(7)).toEqual([]);
    expect(fake.requests).toHaveLength(4);
    expect(performance.now() - began).toBeGreaterThan(950);
  });

  test("a server that is not there", async () => {
    const { forge, fake } = await open(kind, {});
    await fake.close();
    expect(await failure(async () => await forge.whoAmI())).toMatch(/^unreachable: Cannot reach FORGE\S+: ECONNREFUSED$/);
  });
});

describe.each(["gitlab", "github"] as const)("Pages of %s", (kind) => {
  const { page, comment } = CASES[kind];

  test("are read to the end, also past one with less than it could hold", async () => {
    const { forge, fake } = await open(kind, {
      [page(1)]: [comment(2, "b"), comment(1, "a")],
      [page(2)]: [comment(3, "c")],
      [page(3)]: [],
    });
    expect((await forge.comments(7)).map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(fake.requests.map(({ line }) => line)).toEqual([page(1), page(2), page(3)]);
  });

  test("that never end are an error", async () => {
    const { forge, fake } = await open(kind, { [CASES[kind].comments]: [comment(1, "a")] });
    expect(await failure(async () => await forge.comments(7))).toBe("not-a-forge: Cannot read the forge's list: its pages never end");
    expect(fake.requests).toHaveLength(200);
  });
});

test("GitLab's own notes are no comments", async () => {
  const { comments, comment } = CASES.gitlab;
  const { forge } = await open("gitlab", {
    [comments]: new Turns([{ ...comment(1, "changed title"), system: true }, comment(2, "b")], []),
  });
  expect((await forge.comments(7)).map(({ id }) => id)).toEqual([2]);
});

test("the token of a job on GitHub, which is no user's, asks for the viewer", async () => {
  const { forge } = await open("github", {
    "GET /user": status(403, { message: "Resource not accessible by integration" }),
    "POST /graphql": { data: { viewer: { login: "github-actions[bot]" } } },
  });
  expect(await forge.whoAmI()).toEqual({ id: "github-actions[bot]", login: "github-actions[bot]" });
});

describe("Labels", () => {
  const change = { add: [{ name: "money: unchanged", color: "#626f86" }], remove: ["verdict: refused"] };

  test("of GitLab change in one request", async () => {
    const { forge, fake } = await open("gitlab", { "PUT /api/v4/projects/city%2Fcloud/merge_requests/7": CASES.gitlab.requestBody });
    await forge.changeLabels(7, change);
    expect(JSON.parse(fake.requests[0]?.body ?? "")).toEqual({ add_labels: "money: unchanged", remove_labels: "verdict: refused" });
  });

  test("of GitHub are added together and taken away one by one", async () => {
    const { forge, fake } = await open("github", {
      "POST /repos/city/cloud/issues/7/labels": [],
      "DELETE /repos/city/cloud/issues/7/labels/verdict%3A%20refused": [],
    });
    await forge.changeLabels(7, change);
    expect(fake.requests.map(({ line, body }) => `${line} ${body}`)).toEqual([
      'POST /repos/city/cloud/issues/7/labels {"labels":["money: unchanged"]}',
      "DELETE /repos/city/cloud/issues/7/labels/verdict%3A%20refused ",
    ]);
  });
});

describe("The request that brought a commit", () => {
  test.each([
    {
      kind: "gitlab" as const,
      address: `GET /api/v4/projects/city%2Fcloud/repository/commits/${SHA}/merge_requests`,
      reply: [
        { iid: 8, state: "opened" },
        { iid: 7, state: "merged" },
      ],
      found: 7,
    },
    {
      kind: "gitlab" as const,
      address: `GET /api/v4/projects/city%2Fcloud/repository/commits/${SHA}/merge_requests`,
      reply: [],
      found: undefined,
    },
    {
      kind: "github" as const,
      address: `GET /repos/city/cloud/commits/${SHA}/pulls`,
      reply: [
        { number: 8, merged_at: null },
        { number: 7, merged_at: "2026-01-15T01:00:00Z" },
      ],
      found: 7,
    },
    { kind: "gitea" as const, address: `GET /api/v1/repos/city/cloud/commits/${SHA}/pull`, reply: { number: 7, merged: true }, found: 7 },
    {
      kind: "gitea" as const,
      address: `GET /api/v1/repos/city/cloud/commits/${SHA}/pull`,
      reply: status(404, { message: "none" }),
      found: undefined,
    },
  ])("$kind: $found", async ({ kind, address, reply, found }) => {
    const { forge } = await open(kind, { [address]: reply });
    expect(await forge.requestOfCommit(SHA)).toBe(found);
  });
});
