import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { InvalidRequest } from "../../../catalog/source/diagnostic.ts";
import { readArtifactsUrl, readHeadSha, readRequestNumber, readRun } from "../../../scripts/forge/ci-variables.ts";
import { ForgeFailure } from "../../../scripts/forge/forge-failure.ts";
import { openForge } from "../../../scripts/forge/open-forge.ts";

const TOKEN = "0123456789abcdef";
const work = mkdtempSync(join(tmpdir(), "govcloud-forge-"));
const event = join(work, "event.json");
writeFileSync(event, JSON.stringify({ pull_request: { number: 7, head: { sha: "abc" } } }));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const GITLAB = { GITLAB_CI: "true", CI_API_V4_URL: "https://gitlab.example/api/v4", CI_PROJECT_ID: "42", GITLAB_TOKEN: TOKEN };
const GITHUB = { GITHUB_ACTIONS: "true", GITHUB_REPOSITORY: "city/cloud", GITHUB_TOKEN: TOKEN };
const GITEA = { ...GITHUB, GITEA_ACTIONS: "true", GITHUB_API_URL: "https://git.example/api/v1" };

describe("The forge is told by CI's variables", () => {
  test.each([
    { name: "GitLab", environment: GITLAB, target: { kind: "gitlab", url: "https://gitlab.example/api/v4", project: "42" } },
    { name: "Gitea", environment: GITEA, target: { kind: "gitea", url: "https://git.example/api/v1", project: "city/cloud" } },
    {
      name: "Forgejo",
      environment: { ...GITHUB, FORGEJO_ACTIONS: "true", GITHUB_API_URL: "https://git.example/api/v1" },
      target: { kind: "gitea", url: "https://git.example/api/v1", project: "city/cloud" },
    },
    { name: "GitHub", environment: GITHUB, target: { kind: "github", url: "https://api.github.com/", project: "city/cloud" } },
    {
      name: "a server of GitHub's own",
      environment: { ...GITHUB, GITHUB_API_URL: "https://github.example/api/v3" },
      target: { kind: "github", url: "https://github.example/api/v3", project: "city/cloud" },
    },
    {
      name: "GOVCLOUD_FORGE over what CI says",
      environment: { ...GITEA, GOVCLOUD_FORGE: "github" },
      target: { kind: "github", url: "https://git.example/api/v1", project: "city/cloud" },
    },
  ])("$name", async ({ environment, target }) => {
    const opened = await openForge({}, { environment });
    expect({ ...opened.target, url: opened.target.url.href }).toEqual({ ...target, token: TOKEN });
  });
});

describe("What cannot be told or believed is refused, and a token is never repeated", () => {
  test.each([
    {
      what: "no forge",
      environment: { GITLAB_TOKEN: TOKEN },
      says: "Cannot tell the forge: wanted --forge gitlab|gitea|github, or GOVCLOUD_FORGE",
    },
    {
      what: "an unknown forge",
      environment: { ...GITLAB, GOVCLOUD_FORGE: "svn" },
      says: 'Cannot use forge "svn": wanted gitlab, gitea or github',
    },
    {
      what: "no address",
      environment: { ...GITLAB, CI_API_V4_URL: "" },
      says: "Cannot tell the address of the API: wanted --url https://…",
    },
    {
      what: "an address with a password",
      environment: { ...GITLAB, CI_API_V4_URL: `https://u:${TOKEN}@gitlab.example/api/v4` },
      says: "Cannot read the address of the API: wanted https://…, without user and password",
    },
    { what: "no project", environment: { ...GITHUB, GITHUB_REPOSITORY: "" }, says: "Cannot tell the project: wanted --project" },
    {
      what: "a project that leads elsewhere",
      environment: { ...GITHUB, GITHUB_REPOSITORY: "../admin" },
      says: 'Cannot read project "../admin": wanted owner/repository',
    },
    {
      what: "no token",
      environment: { ...GITLAB, GITLAB_TOKEN: "" },
      says: "Cannot tell the token: wanted GOVCLOUD_FORGE_TOKEN / GITLAB_TOKEN in the environment",
    },
    {
      what: "a token with a line end",
      environment: { ...GITLAB, GITLAB_TOKEN: `${TOKEN}\n` },
      says: "Cannot use GITLAB_TOKEN: wanted 8 or more visible ASCII characters, without blanks or line ends",
    },
  ])("$what", async ({ environment, says }) => {
    const error = await openForge({}, { environment }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InvalidRequest);
    expect((error as InvalidRequest).in("en")).toBe(says);
    expect((error as InvalidRequest).in("zh")).not.toContain(TOKEN);
  });

  test("an address in clear, to which no token is sent", async () => {
    const { forge } = await openForge({ url: "http://gitlab.example/api/v4" }, { environment: GITLAB });
    const error = await forge.whoAmI().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ForgeFailure);
    expect((error as ForgeFailure).summary.en).toBe(
      "Cannot ask http://gitlab.example/api/v4/user: the token is not sent in clear, wanted an address that begins with https://",
    );
    expect((error as ForgeFailure).remedy.en).toBe(
      "name the API by its https:// address: --url, or CI's CI_API_V4_URL or GITHUB_API_URL; http:// is for this machine alone (localhost, 127.0.0.1)",
    );
  });
});

describe("The request and the pipeline", () => {
  test("of GitLab", () => {
    const environment = {
      CI_MERGE_REQUEST_IID: "7",
      CI_COMMIT_SHA: "trial-merge",
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: "abc",
      CI_PIPELINE_ID: "99",
      CI_JOB_URL: "https://gitlab.example/city/cloud/-/jobs/5",
    };
    expect([
      readRequestNumber({}, "gitlab", environment),
      readHeadSha("gitlab", environment),
      readHeadSha("gitlab", { ...environment, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: "" }),
      readHeadSha("gitlab", { CI_COMMIT_SHA: "pushed" }),
      readRun("gitlab", environment),
      readArtifactsUrl("gitlab", environment),
    ]).toEqual([7, "abc", "trial-merge", undefined, 99, "https://gitlab.example/city/cloud/-/jobs/5/artifacts/browse"]);
  });

  test("of GitHub and Gitea", () => {
    const environment = {
      GITHUB_EVENT_PATH: event,
      GITHUB_RUN_ID: "99",
      GITHUB_SERVER_URL: "https://git.example",
      GITHUB_REPOSITORY: "city/cloud",
    };
    expect([
      readRequestNumber({}, "gitea", environment),
      readRequestNumber({}, "github", { GITHUB_REF: "refs/pull/8/merge" }),
      readRequestNumber({}, "github", { GITHUB_REF: "refs/heads/main" }),
      readRequestNumber({ request: "9" }, "github", environment),
      readHeadSha("github", environment),
      readRun("github", environment),
      readArtifactsUrl("github", environment),
    ]).toEqual([7, 8, undefined, 9, "abc", 99, "https://git.example/city/cloud/actions/runs/99"]);
  });

  test.each(["0", "-1", "7;rm", "1e3", "", "٧"])("a number that is none: %j", (request) => {
    expect(() => readRequestNumber({ request }, "github", {})).toThrow(InvalidRequest);
  });
});
