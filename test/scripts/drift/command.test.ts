import { spawn } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SAMPLES } from "../../tree.ts";
import { type FakeCloud, fakeCloud, PASSWORD, status } from "../cloud/fake-cloud.ts";
import { FLAVORS } from "../doctor/healthy-cloud.ts";
import { scratch } from "../engine/fixtures.ts";
import { ROOT } from "../run.ts";
import { checkDrift } from "./drift-result.ts";
import { rule } from "./project.ts";

const PLANS = join(ROOT, "test/plans");
const JOB = "hrss/job-service";
const HEALTH = "health/regional-health";
const RACK = "ecology/air-monitoring";
const AT = ["--at", "2026-01-15"];

/** Lists of a project by their path; what is not named is empty. */
function project(name: string, more: Readonly<Record<string, object>> = {}): Record<string, object> {
  const own = `project_id=id-of-${name}`;
  const empty: Record<string, object> = {
    "/compute/v2.1/servers/detail": { servers: [] },
    "/compute/v2.1/os-keypairs": { keypairs: [] },
    "/block-storage/volumes/detail": { volumes: [] },
    "/block-storage/snapshots/detail": { snapshots: [] },
    "/block-storage/backups/detail": { backups: [] },
    [`/image/v2/images?owner=id-of-${name}`]: { images: [] },
    ...Object.fromEntries(
      ["ports", "floatingips", "networks", "subnets", "routers"].map((list) => [`/network/v2.0/${list}?${own}`, { [list]: [] }]),
    ),
    [`/network/v2.0/security-groups?${own}`]: { security_groups: [] },
    [`/network/v2.0/security-group-rules?${own}`]: { security_group_rules: [] },
    "/compute/v2.1/flavors/detail": { flavors: FLAVORS },
  };
  return Object.fromEntries(Object.entries({ ...empty, ...more }).map(([path, reply]) => [`GET ${path}`, reply]));
}

const SERVICES = ["compute", "network", "block-storage", "image"];

/**
 * A folder with states of the stacks named, an engine that answers with a recorded plan for each (or fails where there is none), and the samples with
 * their pool in a cloud of the test's own.
 */
function stage(cloud: FakeCloud, plans: Readonly<Record<string, string | undefined>>) {
  const folder = scratch();
  for (const part of ["plans", "state"]) mkdirSync(join(folder, part));
  for (const [stack, plan] of Object.entries(plans)) {
    if (plan !== undefined) copyFileSync(join(PLANS, `${plan}.json`), join(folder, "plans", `${stack}.json`));
    const one = { mode: "managed", type: "terraform_data", name: "x", instances: [{ attributes: { id: "x" } }] };
    const document = { version: 4, terraform_version: "1.9.0", serial: 3, lineage: "x", resources: [one] };
    writeFileSync(join(folder, "state", `${stack}.tfstate`), JSON.stringify(document));
  }
  const engine = join(folder, "engine");
  writeFileSync(
    engine,
    `#!/bin/sh
case "$1" in
  version) echo "Terraform v1.9.0" ;;
  plan) test -f "${folder}/plans/$(basename "$PWD").json" || { echo "Error: connection refused" >&2; exit 1; } ;;
  show) cat "${folder}/plans/$(basename "$PWD").json" ;;
  state) echo '{"version":4,"lineage":"x","serial":3}' ;;
esac
`,
  );
  chmodSync(engine, 0o755);
  const tree = join(folder, "tree");
  cpSync(SAMPLES, tree, { recursive: true });
  const pools = join(tree, "catalog/pools.yaml");
  writeFileSync(pools, readFileSync(pools, "utf8").replace("https://keystone.gov.example:5000/v3", `${cloud.url}/v3`));
  return async (...args: string[]) =>
    await run(["drift", "--tree", tree, ...AT, ...args], {
      GOVCLOUD_ENGINE: engine,
      GOVCLOUD_STATE: join(folder, "state"),
      TF_PLUGIN_CACHE_DIR: join(folder, "cache"),
      OS_USERNAME: "operator",
      OS_PASSWORD: PASSWORD,
    });
}

