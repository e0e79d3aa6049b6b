import { afterEach, describe, expect, test } from "vitest";
import type { ForgeKind, Setting, SettingName } from "../../../scripts/forge/forge.ts";
import { openForge } from "../../../scripts/forge/open-forge.ts";
import { type FakeForge, fakeForge, type Reply, status, TOKEN, Turns } from "./fake-forge.ts";

const opened: FakeForge[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

type States = Readonly<Record<SettingName, Setting["state"]>>;

async function states(kind: ForgeKind, replies: Readonly<Record<string, Reply>>): Promise<States> {
  const fake = await fakeForge(replies);
  opened.push(fake);
  const url = kind === "gitlab" ? `${fake.url}/api/v4` : fake.url;
  const { forge } = await openForge({ forge: kind, url, project: "city/cloud" }, { environment: { GOVCLOUD_FORGE_TOKEN: TOKEN } });
  const settings = await forge.settings();
  for (const [name, { state, remedy, found }] of Object.entries(settings)) {
    expect([found.zh !== "", found.en !== ""], name).toEqual([true, true]);
    if (state === "unsafe" || state === "advice") expect(remedy, name).toBeDefined();
  }
  return Object.fromEntries(Object.entries(settings).map(([name, { state }]) => [name, state])) as States;
}

const SAFE: States = {
  "protected-branch": "safe",
  "direct-push": "safe",
  "force-push": "safe",
  approvals: "safe",
  "own-approval": "safe",
  "code-owners": "safe",
  "status-checks": "safe",
  "fork-secrets": "safe",
  "pipeline-definition": "safe",
  "protected-variables": "safe",
  squash: "safe",
};

const GITLAB = "GET /api/v4/projects/city%2Fcloud";
const GITLAB_SAFE = {
  [GITLAB]: {
    default_branch: "main",
    only_allow_merge_if_pipeline_succeeds: true,
    ci_allow_fork_pipelines_to_run_in_parent_project: false,
    ci_config_path: ".gitlab-ci.yml@platform/pipelines",
    squash_option: "never",
  },
  [`${GITLAB}/protected_branches/main`]: {
    push_access_levels: [{ access_level: 0 }],
    allow_force_push: false,
    code_owner_approval_required: true,
  },
  [`${GITLAB}/approvals`]: { merge_requests_author_approval: false },
  [`${GITLAB}/approval_rules`]: new Turns([{ approvals_required: 2 }], []),
  [`${GITLAB}/variables`]: new Turns(
    [
      { key: "OS_PASSWORD", protected: true },
      { key: "LANG", protected: false },
    ],
    [],
  ),
};

const GITHUB = "GET /repos/city/cloud";
const GITHUB_SAFE = {
  [GITHUB]: { default_branch: "main", allow_squash_merge: false },
  [`${GITHUB}/branches/main`]: { protected: true },
  [`${GITHUB}/rules/branches/main`]: new Turns(
    [
      { type: "pull_request", parameters: { required_approving_review_count: 1, require_code_owner_review: true } },
      { type: "non_fast_forward" },
      { type: "workflows" },
    ],
    [],
  ),
  [`${GITHUB}/actions/permissions/fork-pr-contributor-approval`]: { approval_policy: "all_external_contributors" },
  [`${GITHUB}/actions/secrets`]: new Turns({ secrets: [{ name: "OTHER" }] }, { secrets: [] }),
};

describe("GitLab", () => {
  test("as it should be", async () => {
    expect(await states("gitlab", GITLAB_SAFE)).toEqual(SAFE);
  });

  test.each([
    {
      what: "as a new project is",
      replies: {
        [GITLAB]: {
          default_branch: "main",
          only_allow_merge_if_pipeline_succeeds: false,
          ci_allow_fork_pipelines_to_run_in_parent_project: true,
          ci_config_path: "",
          squash_option: "default_on",
        },
        [`${GITLAB}/protected_branches/main`]: {
          push_access_levels: [{ access_level: 40 }],
          allow_force_push: true,
          code_owner_approval_required: false,
        },
        [`${GITLAB}/approvals`]: { merge_requests_author_approval: true },
        [`${GITLAB}/approval_rules`]: new Turns([{ approvals_required: 0 }], []),
        [`${GITLAB}/variables`]: new Turns([{ key: "OS_PASSWORD", protected: false }], []),
      },
      expected: {
        ...(Object.fromEntries(Object.keys(SAFE).map((name) => [name, "unsafe"])) as States),
        "protected-branch": "safe",
        squash: "advice",
      } satisfies States,
    },
    {
      what: "without protection",
      replies: { [`${GITLAB}/protected_branches/main`]: status(404) },
      expected: {
        ...SAFE,
        "protected-branch": "unsafe",
        "direct-push": "unknown",
        "force-push": "unknown",
        "code-owners": "unknown",
      } satisfies States,
    },
    {
      what: "of the free edition, whose answers hold no approvals",
      replies: {
        [`${GITLAB}/approvals`]: status(404),
        [`${GITLAB}/approval_rules`]: status(404),
        [`${GITLAB}/protected_branches/main`]: { push_access_levels: [{ access_level: 0 }], allow_force_push: false },
      },
      expected: { ...SAFE, approvals: "unknown", "own-approval": "unknown", "code-owners": "unknown" } satisfies States,
    },
    {
      what: "to a token that may see no variables",
      replies: { [`${GITLAB}/variables`]: status(403) },
      expected: { ...SAFE, "protected-variables": "unknown" } satisfies States,
    },
  ])("$what", async ({ replies, expected }) => {
    expect(await states("gitlab", { ...GITLAB_SAFE, ...replies })).toEqual(expected);
  });
});

describe("GitHub", () => {
  test("as it should be, by rulesets alone", async () => {
    expect(await states("github", GITHUB_SAFE)).toEqual(SAFE);
  });

  test.each([
    {
      what: "by the older branch protection, administrators included",
      replies: {
        [`${GITHUB}/rules/branches/main`]: [],
        [`${GITHUB}/branches/main/protection`]: {
          required_pull_request_reviews: { required_approving_review_count: 1, require_code_owner_reviews: true },
          enforce_admins: { enabled: true },
          allow_force_pushes: { enabled: false },
          required_status_checks: { contexts: ["plan"] },
        },
      },
      expected: { ...SAFE, "pipeline-definition": "unknown" } satisfies States,
    },
    {
      what: "by the older branch protection, administrators left out",
      replies: {
        [`${GITHUB}/rules/branches/main`]: [],
        [`${GITHUB}/branches/main/protection`]: {
          required_pull_request_reviews: { required_approving_review_count: 0 },
          enforce_admins: { enabled: false },
          allow_force_pushes: { enabled: true },
        },
      },
      expected: {
        ...SAFE,
        "direct-push": "unsafe",
        "force-push": "unsafe",
        approvals: "unsafe",
        "code-owners": "unsafe",
        "status-checks": "unsafe",
        "pipeline-definition": "unknown",
      } satisfies States,
    },
    {
      what: "as a new repository is",
      replies: {
        [GITHUB]: { default_branch: "main", allow_squash_merge: true },
        [`${GITHUB}/branches/main`]: { protected: false },
        [`${GITHUB}/actions/permissions/fork-pr-contributor-approval`]: { approval_policy: "first_time_contributors" },
        [`${GITHUB}/actions/secrets`]: new Turns({ secrets: [{ name: "OS_PASSWORD" }] }, { secrets: [] }),
      },
      expected: {
        ...SAFE,
        "protected-branch": "unsafe",
        "direct-push": "unknown",
        "force-push": "unknown",
        approvals: "unknown",
        "code-owners": "unknown",
        "status-checks": "unknown",
        "pipeline-definition": "unknown",
        "fork-secrets": "unsafe",
        "protected-variables": "unsafe",
        squash: "unsafe",
      } satisfies States,
    },
    {
      what: "to a token that is no administrator's",
      replies: { [`${GITHUB}/actions/secrets`]: status(403), [`${GITHUB}/actions/permissions/fork-pr-contributor-approval`]: status(403) },
      expected: { ...SAFE, "fork-secrets": "unknown", "protected-variables": "unknown" } satisfies States,
    },
  ])("$what", async ({ replies, expected }) => {
    expect(await states("github", { ...GITHUB_SAFE, ...replies })).toEqual(expected);
  });
});
