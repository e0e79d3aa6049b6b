import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { DriftResult } from "../../scripts/drift/result.ts";
import type { ApplyResult } from "../../scripts/render/apply-text.ts";
import { ENGINE, environmentIn } from "../scripts/engine/fixtures.ts";
import { type FakeForge, fakeForge, status, TOKEN } from "../scripts/forge/fake-forge.ts";
import { summaryOf } from "../scripts/forge/summary-of.ts";
import { definitionOf, gitlabCiLocal } from "./gitlab-ci-local.ts";
import { provideAct } from "./provide-act.ts";
import { runWorkflow } from "./run-workflow.ts";
import { git, PROJECT, type ScratchRepository, scratchFolder, scratchRepository } from "./scratch-repository.ts";

const ACT = provideAct();
const SCHEDULE = { CI_PIPELINE_SOURCE: "schedule", CI_COMMIT_BRANCH: "main", CI_DEFAULT_BRANCH: "main" };

const forges: FakeForge[] = [];
afterAll(async () => {
  for (const forge of forges) await forge.close();
});

/** Runs one job of the protected branch's pipeline. */
async function gitlabJob(
  job: string,
  variables: Readonly<Record<string, string>>,
): Promise<{ clone: string; code: number | null; output: string }> {
  const { clone } = scratchRepository();
  writeFileSync(join(clone, "pipeline.yml"), await definitionOf(clone));
  return { clone, ...(await gitlabCiLocal(clone, ["--file", "pipeline.yml", job], { variables: { ...SCHEDULE, ...variables } })) };
}

function readResult<T>(...path: string[]): T {
  return JSON.parse(readFileSync(join(...path), "utf8")) as T;
}

/** States that the engine compares without a cloud: of a system that is retired, and with `lost` of one that nobody declares. */
function states({ lost = false } = {}): Readonly<Record<string, string>> {
  const folder = scratchFolder();
  const { GOVCLOUD_ENGINE, GOVCLOUD_STATE = "" } = environmentIn(folder);
  mkdirSync(GOVCLOUD_STATE);
  const attributes = { id: "0c6f1d2e-0000-4000-8000-000000000001", input: null, output: null, triggers_replace: null };
  const resource = {
    ...{ mode: "managed", type: "terraform_data", name: "record", provider: 'provider["terraform.io/builtin/terraform"]' },
    instances: [{ schema_version: 0, attributes }],
  };
  const state = { version: 4, lineage: "l", serial: 1, terraform_version: "1.11.4", outputs: {}, resources: [resource] };
  for (const stack of ["civil-affairs--marriage-records", ...(lost ? ["hrss--lost"] : [])])
    writeFileSync(join(GOVCLOUD_STATE, `${stack}.tfstate`), JSON.stringify(state));
  return { GOVCLOUD_STATE, ...(GOVCLOUD_ENGINE === undefined ? {} : { GOVCLOUD_ENGINE }) };
}

function seen({ verdict, systems }: DriftResult) {
  return { verdict, systems: systems.map(({ id, failure }) => `${id}: ${failure?.message ?? "no drift"}`) };
}

const withEngine = ENGINE.reason === undefined ? "" : ` (skipped: ${ENGINE.reason})`;
const LOST = "hrss/lost: has a state and no declaration: it cannot be compared";
const RETIRED = "civil-affairs/marriage-records: no drift";

test.skipIf(ENGINE.reason !== undefined).each([
  { what: "passes where there is none", lost: false, passes: true, found: { verdict: "none", systems: [RETIRED] } },
  { what: "fails where it could not look everywhere", lost: true, passes: false, found: { verdict: "failed", systems: [RETIRED, LOST] } },
])(
  `GitLab: the nightly job looks for drift, keeps what it found, and $what${withEngine}`,
  async ({ lost, passes, found }) => {
    const { clone, code, output } = await gitlabJob("drift", { GOVCLOUD_NIGHTLY: "1", ...states({ lost }) });
    expect(code === 0, output).toBe(passes);
    expect(seen(readResult<DriftResult>(clone, "watched/drift.json"))).toEqual(found);
  },
  400_000,
);

