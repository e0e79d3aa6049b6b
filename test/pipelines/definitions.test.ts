import { execFileSync, spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { ROOT } from "../scripts/run.ts";
import { gitlabCiLocal } from "./gitlab-ci-local.ts";
import { provideAct } from "./provide-act.ts";
import { scratchRepository } from "./scratch-repository.ts";

type Fields = Readonly<Record<string, unknown>>;

const ACT = provideAct();
const WORKFLOWS = globSync(".github/workflows/*.yml", { cwd: ROOT }).sort();
const ACTIONS = globSync(".github/actions/*/action.yml", { cwd: ROOT }).sort();
const GITLAB = globSync(".gitlab/ci/*.yml", { cwd: ROOT }).sort();
const PACKAGE = read("package.json") as { readonly scripts: Readonly<Record<string, string>> };

function words(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

function read(file: string): unknown {
  return parse(words(file));
}

interface Job extends Fields {
  readonly steps: readonly Fields[];
}

function jobsOf(file: string): [string, Job][] {
  return Object.entries((read(file) as { readonly jobs: Record<string, Job> }).jobs);
}

/** GitLab's jobs and templates of a file, by name. */
function gitlabJobs(file: string): [string, Fields][] {
  return Object.entries(read(file) as Record<string, Fields>).filter(
    ([name]) => !["include", "workflow", "variables", "default"].includes(name),
  );
}

describe("GitLab", () => {
  // gitlab-ci-local holds what it reads against the schema that GitLab publishes (app/assets/javascripts/editor/schema/ci.json), which its package carries.
  const { clone } = scratchRepository();

  test.each([".gitlab-ci.yml", ".gitlab/ci/provision.yml"])("%s is valid by the schema that GitLab publishes", async (file) => {
    const { code, output } = await gitlabCiLocal(clone, ["--list-json", "--file", file, "--json-schema-validation"]);
    expect([code, output]).toEqual([0, expect.stringContaining("json schema validated")]);
  });

  const request = { CI_PIPELINE_SOURCE: "merge_request_event", CI_COMMIT_BRANCH: "", CI_MERGE_REQUEST_PROJECT_ID: "1" };
  const protectedBranch = { CI_COMMIT_BRANCH: "main", CI_DEFAULT_BRANCH: "main" };
  test.each([
    { why: "a request", variables: { ...request, CI_PROJECT_ID: "1" }, jobs: ["check", "comment", "plan"] },
    {
      why: "a request in the fork's own project, which has no token",
      variables: { ...request, CI_PROJECT_ID: "2" },
      jobs: ["check", "plan"],
    },
    { why: "a merge", variables: { ...protectedBranch, CI_PIPELINE_SOURCE: "push" }, jobs: ["affected", "provision"] },
    {
      why: "a push to another branch",
      variables: { CI_PIPELINE_SOURCE: "push", CI_COMMIT_BRANCH: "other", CI_DEFAULT_BRANCH: "main" },
      jobs: [],
    },
    { why: "a schedule without a variable", variables: { ...protectedBranch, CI_PIPELINE_SOURCE: "schedule" }, jobs: [] },
    { why: "every night", variables: { ...protectedBranch, CI_PIPELINE_SOURCE: "schedule", GOVCLOUD_NIGHTLY: "1" }, jobs: ["drift"] },
    {
      why: "every month",
      variables: { ...protectedBranch, CI_PIPELINE_SOURCE: "schedule", GOVCLOUD_MONTHLY: "1" },
      jobs: ["right-size"],
    },
    {
      why: "every month, with the statement",
      variables: { ...protectedBranch, CI_PIPELINE_SOURCE: "schedule", GOVCLOUD_MONTHLY: "1", GOVCLOUD_STATEMENT: "1" },
      jobs: ["right-size", "statement"],
    },
  ])("jobs of $why", async ({ variables, jobs }) => {
    const { output } = await gitlabCiLocal(clone, ["--list-csv"], { variables });
    const lines = output
      .slice(output.search(/^name;/m))
      .split("\n")
      .slice(1);
    expect(lines.flatMap((line) => /^([a-z-]+);/.exec(line)?.[1] ?? []).sort()).toEqual(jobs);
  });

  test("what is planned for a request may be interrupted, what touches the cloud never", () => {
    const interruptible = Object.fromEntries(
      GITLAB.flatMap(gitlabJobs)
        .filter(([, { interruptible }]) => interruptible !== undefined)
        .map(([name, { interruptible }]) => [name, interruptible]),
    );
    expect(interruptible).toEqual({ ".request": true, ".plan-group": false, ".apply-group": false });
    expect((read(".gitlab/ci/program.yml") as { default: Fields }).default).toMatchObject({
      interruptible: false,
      retry: { max: 2, when: ["runner_system_failure", "scheduler_failure"] },
    });
    expect(Object.fromEntries(gitlabJobs(".gitlab/ci/provision.yml"))[".apply-group"]).toMatchObject({
      retry: 0,
      when: "manual",
      allow_failure: false,
    });
  });
});

describe("GitHub", () => {
  test.skipIf(ACT.path === undefined).each(WORKFLOWS)(
    `%s is valid by the schema of act${ACT.path === undefined ? ` (skipped: ${ACT.reason})` : ""}`,
    (file) => {
      const { status, stdout, stderr } = spawnSync(ACT.path ?? "", ["--validate", "--strict", "-W", file], { cwd: ROOT, encoding: "utf8" });
      expect([status, stdout + stderr]).toEqual([0, expect.not.stringContaining("rror:")]);
    },
  );

  test.each([...WORKFLOWS, ...ACTIONS])("%s takes actions by whole commits, and few", (file) => {
    const uses = [...words(file).matchAll(/^\s*(?:- )?uses: (\S+)/gm)].map(([, name = ""]) => name);
    const pinned = /^(?:\.\/(?:program\/)?\.github\/actions\/[a-z]+|[\w-]+\/[\w-]+@[0-9a-f]{40})$/;
    expect(uses.filter((name) => !pinned.test(name))).toEqual([]);
    expect(new Set(uses.filter((name) => !name.startsWith("./")).map((name) => name.split("@")[0])).size).toBeLessThanOrEqual(2);
  });

  test.each([...WORKFLOWS, ...ACTIONS])("%s puts no text of others into a script: it comes as variables", (file) => {
    const steps = (file.includes("/actions/") ? [["", (read(file) as { runs: Job }).runs] as const] : jobsOf(file)).flatMap(
      ([, { steps }]) => steps,
    );
    expect(steps.map(({ run }) => String(run ?? "")).filter((run) => run.includes("${{"))).toEqual([]);
  });

  test.each(WORKFLOWS)("%s may do what it says and no more; every job ends", (file) => {
    const { permissions } = read(file) as Fields;
    const wanted = file.endsWith("request.yml") ? { contents: "read", "pull-requests": "write" } : { contents: "read" };
    expect(permissions).toEqual(wanted);
    for (const [name, job] of jobsOf(file)) {
      expect([name, typeof job["timeout-minutes"]]).toEqual([name, "number"]);
      expect([name, job["permissions"] ?? "none"]).toEqual([
        name,
        name === "report"
          ? { contents: "read", "pull-requests": "write" }
          : name.startsWith("apply")
            ? { contents: "read", "pull-requests": "read" }
            : "none",
      ]);
    }
  });

  test("a request's job has no secret, and runs nothing below the request's folder", () => {
    const file = words(".github/workflows/request.yml");
    expect(file).not.toContain("secrets.");
    const [[, { steps }] = ["", { steps: [] }]] = jobsOf(".github/workflows/request.yml");
    for (const step of steps.filter(({ run }) => String(run ?? "").includes("npm"))) expect(step["working-directory"]).toBe("program");
  });

  test("applies have secrets of a protected environment, and are never cancelled for another", () => {
    const applies = jobsOf(".github/workflows/provision.yml").filter(([name]) => name.startsWith("apply"));
    expect(
      applies.map(([name, { environment, concurrency }]) => [name, environment, (concurrency as Fields)["cancel-in-progress"]]),
    ).toEqual([
      ["apply-platform", "production", false],
      ["apply", "production", false],
    ]);
  });
});

test("what the jobs leave in a checkout, on a laptop too, is no part of the project", () => {
  const artifacts = GITLAB.flatMap(gitlabJobs).flatMap(([, { artifacts }]) => ((artifacts as Fields)?.["paths"] ?? []) as string[]);
  const kept = WORKFLOWS.flatMap(jobsOf)
    .flatMap(([, { steps }]) => steps.filter(({ uses }) => String(uses).endsWith("/keep")))
    .flatMap((step) => String((step["with"] as Fields)["path"]).split("\n"));
  const written = [...GITLAB, ...WORKFLOWS].flatMap((file) =>
    [...words(file).matchAll(/--(?:out|deliveries|save|report) "?(?:[a-z]+=)?([\w./$-]+)/g)].map(([, path = ""]) => path),
  );
  const paths = [...artifacts, ...kept, ...written]
    .filter((path) => !/^!|^$|^\$RESULTS|^\.\.|\$\{\{/.test(path))
    .map((path) => path.replace(/\$\w+|\*/g, "x").replace(/\/$/, "/x"));
  expect(paths.length).toBeGreaterThan(15);
  // Names that commands choose where nobody names one.
  const chosen = [
    "cdktf.out/x",
    "groups/x.txt",
    `${"0".repeat(64)}.centre.json`,
    `${"0".repeat(64)}.security.json`,
    `${"0".repeat(64)}.bureau-hrss.json`,
  ];
  const all = [...new Set([...paths, ...chosen])].sort();
  const { stdout } = spawnSync("git", ["check-ignore", "--no-index", "--stdin"], { cwd: ROOT, encoding: "utf8", input: all.join("\n") });
  expect(stdout.trimEnd().split("\n").sort()).toEqual(all);
  const { stdout: tracked } = spawnSync("git", ["ls-files", "--cached", "--ignored", "--exclude-standard"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(tracked).toBe("");
});

/** `command` and its options, of every `npm run` in the pipelines. */
const CALLS = [...GITLAB, ...WORKFLOWS].flatMap((file) =>
  [
    ...words(file)
      .replace(/^ *#.*/gm, "")
      .matchAll(/npm run ([a-z-]+) -- ((?:[^&\n]|\n\s+--)*)/g),
  ].map(([, command = "", rest = ""]) => ({
    file,
    command,
    options: [...new Set([...rest.matchAll(/--[a-z-]+/g)].map(([option]) => option))].sort(),
  })),
);
/** Commands that are planned; their jobs stand behind a variable of their own. */
const PLANNED = new Set(["statement"]);

test("a merge is provisioned by the same commands on GitLab as on GitHub, in one order; test/gitops runs the latter as they stand", () => {
  const calls = (...files: readonly string[]) => [
    ...new Set(
      files.flatMap((file) => CALLS.filter((call) => call.file === file).map(({ command, options }) => [command, ...options].join(" "))),
    ),
  ];
  const github = calls(".github/workflows/provision.yml");
  expect(calls(".gitlab/ci/merge.yml", ".gitlab/ci/provision.yml")).toEqual(github);
  expect(github).toEqual([
    "affected --base --format --groups --out",
    "plan --base --online --report --save --systems-from",
    "approve --collect",
    "apply --approvals --base --deliveries --format --out --plan",
    "comment --applied",
  ]);
});

test("the pipelines call these commands", () => {
  expect([...new Set(CALLS.map(({ command }) => command))].sort()).toEqual([
    "affected",
    "apply",
    "approve",
    "check",
    "comment",
    "drift",
    "plan",
    "right-size",
    "statement",
  ]);
});

test.each([...new Set(CALLS.map(({ command }) => command))].filter((command) => !PLANNED.has(command)))(
  "%s exists, with every option that the pipelines give it",
  (command) => {
    expect(Object.keys(PACKAGE.scripts)).toContain(command);
    const help = execFileSync(process.execPath, [join(ROOT, "scripts/govcloud.ts"), command, "--help"], { encoding: "utf8" });
    for (const { file, options } of CALLS.filter((call) => call.command === command))
      for (const option of options) expect([file, option, new RegExp(`^\\s+${option}\\b`, "m").test(help)]).toEqual([file, option, true]);
  },
);
