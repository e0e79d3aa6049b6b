import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { AffectedResult } from "../../../scripts/affected/result.ts";
import { SAMPLES, withReplaced } from "../../tree.ts";
import { govcloud, ROOT } from "../run.ts";

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "govcloud-affected-"));
  for (const [name, files] of Object.entries(HEADS)) {
    cpSync(SAMPLES, join(work, name), { recursive: true });
    for (const [path, words] of Object.entries(files)) writeFileSync(join(work, name, path), words);
  }
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const JOBS = "stacks/tenants/hrss/job-service.yaml";
const HEADS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  nothing: {},
  one: withReplaced(JOBS, "cpu: 8", "cpu: 16"),
  login: withReplaced("catalog/pools.yaml", "keystone.ps.example", "keystone2.ps.example"),
  capacity: withReplaced("catalog/pools.yaml", "sasGb: 300000", "sasGb: 400000"),
  classified: withReplaced(JOBS, "classified: false", "classified: true"),
  "hostile name": withReplaced(JOBS, "name: 公共就业服务平台", 'name: "|<b>`id` $(id) [x](y) ::error:: <!-- -->"'),
};

const run = (head: string, ...args: string[]) => govcloud(["affected", "--tree", head, "--base", SAMPLES, ...args], { cwd: work });
const written = (folder: string) =>
  Object.fromEntries(readdirSync(join(work, folder)).map((name) => [name, readFileSync(join(work, folder, name), "utf8").split("\n")]));

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(join(ROOT, "scripts/schema/affected.schema.json"), "utf8")) as object,
);
function resultOf(stdout: string): AffectedResult {
  const result: unknown = JSON.parse(stdout);
  if (!validate(result)) throw new Error(JSON.stringify(validate.errors));
  return result as AffectedResult;
}

describe("affected", () => {
  test("prints the JSON of its published schema, and nothing else", () => {
    const { code, stdout, stderr } = run("one", "--format", "json");
    expect([code, stderr]).toEqual([0, ""]);
    const reason = { kind: "own-file", file: JOBS, line: 27, words: "servers.db.cpu: 8 → 16" };
    expect(resultOf(stdout)).toEqual({
      schema: "govcloud/affected/1",
      base: SAMPLES,
      head: "one",
      of: 20,
      code: "not-compared",
      systems: [{ id: "hrss/job-service", tenant: "hrss", reasons: [reason] }],
      groups: [{ name: "hrss--job-service", systems: ["hrss/job-service"] }],
    });
    expect(existsSync(join(work, "groups"))).toBe(false);
  });

  test.each([
    {
      lang: "en",
      words: `systems touched: 1 of 20; jobs: 1\ndata alone were compared, not the program's code\n\nhrss/job-service\n  own file  ${JOBS}:27  servers.db.cpu: 8 → 16\n`,
    },
    {
      lang: "zh",
      words: `涉及 1 个系统（共 20 个），分 1 个作业\n只比较了数据，没有比较程序的代码\n\nhrss/job-service\n  自己的申报  ${JOBS}:27  servers.db.cpu：8 → 16\n`,
    },
  ])("tells people in $lang", ({ lang, words }) => {
    expect(run("one", "--lang", lang).stdout).toBe(words);
  });

  test.each([
    { args: ["--max-jobs", "1"], says: "wanted a number from 2 to 250" },
    { args: ["--max-jobs", "251"], says: "wanted a number from 2 to 250" },
    { args: ["--max-jobs", "2e1"], says: "wanted a number from 2 to 250" },
    { args: ["--groups", "a b;$(id)"], says: "Cannot write groups to a b;$(id): wanted a name of letters" },
    { args: ["--groups", "-x"], says: "Cannot write groups to -x" },
    { args: ["--groups", "one/catalog/pools.yaml"], says: "Cannot make the folder one/catalog/pools.yaml" },
  ])("refuses $args", ({ args, says }) => {
    const { code, stdout, stderr } = run("one", ...args);
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toContain(says);
  });
});

