import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { CloudClient } from "../../scripts/cloud/cloud-client.ts";
import { type Gitea, type GiteaUser, startGitea } from "../forge/gitea.ts";
import { City, type Merged, type Saved } from "../gitops/city.ts";
import type { CityCloud } from "../gitops/city-cloud.ts";
import type { ClusterFacts } from "../kubernetes/start.ts";
import { whyNotApply } from "../openstack/apply.ts";
import { cloudPool } from "../openstack/cloud-pool.ts";
import { type PlatformIds, writeCloudTree } from "../openstack/cloud-tree.ts";
import { LAB, TENANT, web } from "../openstack/declarations.ts";
import { adoptPlatform, applyPlatform, platformImageSource } from "../openstack/platform.ts";
import type { CloudFacts } from "../openstack/start.ts";
import { approver } from "../scripts/approval/keys.ts";
import { ENGINE } from "../scripts/engine/fixtures.ts";
import { summaryOf } from "../scripts/forge/summary-of.ts";

const cloud = inject("openstack");
const cluster = inject("kubernetes");
const missing = cloud.kind === "missing" ? cloud.reason : cluster.kind === "missing" ? cluster.reason : await whyNotApply();
const started = missing === undefined ? await startGitea() : { kind: "missing" as const, reason: missing };
const reason = started.kind === "missing" ? started.reason : undefined;
afterAll(async () => {
  if (started.kind === "running") await started.stop();
});

/** Another one each time: a cloud that is left running keeps the last. */
const SYSTEM = `lab/portal-${Date.now().toString(36)}`;
const STACK = SYSTEM.replace("/", "--");
const FILE = `stacks/tenants/${SYSTEM}.yaml`;

const head = approver({ role: "bureau", bureau: "lab", holder: "head@lab.example.org" });
const officer = approver({ role: "security", holder: "security-officer@bigdata.example.org" }, "ed25519");

/** The loopback OpenStack, with the platform that stands on it, and a bureau without systems. */
function realCloud(facts: CloudFacts, { host, caCertificate, token }: ClusterFacts, ids: PlatformIds): CityCloud {
  if (ENGINE.path === undefined) throw new Error(ENGINE.reason);
  const loopback = "127.0.0.1,localhost";
  return {
    engine: ENGINE.path,
    secrets: { OS_USERNAME: facts.username, OS_PASSWORD: facts.password, KUBE_TOKEN: token },
    // Where the engine finds its providers, and no proxy on the way to the cloud.
    environment: { TF_CLI_CONFIG_FILE: process.env["TF_CLI_CONFIG_FILE"], no_proxy: loopback, NO_PROXY: loopback },
    moveIn: (checkout) => {
      rmSync(join(checkout, "stacks/tenants"), { recursive: true });
      writeCloudTree(checkout, facts, {
        ...{ imageSource: platformImageSource(), ids, kubernetes: { host, caCertificate }, platformAlone: true },
        files: { [`${LAB}/tenant.yaml`]: TENANT },
      });
    },
    build: async ({ states }) => adoptPlatform(states),
  };
}

const title = `From request to a real cloud by the pipelines' own scripts${reason === undefined ? "" : ` (skipped: ${reason})`}`;
describe.skipIf(reason !== undefined)(title, () => {
  const gitea = started as Gitea;
  let city: City;
  let clerk: GiteaUser;

  beforeAll(async () => {
    if (cloud.kind === "missing" || cluster.kind === "missing") return;
    clerk = await gitea.addUser("lab-clerk");
    const ids = await applyPlatform(cloud.facts);
    city = await City.on(gitea, { cloud: realCloud(cloud.facts, cluster.facts, ids), writers: [clerk], approvers: [head, officer] });
  });

  const approve = (merged: Merged, [plan]: readonly Saved[], ...approvers: readonly (typeof head)[]) =>
    approvers.map((who) => city.approve(who, clerk, { plan: plan?.folder ?? "", request: merged.request, base: merged.before }).code);
  const actions = (plans: readonly Saved[]) =>
    plans.flatMap(({ result }) => result.systems).flatMap(({ resources }) => resources.map(({ action, type }) => `${action} ${type}`));
  const servers = async () => {
    if (cloud.kind === "missing") throw new Error("no cloud");
    const client = await CloudClient.signIn(cloudPool(cloud.facts), STACK, { credentials: cloud.facts, environment: {} });
    return (await client.list("compute", "servers", "servers")).map(({ name }) => name).sort();
  };
  const told = async (request: number, kind: "plan" | "applied") => summaryOf(await city.comment(request, kind));

  test("a new system is told on its request, merged, planned by the engine, approved, built, recorded", async () => {
    const request = await city.request(clerk, "portal", { [FILE]: web() });
    expect((await city.planRequest(request)).plan).toBe(0);
    // 1 core and 2 GB at 21.60; 40 GB at 0.45, 10 at 0.27; 15 GB and 20 GB at 0.18; 2160.00.
    expect((await told(request, "plan"))[1]).toContain("list price **+2,251.80** CNY a month");
    const merged = await city.merge(request);
    expect(merged.groups).toEqual([STACK]);
    const plans = await city.planMerged(merged);
    expect(plans.map(({ result }) => [result.verdict, result.systems.map(({ id, monthly }) => `${id} ${monthly.after}`)])).toEqual([
      ["accepted", [`${SYSTEM} 2251.80`]],
    ]);
    expect((await city.apply(merged)).groups.map(({ code, result }) => [code, result.verdict])).toEqual([[2, "refused"]]);

    expect(approve(merged, plans, head, officer)).toEqual([0, 0]);
    const { groups, deliveries } = await city.apply(merged);
    expect(groups.map(({ code, result }) => [code, result.verdict, result.refusals])).toEqual([[0, "applied", []]]);
    expect(await servers()).toEqual([`${STACK}-web-1`]);
    expect(deliveries.map(({ system, action, evidence, list, request: of }) => ({ system, action, evidence, list, of }))).toEqual([
      { system: SYSTEM, action: "delivered", evidence: "applied", list: { before: "0.00", after: "2251.80" }, of: String(request) },
    ]);
    expect((await told(request, "applied"))[0]).toBe("## ✅ APPLIED");
    // The pipeline is run again: nothing is left to do.
    expect(actions(await city.planMerged(merged)).filter((action) => !action.startsWith("no-op "))).toEqual([]);
  });

  test("growth is built as it was planned on the request", async () => {
    const request = await city.request(clerk, "growth", { [FILE]: web({ count: 2 }) });
    expect((await city.planRequest(request)).plan).toBe(0);
    expect((await told(request, "plan"))[1]).toContain("list price **+85.50** CNY a month (");
    const merged = await city.merge(request);
    const plans = await city.planMerged(merged);
    expect(approve(merged, plans, head, officer)).toEqual([0, 0]);
    const { groups, deliveries } = await city.apply(merged);
    expect(groups.map(({ code, result }) => [code, result.verdict])).toEqual([[0, "applied"]]);
    expect(deliveries.map(({ action, list }) => ({ action, list }))).toEqual([
      { action: "changed", list: { before: "2251.80", after: "2337.30" } },
    ]);
    expect(await servers()).toEqual([`${STACK}-web-1`, `${STACK}-web-2`]);
  });
});
