import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { requestOf } from "../../../scripts/delivery/request-of.ts";
import { scratch } from "../engine/fixtures.ts";
import { type FakeForge, fakeForge, status, TOKEN } from "../forge/fake-forge.ts";

const SHA = "c".repeat(40);
const forges: FakeForge[] = [];
afterAll(async () => {
  for (const forge of forges) await forge.close();
});

/** Variables of the job that runs on the protected branch after a merge. */
async function afterMerge(kind: "gitlab" | "gitea" | "github", reply: object): Promise<NodeJS.ProcessEnv> {
  const [api, path] = {
    gitlab: ["/api/v4", `/projects/42/repository/commits/${SHA}/merge_requests`],
    gitea: ["/api/v1", `/repos/city/cloud/commits/${SHA}/pull`],
    github: ["", `/repos/city/cloud/commits/${SHA}/pulls`],
  }[kind] as [string, string];
  const forge = await fakeForge({ [`GET ${api}${path}`]: reply });
  forges.push(forge);
  // A push's event names no request.
  const event = join(scratch(), "event.json");
  writeFileSync(event, JSON.stringify({ ref: "refs/heads/main", after: SHA }));
  const own =
    kind === "gitlab"
      ? { GITLAB_CI: "true", CI_API_V4_URL: `${forge.url}${api}`, CI_PROJECT_ID: "42", CI_COMMIT_SHA: SHA }
      : {
          GITHUB_ACTIONS: "true",
          ...(kind === "gitea" ? { GITEA_ACTIONS: "true" } : {}),
          GITHUB_API_URL: `${forge.url}${api}`,
          GITHUB_REPOSITORY: "city/cloud",
          GITHUB_REF: "refs/heads/main",
          GITHUB_SHA: SHA,
          GITHUB_EVENT_PATH: event,
        };
  return { CI: "true", GOVCLOUD_FORGE_TOKEN: TOKEN, ...own };
}

test.each([
  {
    forge: "gitlab" as const,
    reply: [
      { iid: 7, state: "opened" },
      { iid: 9, state: "merged" },
    ],
    request: "9",
  },
  {
    forge: "gitlab" as const,
    // The second took the branch somewhere else.
    reply: [
      { iid: 11, state: "merged", merge_commit_sha: "d".repeat(40) },
      { iid: 9, state: "merged", merge_commit_sha: SHA },
    ],
    request: "9",
  },
  { forge: "gitea" as const, reply: { number: 9, merged: true }, request: "9" },
  { forge: "github" as const, reply: [{ number: 9, merged_at: "2026-01-15T01:00:00Z" }], request: "9" },
  {
    forge: "github" as const,
    reply: [
      { number: 11, merged_at: "2026-01-16T01:00:00Z", merge_commit_sha: "d".repeat(40) },
      { number: 9, merged_at: "2026-01-15T01:00:00Z", merge_commit_sha: SHA },
    ],
    request: "9",
  },
])("after a merge the forge tells the request: $forge", async ({ forge, reply, request }) => {
  expect(await requestOf(await afterMerge(forge, reply))).toEqual({ kind: "known", request });
});

test.each([
  { what: "a commit that nobody requested", reply: [], why: "no request brought this commit" },
  { what: "a token that may not ask", reply: status(403), why: expect.stringMatching(/^Cannot GET .*: HTTP 403: no$/) },
  { what: "a web page", reply: status(200, "<html>"), why: expect.stringMatching(/the answer is a web page, wanted JSON$/) },
])("none is known, and why: $what", async ({ reply, why }) => {
  expect(await requestOf(await afterMerge("gitlab", reply))).toEqual({ kind: "unknown", why: expect.objectContaining({ en: why }) });
});

test.each([
  { what: "named by hand", env: { GOVCLOUD_REQUEST: "12" }, expected: { kind: "known", request: "12" } },
  { what: "named by CI", env: { CI: "true", CI_MERGE_REQUEST_IID: "7" }, expected: { kind: "known", request: "7" } },
  {
    what: "named as no number is",
    env: { GOVCLOUD_REQUEST: "7; rm" },
    expected: { kind: "unknown", why: expect.objectContaining({ en: 'the request "7; rm" is no number' }) },
  },
  { what: "at a terminal", env: {}, expected: { kind: "unknown" } },
  {
    what: "in a pipeline without a token",
    env: { CI: "true", GITLAB_CI: "true", CI_API_V4_URL: "https://gitlab.example/api/v4", CI_PROJECT_ID: "42" },
    expected: {
      kind: "unknown",
      why: expect.objectContaining({ en: "Cannot tell the token: wanted GOVCLOUD_FORGE_TOKEN / GITLAB_TOKEN in the environment" }),
    },
  },
])("without asking: $what", async ({ env, expected }) => {
  expect(await requestOf(env)).toEqual(expected);
});