describe("affected --format github", () => {
  test("prints a step's outputs: the matrix without the platform, which has its own job", () => {
    expect(run("login", "--format", "github", "--groups", "login-groups").stdout).toBe(
      'matrix={"include":[{"group":"public-security--household-registry","systems_file":"login-groups/public-security--household-registry.txt"},' +
        '{"group":"public-security--video-analysis","systems_file":"login-groups/public-security--video-analysis.txt"}]}\nsystems=true\nplatform=true\n',
    );
    expect(written("login-groups")).toEqual({
      "platform.txt": ["platform", ""],
      "public-security--household-registry.txt": ["public-security/household-registry", ""],
      "public-security--video-analysis.txt": ["public-security/video-analysis", ""],
    });
  });

  test("says that there is nothing to do, since a matrix may not be empty", () => {
    expect(run("nothing", "--format", "github").stdout).toBe('matrix={"include":[]}\nsystems=false\nplatform=false\n');
  });
});

/** The jobs as gitlab-ci-local reads them, after it has held the file against GitLab's published schema. */
function gitlabJobs(folder: string): readonly { name: string; stage: string; needs?: readonly { job: string }[] }[] {
  mkdirSync(join(work, folder, ".gitlab/ci"), { recursive: true });
  writeFileSync(
    join(work, folder, ".gitlab/ci/provision.yml"),
    ".plan-group:\n  script: [echo plan]\n.apply-group:\n  script: [echo apply]\n  when: manual\n",
  );
  const inFolder = { cwd: join(work, folder), encoding: "utf8" } as const;
  const author = ["-c", "user.name=t", "-c", "user.email=t@example.org"];
  for (const args of [
    ["init", "-q", "-b", "main"],
    ["remote", "add", "origin", "git@gitlab.example.org:city/cloud.git"],
    ["add", ".gitlab"],
    [...author, "commit", "-qm", "templates"],
  ])
    expect(spawnSync("git", args, inFolder).status).toBe(0);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [`${ROOT}/node_modules/gitlab-ci-local/dist/index.js`, "--file", "child.yml", "--list-json"],
    inFolder,
  );
  expect(stderr).toContain("json schema validated");
  return JSON.parse(stdout) as ReturnType<typeof gitlabJobs>;
}

describe("affected --format gitlab", () => {
  test("writes a child pipeline that GitLab's schema and a runner accept, the platform's apply before the others", () => {
    const { code } = run("login", "--format", "gitlab", "--out", "login/child.yml", "--max-jobs", "2");
    expect(code).toBe(0);
    expect(parse(readFileSync(join(work, "login/child.yml"), "utf8"))).toEqual({
      include: [{ local: ".gitlab/ci/provision.yml" }],
      stages: ["plan", "platform", "apply"],
      "plan: platform": { extends: ".plan-group", stage: "plan", variables: { GROUP: "platform", SYSTEMS_FILE: "groups/platform.txt" } },
      "apply: platform": {
        extends: ".apply-group",
        stage: "platform",
        needs: [{ job: "plan: platform", artifacts: true }],
        resource_group: "platform",
        variables: { GROUP: "platform", SYSTEMS_FILE: "groups/platform.txt" },
      },
      "plan: group-1": { extends: ".plan-group", stage: "plan", variables: { GROUP: "group-1", SYSTEMS_FILE: "groups/group-1.txt" } },
      "apply: group-1": {
        extends: ".apply-group",
        stage: "apply",
        needs: [
          { job: "plan: group-1", artifacts: true },
          { job: "apply: platform", artifacts: false },
        ],
        resource_group: "group-1",
        variables: { GROUP: "group-1", SYSTEMS_FILE: "groups/group-1.txt" },
      },
    });
    expect(written("groups")["group-1.txt"]).toEqual(["public-security/household-registry", "public-security/video-analysis", ""]);
    expect(
      gitlabJobs("login").map(({ name, stage, needs = [] }) => `${stage}: ${name} after ${needs.map(({ job }) => job).join()}`),
    ).toEqual([
      "plan: plan: platform after ",
      "platform: apply: platform after plan: platform",
      "plan: plan: group-1 after ",
      "apply: apply: group-1 after plan: group-1,apply: platform",
    ]);
  });

  test("writes one job that does nothing where no system is touched", () => {
    run("nothing", "--format", "gitlab", "--out", "nothing/child.yml");
    expect(gitlabJobs("nothing").map(({ name }) => name)).toEqual(["nothing to do"]);
  });
});

