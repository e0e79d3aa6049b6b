import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { CloudClient } from "../../scripts/cloud/cloud-client.ts";
import type { DriftResult } from "../../scripts/drift/result.ts";
import type { PlanResult } from "../../scripts/plan/result.ts";
import { askCluster } from "../kubernetes/client.ts";
import { whyNotApply } from "../openstack/apply.ts";
import { correctVolumeCounts } from "../openstack/by-hand.ts";
import { cloudPool } from "../openstack/cloud-pool.ts";
import type { PlatformIds } from "../openstack/cloud-tree.ts";
import { core, EXITING, gpu, hosting, LAB, RETIRED_ON, TENANT, tombstone, web } from "../openstack/declarations.ts";
import { driftByHand } from "../openstack/drift-by-hand.ts";
import { adoptPlatform, applyPlatform, platformImageSource } from "../openstack/platform.ts";
import { Site } from "../openstack/site.ts";
import { cloudFolder } from "../openstack/start.ts";

const cloud = inject("openstack");
const cluster = inject("kubernetes");
const reason = cloud.kind === "missing" ? cloud.reason : cluster.kind === "missing" ? cluster.reason : await whyNotApply();
const folder = mkdtempSync(join(tmpdir(), "govcloud-lifecycle-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Other names each time: a cloud that is left running keeps what a failed run made. */
const RUN = Date.now().toString(36);
const idOf = (kind: string) => `lab/${kind}-${RUN}`;
const [WEB, DESK, CORE, GPU, HOSTING] = [idOf("web"), idOf("desk"), idOf("core"), idOf("gpu"), idOf("hosting")];
const stackOf = (id: string) => id.replace("/", "--");
const fileOf = (id: string) => `${LAB}/${id.split("/")[1]}.yaml`;
/** Bureau of the samples with a host that `hosting` has here. */
const ELSEWHERE = { "stacks/tenants/big-data/data-exchange.yaml": undefined };

describe.skipIf(reason !== undefined)(`The life of systems on a real cloud${reason === undefined ? "" : ` (skipped: ${reason})`}`, () => {
  let site: Site;
  let ids: PlatformIds;
  const files: Record<string, string | undefined> = { ...ELSEWHERE, [`${LAB}/tenant.yaml`]: TENANT };
  /** Writes a request beside what was merged. */
  const request = (changed: Record<string, string>) => site.write(Object.assign(files, changed));

  /** Plans the request, expects it accepted, applies it as approved, merges it; then nothing is left to do and nothing drifts. */
  const carryOut = async (...systems: string[]): Promise<PlanResult> => {
    const planned = await site.plan();
    expect(refusing(planned.result)).toEqual([]);
    expect(planned.code).toBe(0);
    const applied = await site.apply(planned);
    const errors = applied.systems.flatMap(({ id, error, details }) => (error === null ? [] : [{ id, error, details }]));
    expect({ verdict: applied.verdict, refusals: applied.refusals, errors }).toEqual({ verdict: "applied", refusals: [], errors: [] });
    site.merge();
    await expectNothingToDo(...systems);
    return planned.result;
  };

  const signIn = async (id: string) => {
    if (cloud.kind === "missing") throw new Error("no cloud");
    return await CloudClient.signIn(cloudPool(cloud.facts), stackOf(id), { credentials: cloud.facts, environment: {} });
  };

  /** What somebody with kubectl gets to hear of a system's namespace. */
  const kubectl = async (method: "GET" | "PATCH", id: string, path: string, body?: object): Promise<number> => {
    if (cluster.kind === "missing") throw new Error("no cluster");
    const [root = "", rest = ""] = path.split("*");
    return (await askCluster(cluster.facts, method, `${root}/namespaces/${stackOf(id)}${rest}`, body)).status;
  };

  const expectNothingToDo = async (...systems: string[]) => {
    const again = await site.plan(...systems.flatMap((system) => ["--system", system]));
    expect(actions(again.result)).toEqual({});
    expect(again.code).toBe(0);
    const { code, result } = await site.drift(...systems);
    expect(words(result)).toEqual([]);
    expect({ code, verdict: result.verdict }).toEqual({ code: 0, verdict: "none" });
  };

  beforeAll(async () => {
    if (cloud.kind === "missing" || cluster.kind === "missing") return;
    ids = await applyPlatform(cloud.facts);
    const { host, caCertificate } = cluster.facts;
    site = new Site(folder, cloud.facts, { imageSource: platformImageSource(), ids, kubernetes: { host, caCertificate } }, cluster.facts);
    adoptPlatform(site.states);
    site.write(files);
    site.merge();
  });

  test("stands on a platform that is applied and does not drift", async () => {
    await expectNothingToDo("platform");
  });

  test("doctor finds everything in order before the first apply", async () => {
    const { code, stdout } = await site.run("doctor", "--tree", site.tree, "--format", "json");
    const { checks } = JSON.parse(stdout) as { checks: { id: string; result: string; message: string }[] };
    expect(checks.filter(({ result }) => result === "failed").map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
    expect(code).toBe(0);
  });

  test("begins with an apply of each kind of system", async () => {
    request({ [fileOf(WEB)]: web(), [fileOf(CORE)]: core(), [fileOf(GPU)]: gpu(), [fileOf(HOSTING)]: hosting() });
    const result = await carryOut(WEB, CORE, GPU, HOSTING);
    expect(new Map(result.systems.map(({ id, change, monthly }) => [id, `${change} ${monthly.after}`]))).toEqual(
      new Map([
        // 6 cores and 12 GB at 21.60; 40 GB at 0.27 and at 0.45; 20 GB at 0.18; 3330.00 and 5040.00.
        [CORE, "added 8791.20"],
        // 1125.00, two cards at 675.00; 20 GB at 0.18; 2160.00.
        [GPU, "added 4638.60"],
        // 4 U at 153.00, 2 U at 283.50, 3600.00, 1125.00, 2160.00.
        [HOSTING, "added 8064.00"],
        // 1 core and 2 GB at 21.60; 40 GB at 0.45, 10 at 0.27; 15 GB and 20 GB at 0.18; 2160.00.
        [WEB, "added 2251.80"],
      ]),
    );
    expect(ports(result.systems.find(({ id }) => id === WEB))).toEqual(["opened web-1 443 internet", "opened web-1 8443 192.0.2.0/25"]);
  });

  const GROWN = { count: 2, cpu: 2, memoryGb: 4, dataGb: 20, from: "192.0.2.0/24" };
  const CHANGES: readonly {
    readonly change: string;
    readonly declaration: string;
    readonly delta: string;
    readonly actions: Record<string, number>;
    readonly exposure?: readonly string[];
  }[] = [
    {
      change: "a server more",
      declaration: web({ count: 2 }),
      // 64.80 for cores and memory, 18.00 and 2.70 for the disks.
      delta: "85.50",
      actions: {
        "create openstack_blockstorage_volume_v3": 1,
        "create openstack_compute_instance_v2": 1,
        "create openstack_compute_volume_attach_v2": 1,
        "create openstack_networking_floatingip_associate_v2": 1,
        "create openstack_networking_floatingip_v2": 1,
        "create openstack_networking_port_v2": 1,
      },
      exposure: ["opened web-2 443 internet", "opened web-2 8443 192.0.2.0/25"],
    },
    {
      change: "larger servers",
      declaration: web({
        count: 2,
        cpu: 2,
        memoryGb: 4,
        more: "stage: production\naccepts: [{ damage: reboot, of: web, until: 2026-02-15, reason: 已约定夜间重启 }]\n",
      }),
      // Twice 1 core and 2 GB.
      delta: "129.60",
      actions: { "update openstack_compute_instance_v2 reboot": 2 },
    },
    {
      change: "larger volumes",
      declaration: web({ count: 2, cpu: 2, memoryGb: 4, dataGb: 20 }),
      delta: "5.40",
      actions: { "update openstack_blockstorage_volume_v3": 2 },
    },
    {
      change: "another rule",
      declaration: web(GROWN),
      delta: "0.00",
      actions: {
        "create openstack_fw_rule_v2 exposure-changed": 1,
        "create openstack_networking_secgroup_rule_v2 exposure-changed": 1,
        "delete openstack_fw_rule_v2 exposure-changed": 1,
        "delete openstack_networking_secgroup_rule_v2 exposure-changed": 1,
        "update openstack_fw_policy_v2 exposure-changed": 1,
      },
      exposure: ["opened web-1 8443 192.0.2.0/24", "opened web-2 8443 192.0.2.0/24"],
    },
  ];

  test.each(CHANGES)("goes on with $change, applied as it was seen", async ({ declaration, delta, actions: wanted, exposure = [] }) => {
    request({ [fileOf(WEB)]: declaration });
    const { systems } = await carryOut(WEB);
    const [system] = systems;
    expect(system?.monthly.delta).toBe(delta);
    expect(countActions(system?.resources ?? [])).toEqual(wanted);
    expect(ports(system)).toEqual(exposure);
  });

  test("finds drift made by hand, priced, and repairs what Terraform holds", async () => {
    const client = await signIn(WEB);
    const undo = await driftByHand(client, ids.externalNetworkId);
    try {
      expect(await kubectl("PATCH", WEB, "/apis/apps/v1*/deployments/log-audit/scale", { spec: { replicas: 0 } })).toBe(200);

      const found = await site.drift(WEB);
      expect(found.code).toBe(2);
      const name = stackOf(WEB);
      expect(words(found.result)).toEqual([
        `update kubernetes_deployment_v1.bundle_log-audit: spec.replicas of component log-audit went from "1" to "0"`,
        "delete openstack_networking_secgroup_rule_v2.security-groups_web_in-tcp-8443-192-0-2-0-24: security group rule web is no longer in the cloud",
        // 1 core and 2 GB at 21.60; its boot volume, 20 GB of SAS at 0.27; 7 GB of SSD at 0.45.
        "server by-hand 64.80: general-1c-2g",
        expect.stringMatching(/^volume \S+ 5\.40: sas 20 GB → by-hand \/dev\/\w+$/),
        "volume by-hand 3.15: ssd 7 GB",
        expect.stringMatching(/^floating-ip (203\.0\.113\.\d+) null: \1$/),
        expect.stringMatching(
          `^security-group-rule \\S+ null: group ${name}, ingress IPv4; ${name}-web-1, ${name}-web-2 tcp 22: reachable from the internet$`,
        ),
      ]);
      expect(found.result.systems[0]?.exposure.filter(({ change }) => change === "closed").map(({ ports }) => ports)).toEqual([
        "8443",
        "8443",
      ]);

      const planned = await site.plan("--system", WEB);
      expect(actions(planned.result)).toEqual({
        "create openstack_networking_secgroup_rule_v2": 1,
        "update kubernetes_deployment_v1": 1,
      });
      expect((await site.apply(planned)).verdict).toBe("applied");
      const left = await site.drift(WEB);
      expect({ code: left.code, drift: left.result.systems.flatMap(({ drift }) => drift) }).toEqual({ code: 2, drift: [] });
      expect(left.result.systems[0]?.unmanaged).toEqual(found.result.systems[0]?.unmanaged);
    } finally {
      await undo();
    }
    await expectNothingToDo(WEB);
  });

  test("the same by the CDKTF command line: plan, deploy, and nothing left to do for either", async () => {
    request({ [fileOf(DESK)]: web({ name: "柜面" }) });
    const plan = await site.cdktf("plan", stackOf(DESK), "--skip-provider-lock", "--no-color");
    expect(plan.code, plan.stdout + plan.stderr).toBe(0);
    expect(plan.stdout).toContain('+ monthly_list_price_cny = "2251.80"');
    const deploy = await site.cdktf("deploy", stackOf(DESK), "--skip-provider-lock", "--auto-approve", "--no-color");
    expect(deploy.code, deploy.stdout + deploy.stderr).toBe(0);
    expect(deploy.stdout).toMatch(/Apply complete! Resources: \d+ added, 0 changed, 0 destroyed\./);
    const again = await site.cdktf("plan", stackOf(DESK), "--skip-provider-lock", "--no-color");
    expect(again.stdout).toContain("No changes. Your infrastructure matches the configuration.");
    site.merge();
    await expectNothingToDo(DESK);
  });

  test("ends in order: exiting, then retired, and everything is gone", async () => {
    const all = [WEB, DESK, CORE, GPU, HOSTING];
    request({
      [fileOf(WEB)]: web({ ...GROWN, more: EXITING }),
      [fileOf(DESK)]: web({ name: "柜面", more: EXITING }),
      [fileOf(CORE)]: core(EXITING),
      [fileOf(GPU)]: gpu(EXITING),
      [fileOf(HOSTING)]: hosting(EXITING),
    });
    await carryOut(...all);
    site.at = RETIRED_ON;
    request({
      [fileOf(WEB)]: tombstone("门户", 2),
      [fileOf(DESK)]: tombstone("柜面", 2),
      [fileOf(CORE)]: tombstone("核心业务", 3),
      [fileOf(GPU)]: tombstone("训练", 2),
      [fileOf(HOSTING)]: tombstone("托管", 2),
    });
    // Nova lets a server go when its disk is still being erased, and Cinder counts the disk until it is.
    const eraseSeconds = join(cloudFolder(), "data/cinder/erase-seconds");
    writeFileSync(eraseSeconds, "15");
    const correcting = setInterval(correctVolumeCounts, 20_000);
    const { systems } = await carryOut(...all).finally(() => {
      clearInterval(correcting);
      rmSync(eraseSeconds);
    });
    expect(systems.map(({ id, monthly }) => [id, monthly.after]).sort()).toEqual(all.map((id) => [id, "0.00"]).sort());
    for (const id of all) {
      await expect(signIn(id), id).rejects.toMatchObject({ kind: "project" });
      expect(await kubectl("GET", id, "/api/v1*"), id).toBe(404);
    }
  });
});

function refusing({ findings, systems }: PlanResult): string[] {
  return [...findings, ...systems.flatMap((system) => system.findings)].map(
    ({ policy, address, message }) => `${policy} ${address}: ${message}`,
  );
}

function countActions(resources: PlanResult["systems"][number]["resources"]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { action, type, damage } of resources) {
    if (action === "no-op") continue;
    const key = [action, type, ...damage].join(" ");
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** What became reachable or stopped being so; servers by the name that their declaration gives them. */
function ports(system: PlanResult["systems"][number] | undefined): string[] {
  return (system?.exposure ?? [])
    .filter(({ change }) => change !== "unchanged")
    .map(({ change, server, ports: port, from }) => `${change} ${server.replace(/^.*--[a-z]+-[^-]+-/, "")} ${port} ${from}`)
    .sort();
}

function actions({ systems }: PlanResult): Record<string, number> {
  return countActions(systems.flatMap(({ resources }) => resources));
}

function words({ systems }: DriftResult): string[] {
  return systems.flatMap(({ id, drift, unmanaged, failure }) => [
    ...drift.map(({ action, address, message }) => `${action} ${address}: ${message}`),
    ...unmanaged.map(({ kind, name, monthly, message }) => `${kind} ${name} ${monthly}: ${message}`),
    ...(failure === null ? [] : [`${id} ${failure.message}`]),
  ]);
}