test("GitLab: after the applies of a merge the report stands on its request, of all groups in one comment", async () => {
  const { clone, main } = scratchRepository();
  const comments: { readonly body: string }[] = [];
  const author = { id: 5, username: "pipeline" };
  const forge = await fakeForge({
    "GET /api/v4/user": author,
    [`GET /api/v4/projects/42/repository/commits/${main}/merge_requests`]: [{ iid: 7, state: "merged", merge_commit_sha: main }],
    "GET /api/v4/projects/42/merge_requests/7": {
      ...{ iid: 7, author, title: "Growth", state: "merged", sha: "a".repeat(40) },
      ...{ source_project_id: 42, target_project_id: 42, labels: [] },
    },
    "GET /api/v4/projects/42/merge_requests/7/notes": (request, response, body) => {
      const isFirst = new URL(request.url ?? "", "http://x").searchParams.get("page") === "1";
      status(200, isFirst ? comments : [])(request, response, body);
    },
    "POST /api/v4/projects/42/merge_requests/7/notes": (request, response, body) => {
      const note = { id: 31, system: false, created_at: "2026-01-15T01:00:00Z", author, ...(JSON.parse(body) as { body: string }) };
      comments.push(note);
      status(201, note)(request, response, body);
    },
  });
  forges.push(forge);
  mkdirSync(join(clone, "applied"));
  for (const [group, result] of [
    ["hrss--job-service", "applied"],
    ["hrss--social-insurance", "failed"],
  ] as const) {
    const words: ApplyResult = {
      schema: "govcloud/apply/1",
      fingerprint: `sha256:${"0".repeat(64)}`,
      engine: { kind: "OpenTofu", version: "1.10.0" },
      startedAt: "2026-01-15T01:00:00.000Z",
      endedAt: "2026-01-15T01:05:00.000Z",
      systems: [{ id: group.replace("--", "/"), result, done: [], failed: [], unfinished: [], error: null, remedy: null, details: null }],
      refusals: [],
      checks: [],
      approvedBy: { kind: "signed", by: [] },
      verdict: result,
    };
    writeFileSync(join(clone, "applied", `${group}.json`), JSON.stringify(words));
  }
  const { code, output } = await gitlabCiLocal(clone, ["--file", ".gitlab/ci/provision.yml", "report"], {
    variables: {
      CI_API_V4_URL: `${forge.url}/api/v4`,
      CI_PROJECT_ID: "42",
      CI_COMMIT_SHA: main,
      GOVCLOUD_FORGE: "gitlab",
      GOVCLOUD_FORGE_TOKEN: TOKEN,
    },
  });
  expect([code, output.includes(TOKEN)], output).toEqual([0, false]);
  expect(comments.map(summaryOf)).toEqual([
    [
      "## ❌ NOT ALL APPLIED",
      "| Result | System | Done | Failed | Unknown |",
      "| ✅ applied | `hrss/job-service` | 0 | 0 | 0 |",
      "| ❌ failed | `hrss/social-insurance` | 0 | 0 | 0 |",
    ],
  ]);
}, 400_000);

const title = ACT.path === undefined ? `with act (skipped: ${ACT.reason})` : "with act";
describe.skipIf(ACT.path === undefined)(title, () => {
  async function workflow(file: string, args: readonly string[], env: Readonly<Record<string, string>>) {
    const repository: ScratchRepository = scratchRepository();
    git(repository.clone, "remote", "set-url", "origin", `https://github.com/${PROJECT}.git`);
    const event = { repository: { full_name: PROJECT, default_branch: "main" } };
    return await runWorkflow(repository, "schedule", event, ["-W", `.github/workflows/${file}`, ...args], env);
  }

  test.skipIf(ENGINE.reason !== undefined)(
    `GitHub: the nightly workflow looks for drift, and keeps what it found${withEngine}`,
    async () => {
      const { GOVCLOUD_STATE, ...env } = states();
      const secrets = ["-s", `GOVCLOUD_STATE=${GOVCLOUD_STATE}`];
      const { code, output, artifacts } = await workflow("drift.yml", ["--var", "GOVCLOUD_NIGHTLY=1", ...secrets], env);
      expect(code, output).toBe(0);
      expect(seen(readResult<DriftResult>(artifacts, "drift", "watched", "drift.json"))).toEqual({ verdict: "none", systems: [RETIRED] });
    },
    400_000,
  );

  test("GitHub: no workflow does anything until its variable is set", async () => {
    for (const file of ["drift.yml", "monthly.yml"]) {
      const { code, output } = await workflow(file, [], {});
      expect([code, output.includes("npm run")], output).toEqual([0, false]);
    }
  }, 400_000);
});
