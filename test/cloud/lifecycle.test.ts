import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { CloudClient } from "../../scripts/cloud/cloud-client.ts";
import type { DriftResult } from "../../scripts/drift/result.ts";
import type { PlanResult } from "../../scripts/plan/result.ts";
import { whyNotApply } from "../openstack/apply.ts";
import { byHand, until } from "../openstack/by-hand.ts";
import { cloudPool } from "../openstack/cloud-pool.ts";
import { core, EXITING, gpu, hosting, LAB, RETIRED_ON, TENANT, tombstone, web } from "../openstack/declarations.ts";
import { adoptPlatform, applyPlatform, platformImageSource } from "../openstack/platform.ts";
import { Site } from "../openstack/site.ts";

const cloud = inject("openstack");
const cluster = inject("kubernetes");
const reason = cloud.kind === "missing" ? cloud.reason : cluster.kind === "missing" ? cluster.reason : await whyNotApply();
const folder = mkdtempSync(join(tmpdir(), "govcloud-lifecycle-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Other names each time: a cloud that is left running keeps what a failed run made. */
const RUN = Date.now().toString(36);
const [WEB, CORE, GPU, HOSTING] = ["web", "core", "gpu", "hosting"].map((kind) => `lab/${kind}-${RUN}`) as [string, string, string, string];
const fileOf = (id: string) => `${LAB}/${id.split("/")[1]}.yaml`;
/** Bureau of the samples with a host that `hosting` has here. */
const ELSEWHERE = { "stacks/tenants/big-data/data-exchange.yaml": undefined };

describe.skipIf(reason !== undefined)(`The life of systems on a real cloud${reason === undefined ? "" : ` (skipped: ${reason})`}`, () => {
  let site: Site;
  const files: Record<string, string | undefined> = { ...ELSEWHERE, [`${LAB}/tenant.yaml`]: TENANT };
  /** Writes a request beside what was merged. */
  const request = (changed: Record<string, string>) => site.write(Object.assign(files, changed));

  /** Plans the request, expects it accepted, applies it as approved, merges it; then nothing is left to do and nothing drifts. */
  const carryOut = async (...systems: string[]): Promise<PlanResult> => {
    const planned = await site.plan();
    expect(refusing(planned.result)).toEqual([]);
    expect(planned.code).toBe(0);
    const applied = await site.apply(planned);
    expect(applied).toMatchObject({ verdict: "applied", refusals: [] });
    site.merge();
    await expectNothingToDo(...systems);
    return planned.result;
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
    const ids = await applyPlatform(cloud.facts);
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
    expect(result.systems.find(({ id }) => id === WEB)?.exposure).toEqual([
      { server: "web-1", protocol: "tcp", ports: "443", from: "0.0.0.0/0", change: "opened" },
    ]);
  });

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
        "create openstack_networking_port_v2": 1,
      },
      exposure: ["opened web-2 tcp 443 0.0.0.0/0"],
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
      declaration: web({ count: 2, cpu: 2, memoryGb: 4, dataGb: 20, from: "192.0.2.0/24" }),
      delta: "0.00",
      actions: {},
      exposure: [],
    },
  ];

  test.each(CHANGES)("goes on with $change, applied as it was seen", async ({ declaration, delta, actions: wanted, exposure = [] }) => {
    request({ [fileOf(WEB)]: declaration });
    const { systems } = await carryOut(WEB);
    const [system] = systems;
    expect(system?.monthly.delta).toBe(delta);
    expect(countActions(system?.resources ?? [])).toEqual(wanted);
    const ports = (system?.exposure ?? []).filter(({ change }) => change !== "unchanged");
    expect(ports.map(({ change, server, protocol, ports: port, from }) => `${change} ${server} ${protocol} ${port} ${from}`)).toEqual(exposure);
  });
});

function refusing({ findings, systems }: PlanResult): string[] {
  return [...findings, ...systems.flatMap((system) => system.findings)].map(({ policy, address, message }) => `${policy} ${address}: ${message}`);
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

function actions({ systems }: PlanResult): Record<string, number> {
  return countActions(systems.flatMap(({ resources }) => resources));
}

function words({ systems }: DriftResult): string[] {
  return systems.flatMap(({ id, drift, unmanaged, failure }) => [
    ...drift.map(({ action, address, message }) => `${id} ${action} ${address}: ${message}`),
    ...unmanaged.map(({ kind, name, monthly, message }) => `${id} ${kind} ${name} ${monthly}: ${message}`),
    ...(failure === null ? [] : [`${id} ${failure.message}`]),
  ]);
}