test.each(["text", "json", "gitlab", "github"])("A name that is markup and shell reaches %s as words at most", (format) => {
  const { code, stdout } = run("hostile name", "--format", format);
  expect(code).toBe(0);
  if (format === "gitlab" || format === "github") expect(stdout).not.toContain("id`");
  expect(stdout).toContain("hrss");
  expect(stdout.includes("\u001b")).toBe(false);
});

describe("plan --systems-from", () => {
  const plan = (file: string, ...args: string[]) =>
    govcloud(["plan", "--tree", "capacity", "--base", SAMPLES, "--at", "2026-01-15", "--systems-from", file, ...args], { cwd: work });
  const file = (words: string) => {
    writeFileSync(join(work, "systems.txt"), words);
    return "systems.txt";
  };

  test("judges the systems of the file and no other that the request touches, and says so", () => {
    const { stdout } = plan(file("hrss/job-service\r\n\necology/air-monitoring\n"), "--format", "json");
    const { systems, notes } = JSON.parse(stdout) as { systems: { id: string }[]; notes: string[] };
    expect(systems.map(({ id }) => id)).toEqual(["ecology/air-monitoring", "hrss/job-service"]);
    expect(notes[0]).toBe("Of 20 systems only the 2 asked for were judged, the others were not; money is that of the whole contract");
  });

  test("leaves what another system is refused for to that system's job", () => {
    const codes = ["hrss/job-service", "ecology/air-monitoring"].map(
      (id) =>
        govcloud(["plan", "--tree", "classified", "--base", SAMPLES, "--at", "2026-01-15", "--systems-from", file(`${id}\n`)], {
          cwd: work,
        }).code,
    );
    expect(codes).toEqual([2, 0]);
  });

  test.each([
    { what: "an unknown system", words: "hrss/job-servic\n", says: 'Cannot find system "hrss/job-servic"; did you mean hrss/job-service' },
    {
      what: "something that is no id",
      words: "platform\n../../etc/passwd\n",
      says: 'systems.txt:2:1: Cannot take "../../etc/passwd" for a system',
    },
    { what: "an escape", words: "hrss/\u001b[31m\n", says: 'systems.txt:1:1: Cannot take "hrss/\ufffd[31m" for a system' },
    { what: "no system", words: "\n\n", says: "systems.txt:1:1: Cannot plan no system" },
    { what: "a file beyond the limit", words: "platform\n".repeat(300_000), says: "Cannot read systems.txt: more than 2097152 bytes" },
  ])("refuses $what", ({ words, says }) => {
    const { code, stdout, stderr } = plan(file(words));
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toContain(says);
  });

  test.each([
    { args: ["--system", "platform"], says: "Cannot use --systems-from beside --system or --all" },
    { args: ["--all"], says: "Cannot use --systems-from beside --system or --all" },
  ])("refuses $args beside it", ({ args, says }) => {
    const { code, stderr } = plan(file("platform\n"), ...args);
    expect([code, stderr.includes(says)]).toEqual([3, true]);
  });

  test("refuses a folder and what is not there", () => {
    expect(plan("capacity").stderr).toContain("Cannot read capacity: no regular file");
    expect(plan("nowhere.txt").stderr).toContain("Cannot read nowhere.txt: ENOENT");
  });
});
