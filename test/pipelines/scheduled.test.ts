import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Temporal } from "temporal-polyfill";
import { afterAll, describe, expect, test } from "vitest";
import { TIME_ZONE } from "../../catalog/day.ts";
import type { DriftResult } from "../../scripts/drift/result.ts";
import type { ApplyResult } from "../../scripts/render/apply-text.ts";
import type { RightSizeResult } from "../../scripts/right-size/result.ts";
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

/** A folder of states with one that nobody declares: what the nightly job finds without an engine, a provider or a cloud. */
function lostState(): string {
  const folder = scratchFolder();
  const resources = [{ mode: "managed", type: "terraform_data", name: "record", instances: [{ attributes: { id: "1" } }] }];
  const state = { version: 4, lineage: "l", serial: 1, terraform_version: "1.11.4", outputs: {}, resources };
  writeFileSync(join(folder, "hrss--lost.tfstate"), JSON.stringify(state));
  return folder;
}

/** What it could not look at fails the job; what it found is kept all the same. */
const FOUND = { verdict: "failed", systems: ["hrss/lost: has a state and no declaration: it cannot be compared"] };
function found(...path: string[]) {
  const { verdict, systems } = JSON.parse(readFileSync(join(...path), "utf8")) as DriftResult;
  return { verdict, systems: systems.map(({ id, failure }) => `${id}: ${failure?.message}`) };
}

test("GitLab: the nightly job looks for drift, and keeps what it found", async () => {
  const { clone } = scratchRepository();
  writeFileSync(join(clone, "pipeline.yml"), await definitionOf(clone));
  const { code, output } = await gitlabCiLocal(clone, ["--file", "pipeline.yml", "drift"], {
    variables: { ...SCHEDULE, GOVCLOUD_NIGHTLY: "1", GOVCLOUD_STATE: lostState() },
  });
  expect(code, output).toBe(1);
  expect(found(clone, "watched/drift.json")).toEqual(FOUND);
}, 400_000);

/** Use of the last month that ended: one server, as a file that GOVCLOUD_USAGE names. */
function lastMonthsUse(): { readonly month: string; readonly file: string } {
  const end = Temporal.Now.zonedDateTimeISO(TIME_ZONE).toPlainDate().with({ day: 1 });
  const begin = end.subtract({ months: 1 });
  const file = join(scratchFolder(), "usage.csv");
  const header = "system,server,index,from,to,cpuPercent,memoryPercent,diskUsedGb,coverage";
  writeFileSync(file, `${header}\nhrss/job-service,db,1,${begin},${end},5,10,100,1\n`);
  return { month: begin.toPlainYearMonth().toString(), file };
}

function advised(...path: string[]) {
  const { month, servers } = JSON.parse(readFileSync(join(...path), "utf8")) as RightSizeResult;
  return { month, servers: servers.map(({ system, server, cpu }) => `${system} ${server}: ${cpu.now} → ${cpu.target} cores`) };
}
const ADVICE = ["hrss/job-service db: 8 → 2 cores"];

test("GitLab: the monthly job advises on the last month, by what GOVCLOUD_USAGE names", async () => {
  const { clone } = scratchRepository();
  const { month, file } = lastMonthsUse();
  writeFileSync(join(clone, "pipeline.yml"), await definitionOf(clone));
  const { code, output } = await gitlabCiLocal(clone, ["--file", "pipeline.yml", "right-size"], {
    variables: { ...SCHEDULE, GOVCLOUD_MONTHLY: "1", GOVCLOUD_USAGE: file },
  });
  expect(code, output).toBe(0);
  expect(advised(clone, "watched/right-size.json")).toEqual({ month, servers: ADVICE });
}, 400_000);

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
  async function workflow(file: string, args: readonly string[]) {
    const repository: ScratchRepository = scratchRepository();
    git(repository.clone, "remote", "set-url", "origin", `https://github.com/${PROJECT}.git`);
    const event = { repository: { full_name: PROJECT, default_branch: "main" } };
    return await runWorkflow(repository, "schedule", event, ["-W", `.github/workflows/${file}`, ...args]);
  }

  test("GitHub: the nightly workflow looks for drift, and keeps what it found", async () => {
    const args = ["--var", "GOVCLOUD_NIGHTLY=1", "-s", `GOVCLOUD_STATE=${lostState()}`];
    const { code, output, artifacts } = await workflow("drift.yml", args);
    expect(code, output).toBe(1);
    expect(found(artifacts, "drift", "watched", "drift.json")).toEqual(FOUND);
  }, 400_000);

  test("GitHub: the monthly workflow advises on the last month, by what GOVCLOUD_USAGE names", async () => {
    const { month, file } = lastMonthsUse();
    const variables = ["--var", "GOVCLOUD_MONTHLY=1", "--var", `GOVCLOUD_USAGE=${file}`];
    const { code, output, artifacts } = await workflow("monthly.yml", [...variables, "-j", "right-size"]);
    expect(code, output).toBe(0);
    expect(advised(artifacts, "right-size", "watched", "right-size.json")).toEqual({ month, servers: ADVICE });
  }, 400_000);

  test("GitHub: no workflow does anything until its variable is set", async () => {
    for (const file of ["drift.yml", "monthly.yml"]) {
      const { code, output } = await workflow(file, []);
      expect([code, output.includes("npm run")], output).toEqual([0, false]);
    }
  }, 400_000);
});