/** Runs beside the cloud of this process, which has to answer meanwhile. */
async function run(args: readonly string[], env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [`${ROOT}/scripts/govcloud.ts`, ...args], {
    env: { ...process.env, LANG: "C", LC_ALL: "", ...env },
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (words: Buffer) => (stdout += words.toString()));
  child.stderr.on("data", (words: Buffer) => (stderr += words.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stdout, stderr };
}

/** Whoever makes a server names it: a terminal is not to obey. */
const NAME = "by-hand\u001b[31m";
const WORLD = { protocol: "tcp", port_range_min: 22, port_range_max: 22, remote_ip_prefix: "0.0.0.0/0" };
const BY_HAND = {
  "/compute/v2.1/servers/detail": { servers: [{ id: "s-by-hand", name: NAME, flavor: { id: "general-2c-4g" } }] },
  "/network/v2.0/security-groups?project_id=id-of-hrss--job-service": { security_groups: [{ id: "g", name: "default" }] },
  "/network/v2.0/security-group-rules?project_id=id-of-hrss--job-service": { security_group_rules: [rule("r-by-hand", "g", WORLD)] },
};

describe("npm run drift", () => {
  let cloud: FakeCloud;
  beforeAll(async () => {
    cloud = await fakeCloud(
      { ...project("health--regional-health"), ...project("hrss--job-service", BY_HAND) },
      { projects: ["hrss--job-service"], services: SERVICES },
    );
  });
  afterAll(async () => await cloud.close());

  test("tells what was changed behind the engine's back and what no state holds, priced, and exits 2", async () => {
    const drift = stage(cloud, { "hrss--job-service": "drift", "ecology--air-monitoring": "kubernetes-namespace" });
    const { code, stdout, stderr } = await drift("--format", "json");
    expect([code, stderr.match(/✔ planned/g)?.length]).toEqual([2, 2]);
    const result = checkDrift(JSON.parse(stdout));
    expect([result.schema, result.at, result.verdict]).toEqual(["govcloud/drift/1", "2026-01-15", "drift"]);
    const byId = new Map(result.systems.map((system) => [system.id, system]));
    expect([...byId.keys()].sort()).toEqual([RACK, JOB]);
    // No resource of OpenStack in its state: there is no project to list.
    expect(byId.get(RACK)).toMatchObject({ drift: [], project: null, unmanaged: [], failure: null });
    expect(byId.get(JOB)?.drift.map(({ address }) => address)).toHaveLength(4);
    expect(byId.get(JOB)).toMatchObject({ project: "hrss--job-service", failure: null });
    expect(byId.get(JOB)?.unmanaged).toEqual([
      // Lines 1 and 2: 2 × 21.60 + 4 × 21.60.
      { kind: "server", id: "s-by-hand", name: NAME, monthly: "129.60", world: false, message: "general-2c-4g" },
      {
        kind: "security-group-rule",
        id: "r-by-hand",
        name: "r-by-hand",
        monthly: null,
        world: true,
        message: "group default, ingress IPv4; servers of the group (none now) tcp 22: reachable from any address that routes to it",
      },
    ]);
    const text = await drift("--lang", "zh");
    expect([text.code, text.stdout.split("\n")[0]]).toEqual([2, "▲ 有漂移  2026-01-15"]);
    expect(text.stdout).toContain("项目 hrss--job-service 里不归任何状态管的：");
    expect(text.stdout).toMatch(/▲ {2}安全组规则 {2}r-by-hand/);
    expect(text.stdout).not.toContain("\u001b");
    expect(stdout + stderr + text.stdout + text.stderr).not.toContain(PASSWORD);
  }, 60_000);

  test("a system whose plan or whose project cannot be read failed; the others go on", async () => {
    const drift = stage(cloud, {
      "hrss--job-service": "drift",
      "health--regional-health": "no-op",
      "hrss--social-insurance": undefined,
      "hrss--gone": undefined,
    });
    const { code, stdout } = await drift("--format", "json");
    const result = checkDrift(JSON.parse(stdout));
    expect([code, result.verdict]).toEqual([1, "failed"]);
    expect(result.systems.map(({ id, drift: { length }, unmanaged, failure }) => [id, length, unmanaged.length, failure?.message])).toEqual(
      [
        [HEALTH, 0, 0, expect.stringMatching(/^Cannot enter project health--regional-health of domain /)],
        [JOB, 4, 2, undefined],
        ["hrss/social-insurance", 0, 0, "hrss--social-insurance: planning failed: connection refused"],
        ["hrss/gone", 0, 0, "has a state and no declaration: it cannot be compared"],
      ],
    );
  }, 60_000);

  test("an engine that shows something else than a plan failed", async () => {
    const drift = stage(cloud, { "hrss--job-service": "create-system.tf" });
    const { code, stdout } = await drift("--format", "json");
    const [system] = checkDrift(JSON.parse(stdout)).systems;
    expect([code, system?.drift, system?.project]).toEqual([1, [], null]);
    expect(system?.failure?.remedy).toMatch(/^plan again; if it happens again, check the engine.s version/);
  }, 60_000);

  test.each([
    {
      title: "a system without a state",
      args: ["--system", JOB],
      says: /^Cannot look for drift in hrss\/job-service: it has no state in /,
    },
    { title: "no state at all", args: [], says: /^Cannot look for drift: there is no state in .*; set GOVCLOUD_STATE/ },
  ])("refuses $title: to look at nothing is no answer", async ({ args, says }) => {
    const { code, stdout, stderr } = await stage(cloud, {})(...args);
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(says);
  });

  test("a cloud that breaks off in the middle of its lists is a failure, never a clean project", async () => {
    const broken = await fakeCloud(
      { ...project("hrss--job-service"), "GET /block-storage/snapshots/detail": status(403) },
      { projects: ["hrss--job-service"], services: SERVICES },
    );
    try {
      const { code, stdout } = await stage(broken, { "hrss--job-service": "no-op" })("--format", "json");
      const [system] = checkDrift(JSON.parse(stdout)).systems;
      expect([code, system?.project, system?.unmanaged, system?.failure?.message]).toEqual([1, null, [], expect.stringContaining("403")]);
    } finally {
      await broken.close();
    }
  }, 60_000);
});
