import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { CloudClient } from "../../scripts/cloud/cloud-client.ts";
import type { DoctorResult } from "../../scripts/doctor.ts";
import type { DriftResult } from "../../scripts/drift/result.ts";
import { readMessage } from "../../scripts/engine/engine-messages.ts";
import { findEngine } from "../../scripts/engine/find-engine.ts";
import type { ApplyResult } from "../../scripts/render/apply-text.ts";
import type { StateShowResult } from "../../scripts/render/state-text.ts";
import { whyNotApply } from "../openstack/apply.ts";
import { until } from "../openstack/by-hand.ts";
import { cloudPool } from "../openstack/cloud-pool.ts";
import { LAB, TENANT, web } from "../openstack/declarations.ts";
import { adoptPlatform, applyPlatform, platformImageSource } from "../openstack/platform.ts";
import { CloudService } from "../openstack/services.ts";
import { Site } from "../openstack/site.ts";
import type { Outcome } from "../scripts/run.ts";

const cloud = inject("openstack");
const cluster = inject("kubernetes");
const reason = cloud.kind === "missing" ? cloud.reason : cluster.kind === "missing" ? cluster.reason : await whyNotApply();
const folder = mkdtempSync(join(tmpdir(), "govcloud-outage-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SYSTEM = `lab/outage-${Date.now().toString(36)}`;
const STACK = SYSTEM.replace("/", "--");
const FILE = `${LAB}/${SYSTEM.split("/")[1]}.yaml`;
const SECOND = "openstack_compute_instance_v2.servers_web-2";
const NOVA_API = new CloudService("nova-api", 8774);
const NOVA_COMPUTE = new CloudService("nova-compute");

describe.skipIf(reason !== undefined)(`A cloud that dies half way${reason === undefined ? "" : ` (skipped: ${reason})`}`, () => {
  let site: Site;
  const request = (declaration: string) => site.write({ [`${LAB}/tenant.yaml`]: TENANT, [FILE]: declaration });

  beforeAll(async () => {
    if (cloud.kind === "missing" || cluster.kind === "missing") return;
    const ids = await applyPlatform(cloud.facts);
    const { host, caCertificate } = cluster.facts;
    site = new Site(folder, cloud.facts, { imageSource: platformImageSource(), ids, kubernetes: { host, caCertificate } }, cluster.facts);
    adoptPlatform(site.states);
    site.write({ [`${LAB}/tenant.yaml`]: TENANT });
    site.merge();
  });

  /** Applies a saved plan, and does something in the middle of it, when the engine's messages are so far. */
  const applyAnd = async (saved: string, soFar: (log: ApplyLog) => Promise<boolean> | boolean, then: () => Promise<void>) => {
    const applying = site.run("apply", "--plan", saved, "--tree", site.tree, "--format", "json");
    const log = join(saved, "stacks", STACK, "apply.ndjson");
    const early = applying.then(({ stdout, stderr }) => {
      throw new Error(`The apply ended before its middle: ${stdout.slice(0, 3000)}\n${stderr}`);
    });
    await Promise.race([early, until("the middle of the apply", async () => ((await soFar(readLog(log))) ? true : undefined))]);
    early.catch(() => undefined);
    await then();
    const outcome = await applying;
    return { code: outcome.code, result: JSON.parse(outcome.stdout) as ApplyResult, system: systemIn(outcome.stdout) };
  };

  const signIn = async () => {
    if (cloud.kind === "missing") throw new Error("no cloud");
    return await CloudClient.signIn(cloudPool(cloud.facts), STACK, { credentials: cloud.facts, environment: {} });
  };

  const stands = async () => {
    const { stdout } = await site.run("state", "show", SYSTEM, "--format", "json");
    const { list, lock } = JSON.parse(stdout) as StateShowResult;
    return { addresses: list.map(({ address }) => address), tainted: list.filter(({ tainted }) => tainted), lock };
  };

  test("before its servers: what exists is told, the next plan makes the rest, the one after it nothing", async () => {
    request(web());
    const planned = await site.plan("--system", SYSTEM);
    expect(planned.code).toBe(0);
    // What Nova makes before a server is done, and the network that a server waits for takes its time.
    const early = actionsOf(planned.result).flatMap((each) => /openstack_compute_(?:quotaset|servergroup)_v2\S+/.exec(each) ?? []);
    const { code, system } = await applyAnd(
      planned.saved,
      ({ complete }) => early.every((address) => complete.has(address)),
      () => NOVA_API.kill(),
    );
    try {
      expect([code, system?.result, system?.unfinished]).toEqual([1, "failed", []]);
      expect(system?.failed).toEqual(["openstack_compute_instance_v2.servers_web-1"]);
      expect(system?.error).toMatch(/^lab--outage-\w+: applying failed: .*connection refused/);
      expect(system?.remedy).toContain("check authUrl in catalog/pools.yaml and the network");
      const { addresses, tainted, lock } = await stands();
      expect({ tainted, lock }).toEqual({ tainted: [], lock: null });
      expect(addresses.toSorted()).toEqual(system?.done.map(({ address }) => address).toSorted());
      expect(addresses).toContain("openstack_blockstorage_volume_v3.servers_web-1_data");
    } finally {
      await NOVA_API.start();
    }

    const repair = await site.plan("--system", SYSTEM);
    expect([repair.code, actionsOf(repair.result)]).toEqual([
      0,
      ["create openstack_compute_instance_v2.servers_web-1", "create openstack_compute_volume_attach_v2.servers_web-1_data"],
    ]);
    expect((await site.apply(repair)).verdict).toBe("applied");
    site.merge();
    expect(actionsOf((await site.plan("--system", SYSTEM)).result)).toEqual([]);
  });

  test("while a server is built: nothing replaces it unseen; looked at and found whole, it stays", async () => {
    request(web({ count: 2 }));
    const planned = await site.plan("--system", SYSTEM);
    const client = await signIn();
    const server = async () => {
      const servers = await client.list("compute", "servers/detail", "servers");
      return servers.find(({ name }) => String(name).endsWith("web-2"));
    };
    NOVA_COMPUTE.freeze();
    try {
      const { code, system } = await applyAnd(
        planned.saved,
        async () => (await server()) !== undefined,
        () => NOVA_API.kill(),
      ).finally(() => NOVA_COMPUTE.thaw());
      expect([code, system?.result, system?.failed, system?.unfinished]).toEqual([1, "failed", [SECOND], []]);
      const { tainted, lock } = await stands();
      expect([tainted.map(({ address }) => address), lock]).toEqual([[SECOND], null]);
    } finally {
      await NOVA_API.start();
    }

    const refused = await site.plan("--system", SYSTEM);
    expect(refused.result.systems.flatMap(({ findings }) => findings.map(({ policy, address }) => `${policy} ${address}`))).toEqual([
      `damage/no-tainted-replacement ${SECOND}`,
    ]);
    expect(refused.code).toBe(2);

    await until("the second server", async () => ((await server())?.["status"] === "ACTIVE" ? true : undefined));
    const engine = await findEngine(process.env);
    const untaint = spawnSync(engine.path, ["untaint", SECOND], { cwd: join(planned.saved, "stacks", STACK), encoding: "utf8" });
    expect(untaint.stderr).toBe("");
    const repair = await site.plan("--system", SYSTEM);
    expect([repair.code, actionsOf(repair.result)]).toEqual([0, ["create openstack_compute_volume_attach_v2.servers_web-2_data"]]);
    expect((await site.apply(repair)).verdict).toBe("applied");
    site.merge();
    expect(actionsOf((await site.plan("--system", SYSTEM)).result)).toEqual([]);
  });

  /** Nova answers nothing, or 503, while Keystone and all others go on. */
  const HALVES: readonly {
    readonly nova: string;
    readonly breakIt: () => Promise<() => Promise<void>>;
    readonly check: string;
    readonly engine: string;
    readonly remedies: readonly [check: string, engine: string];
  }[] = [
    {
      nova: "hangs",
      breakIt: async () => {
        NOVA_API.freeze();
        return async () => NOVA_API.thaw();
      },
      check: "no whole answer within 20 seconds",
      engine: "planning took longer than 0.25 minutes and was stopped",
      remedies: ["find out why the cloud's API does not answer in time", "find out what did not answer"],
    },
    {
      nova: "is away behind its load balancer",
      breakIt: async () => {
        await NOVA_API.kill();
        const balancer = await NOVA_API.unavailable();
        return async () => {
          balancer.closeAllConnections();
          balancer.close();
          await NOVA_API.start();
        };
      },
      check: "HTTP 503, wanted 200",
      engine: "but got 503 instead",
      remedies: ["the cloud's API is overloaded or in maintenance", "where one service is down or in maintenance"],
    },
  ];

  test.each(HALVES)("doctor, plan and drift end in time where Nova alone $nova, each with a remedy", async (half) => {
    const { breakIt, check, engine, remedies } = half;
    const one = ["--tree", site.tree, "--system", SYSTEM, "--time-limit", "0.25"];
    const mend = await breakIt();
    try {
      const [doctor, [plan, drift]] = await Promise.all([
        timed(site.run("doctor", "--tree", site.tree, "--format", "json")),
        (async () => [
          await timed(site.run("plan", "--online", "--at", site.at, "--base", site.base, ...one)),
          await timed(site.run("drift", "--at", site.at, "--format", "json", ...one)),
        ])() as Promise<[Timed, Timed]>,
      ]);
      expect([doctor.code, plan.code, drift.code]).toEqual([1, 1, 1]);
      // One request's 20 seconds; a quarter of a minute, and half a one for the engine to end in order.
      expect([doctor.seconds < 50, plan.seconds < 60, drift.seconds < 60]).toEqual([true, true, true]);

      const { checks } = JSON.parse(doctor.stdout) as DoctorResult;
      const failed = checks.filter(({ result }) => result === "failed");
      expect(failed.map(({ id }) => id)).toEqual(["references/gov", "quota/gov", "capacity/gov"]);
      for (const { message, remedy } of failed) {
        expect(message).toContain(check);
        expect(remedy).toContain(remedies[0]);
      }
      expect(plan.stdout).toMatch(/^Could not be planned: /m);
      expect(plan.stdout).not.toContain("Nothing changes in the cloud");
      const [system] = (JSON.parse(drift.stdout) as DriftResult).systems;
      expect(system?.failure).toEqual({ message: expect.stringContaining(engine), remedy: expect.stringContaining(remedies[1]) });
      for (const said of [engine, remedies[1]]) expect(plan.stdout).toContain(said);
      expect((await stands()).lock).toBeNull();
    } finally {
      await mend();
    }
  });
});

interface Timed extends Outcome {
  readonly seconds: number;
}

async function timed(run: Promise<Outcome>): Promise<Timed> {
  const begun = Date.now();
  return { ...(await run), seconds: (Date.now() - begun) / 1000 };
}

interface ApplyLog {
  readonly started: ReadonlySet<string>;
  readonly complete: ReadonlySet<string>;
}

function readLog(path: string): ApplyLog {
  const [started, complete] = [new Set<string>(), new Set<string>()];
  for (const line of existsSync(path) ? readFileSync(path, "utf8").split("\n") : []) {
    const message = readMessage(line);
    if (message?.kind === "start") started.add(message.address);
    if (message?.kind === "complete") complete.add(message.address);
  }
  return { started, complete };
}

function systemIn(stdout: string): ApplyResult["systems"][number] | undefined {
  return (JSON.parse(stdout) as ApplyResult).systems.find(({ id }) => id === SYSTEM);
}

function actionsOf({
  systems,
}: {
  readonly systems: readonly { readonly resources: readonly { action: string; address: string }[] }[];
}): string[] {
  return systems.flatMap(({ resources }) =>
    resources.filter(({ action }) => action !== "no-op").map(({ action, address }) => `${action} ${address}`),
  );
}
