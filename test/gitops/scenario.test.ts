import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Delivery } from "../../scripts/delivery/delivery.ts";
import type { PlanResult } from "../../scripts/plan/result.ts";
import { type Gitea, type GiteaUser, startGitea } from "../forge/gitea.ts";
import { approver } from "../scripts/approval/keys.ts";
import { ENGINE } from "../scripts/engine/fixtures.ts";
import { summaryOf } from "../scripts/forge/summary-of.ts";
import { SAMPLES, withReplaced } from "../tree.ts";
import { type Applied, City, type Merged, PROJECT, type Saved } from "./city.ts";
import { FixtureCloud } from "./fixture-cloud.ts";
import { SCRIPTS } from "./provision.ts";

const started = ENGINE.reason === undefined ? await startGitea() : { kind: "missing" as const, reason: ENGINE.reason };
afterAll(async () => {
  if (started.kind === "running") await started.stop();
});

const head = approver({ role: "bureau", bureau: "hrss", holder: "head@hrss.example.org" });
/** May approve for the bureau, too, but not what she writes. */
const clerksOwn = approver({ role: "bureau", bureau: "hrss", holder: "hrss-clerk@example.org" });
const director = approver({ role: "centre", holder: "director@bigdata.example.org" });
const officer = approver({ role: "security", holder: "security-officer@bigdata.example.org" }, "ed25519");

const JOBS = "stacks/tenants/hrss/job-service.yaml";
const ARCHIVE = "stacks/tenants/hrss/talent-archive.yaml";
const BOOK = "catalog/price-books/2025-06-20.yaml";
const NEXT_BOOK = "catalog/price-books/2026-01-22.yaml";

/** The declaration of the system whose life this is; on trial from the day of its delivery. */
function archive({ cpu = 4, count = 1, stage = "trial", more = "trialSince: 2026-01-15\n" } = {}): string {
  const server = `    count: ${count}\n    family: general\n    cpu: ${cpu}\n    memoryGb: 8\n    image: openeuler-22.03-sp4\n    systemDisk: { type: sas, sizeGb: 60 }\n    listens: [{ port: 443, from: tenant }]\n`;
  const servers = stage === "retired" ? "" : `servers:\n  app:\n${server}`;
  return `name: 人才档案系统\nstage: ${stage}\nmlps: 2\npool: gov\nclassified: false\n${servers}${more}`;
}

const BUREAU = "a bureau answers for its systems and what they cost";
const NOBODY = `Nobody approved as bureau hrss (${BUREAU}: hrss/talent-archive)`;
const APPROVERS = "**Who must approve**";
const SYSTEMS = "| System | Stage | Change | List before | List after | Difference | Damage |";
const OUTCOMES = "| Result | System | Done | Failed | Unknown |";

/** What a plan found, each finding as a line. */
function findings({ findings: whole, systems }: PlanResult): readonly string[] {
  const line = ({ policy, level, result, address, attribute, waiver }: PlanResult["findings"][number]) =>
    `${level} ${waiver === null ? result : "waived"}: ${policy} ${address}${attribute === null || attribute === "" ? "" : ` ${attribute}`}`;
  return [...whole, ...systems.flatMap((system) => system.findings)].map(line).sort();
}

/** A merge that went through the pipeline of the protected branch. */
interface Provisioned extends Applied {
  readonly merged: Merged;
  readonly plans: readonly Saved[];
}

/** What was recorded, each delivery as a line; all of them of the merge, and each of the plan that was approved for it. */
function recorded({ deliveries, merged, plans }: Provisioned): readonly string[] {
  for (const { system, commit, fingerprint, request } of deliveries)
    expect({ commit, fingerprint, request }).toEqual({
      commit: merged.after,
      fingerprint: plans.find(({ result }) => result.systems.some(({ id }) => id === system))?.result.fingerprint,
      request: String(merged.request),
    });
  const line = ({ system, action, evidence, list }: Delivery) => `${system} ${action}, ${evidence}: ${list?.before} → ${list?.after}`;
  return deliveries.map(line).sort();
}

/** How the jobs ended, and what became of each system. */
function outcome({ groups }: Applied) {
  return {
    jobs: groups.map(({ group, code, result }) => `${group}: ${code} ${result.verdict}`),
    systems: groups
      .flatMap(({ result }) => result.systems)
      .map(({ id, result: each, done, failed }) => `${id} ${each}: ${done.length} done, ${failed.length} failed`)
      .sort(),
    refusals: groups.flatMap(({ result }) => result.refusals).map(({ message }) => message),
  };
}

const title = started.kind === "running" ? "On a real Gitea" : `On a real Gitea (skipped: ${started.reason})`;
describe.skipIf(started.kind !== "running")(title, { timeout: 300_000 }, () => {
  const gitea = started as Gitea;
  let city: City;
  let cloud: FixtureCloud;
  let clerk: GiteaUser;
  let operator: GiteaUser;
  /** The request of the waiver, which stays open while others are merged. */
  let large: number;

  afterAll(async () => await cloud.close());
  beforeAll(async () => {
    [clerk, operator] = [await gitea.addUser("hrss-clerk"), await gitea.addUser("operator")];
    cloud = await FixtureCloud.start();
    city = await City.on(gitea, { cloud, writers: [clerk, operator], approvers: [head, clerksOwn, director, officer] });
  });

  const told = async (request: number, kind: "plan" | "applied") => summaryOf(await city.comment(request, kind));
  const idOf = async (request: number, kind: "plan" | "applied") => (await city.comment(request, kind)).id;
  /** Somebody looks at each plan of a merge and signs it: the exit codes, and why not. */
  const approve = (merged: Merged, plans: readonly Saved[], ...approvers: readonly (typeof head)[]) =>
    plans.flatMap(({ folder: plan }) =>
      approvers.map((each) => {
        const { code, result } = city.approve(each, clerk, { plan, request: merged.request, base: merged.before });
        return [code, ...result.refusals.map(({ message }) => message)];
      }),
    );
  /** The rest of a merge's pipeline, once its plans are there: each is approved by those of these whom it wants, all of them wanted somewhere; then they are applied. */
  const provisionPlanned = async (
    merged: Merged,
    plans: readonly Saved[],
    ...approvers: readonly (typeof head)[]
  ): Promise<Provisioned> => {
    const wanted = (plan: Saved, { listed }: typeof head) =>
      plan.result.approvals?.some(({ role, bureau }) => role === listed.role && bureau === listed.bureau) === true;
    const signed = plans.flatMap((plan) => {
      const own = approvers.filter((each) => wanted(plan, each));
      expect(approve(merged, [plan], ...own)).toEqual(own.map(() => [0]));
      return own;
    });
    expect(new Set(signed)).toEqual(new Set(approvers));
    return { merged, plans, ...(await city.apply(merged)) };
  };
  const provision = async (merged: Merged, ...approvers: readonly (typeof head)[]) =>
    await provisionPlanned(merged, await city.planMerged(merged), ...approvers);

  test("a bureau requests a new system: planned, merged, approved by another than its author, applied and recorded", async () => {
    expect(() => gitea.push(PROJECT, { branch: "main", files: { [ARCHIVE]: archive() } }, clerk)).toThrow("git push");
    const request = await city.request(clerk, "new-system", { [ARCHIVE]: archive({ more: "" }) });
    const { check, plan } = await city.planRequest(request);
    expect([check, plan]).toEqual([0, 0]);
    expect(await told(request, "plan")).toEqual([
      "## ✅ ACCEPTED",
      "list price **+2,435.40** CNY a month (92,713.00 → 95,148.40), fee **+2,435.16** CNY",
      "1 added · 0 changed · 0 removed · 7 unchanged",
      APPROVERS,
      `- head of the bureau (bureau hrss): ${BUREAU}: hrss/talent-archive`,
      SYSTEMS,
      "| `hrss/talent-archive` 人才档案系统 | trial | added | 0.00 | 2,435.40 | +2,435.40 |  |",
    ]);
    expect(await city.labels(request)).toEqual(["money: ≥ 1000 more a month"]);

    const merged = await city.merge(request);
    expect(merged.groups).toEqual(["hrss--talent-archive"]);
    const plans = await city.planMerged(merged);
    expect(outcome(await city.apply(merged))).toEqual({ jobs: ["hrss--talent-archive: 2 refused"], systems: [], refusals: [NOBODY] });
    const [title, refusal, ...more] = await told(request, "applied");
    expect([title, refusal?.split("<br>")[0], more]).toEqual(["## ❌ REFUSED: nothing was begun", `- ${NOBODY}`, []]);

    const own = "hrss-clerk@example.org had a hand in this request, and nobody approves their own";
    expect(approve(merged, plans, clerksOwn)).toEqual([[2, own]]);
    const comment = await idOf(request, "applied");
    const applied = await provisionPlanned(merged, plans, head);
    expect(outcome(applied)).toEqual({
      jobs: ["hrss--talent-archive: 0 applied"],
      systems: ["hrss/talent-archive applied: 65 done, 0 failed"],
      refusals: [],
    });
    expect(recorded(applied)).toEqual(["hrss/talent-archive delivered, applied: 0.00 → 2435.40"]);
    expect(await told(request, "applied")).toEqual(["## ✅ APPLIED", OUTCOMES, "| ✅ applied | `hrss/talent-archive` | 65 | 0 | 0 |"]);
    expect(await idOf(request, "applied")).toBe(comment);
  });

  test("a request that policy refuses is approved by nobody; with a waiver it passes, and the centre must approve, too", async () => {
    large = await city.request(clerk, "large", { [ARCHIVE]: archive({ cpu: 65 }) });
    const refused = await city.planRequest(large);
    const tooLarge = "size/require-server-within-limits servers.app cpu";
    const reboot = "advisory violation: damage/no-reboot-unannounced openstack_compute_instance_v2.servers_app-1 flavor_id";
    expect([refused.check, refused.plan, findings(refused.result)]).toEqual([2, 2, [reboot, `mandatory violation: ${tooLarge}`]]);
    expect((await told(large, "plan")).slice(0, 3)).toEqual([
      "## ❌ REFUSED",
      "list price **+1,317.60** CNY a month (95,148.40 → 96,466.00), fee **+1,317.46** CNY",
      "0 added · 1 changed · 0 removed · 7 unchanged",
    ]);
    expect(await city.labels(large)).toEqual(["damage: reboot", "money: ≥ 1000 more a month", "verdict: refused"]);
    const sign = ({ file: plan, tree }: typeof refused, who: typeof head) => city.approve(who, clerk, { plan, tree, request: large });
    expect(sign(refused, head)).toMatchObject({ code: 2, result: { refusals: [{ message: "Policy refused this plan" }] } });

    const comment = await idOf(large, "plan");
    const waiver = `policy: size/require-server-within-limits, system: hrss/talent-archive, address: servers.app`;
    city.commit(clerk, "large", {
      "stacks/tenants/hrss/waivers.yaml": `waivers:\n  - { ${waiver}, reason: 年终结算, owner: 信息科, approver: centre-director, expires: 2026-03-31 }\n`,
    });
    const waived = await city.planRequest(large);
    expect([waived.check, waived.plan, findings(waived.result)]).toEqual([
      0,
      0,
      [reboot, "advisory violation: waiver/no-waiver-unseen servers.app approver", `mandatory waived: ${tooLarge}`],
    ]);
    expect((await told(large, "plan")).slice(0, 6)).toEqual([
      "## ✅ ACCEPTED",
      "list price **+1,317.60** CNY a month (95,148.40 → 96,466.00), fee **+1,317.46** CNY",
      "0 added · 1 changed · 0 removed · 7 unchanged",
      APPROVERS,
      `- head of the bureau (bureau hrss): ${BUREAU}: hrss/talent-archive`,
      "- big-data centre (centre): passes by a waiver: hrss/talent-archive",
    ]);
    expect(await idOf(large, "plan")).toBe(comment);
    expect(await city.labels(large)).toEqual(["damage: reboot", "money: ≥ 1000 more a month", "waiver"]);
    expect([sign(waived, head).code, sign(waived, director).code]).toEqual([0, 0]);
  });

  test("growth is priced by its difference, and what it opens is for security to approve", async () => {
    const request = await city.request(clerk, "growth", withReplaced(JOBS, "count: 2", "count: 3", "first"));
    expect((await city.planRequest(request)).plan).toBe(0);
    expect(await told(request, "plan")).toEqual([
      "## ✅ ACCEPTED",
      "list price **+275.40** CNY a month (95,148.40 → 95,423.80), fee **+275.37** CNY",
      "0 added · 1 changed · 0 removed · 7 unchanged",
      APPROVERS,
      `- head of the bureau (bureau hrss): ${BUREAU}: hrss/job-service`,
      "- security officer (security): opened to the internet: hrss/job-service",
      SYSTEMS,
      "| `hrss/job-service` 公共就业服务平台 | production | changed | 4,957.20 | 5,232.60 | +275.40 |  |",
    ]);
    expect(await city.labels(request)).toEqual(["approval: security officer", "exposure: internet", "money: < 1000 more a month"]);
    const applied = await provision(await city.merge(request), head, officer);
    expect(outcome(applied)).toEqual({
      jobs: ["hrss--job-service: 0 applied"],
      systems: ["hrss/job-service applied: 4 done, 0 failed"],
      refusals: [],
    });
    expect(recorded(applied)).toEqual(["hrss/job-service changed, applied: 4957.20 → 5232.60"]);
  });

  test("a rebase that changes nothing in the plan keeps its approvals; a commit that does drops them and says which line", async () => {
    await city.rebase(large, clerk);
    const rebased = await city.planRequest(large);
    expect(await city.verify(rebased, large)).toEqual({ [head.listed.holder]: [], [director.listed.holder]: [] });
    city.commit(clerk, "large", { [ARCHIVE]: archive({ cpu: 66 }) });
    const dropped = expect.stringMatching(
      /: another plan was approved \(sha256:\w+, this is sha256:\w+\): hrss\/talent-archive the declaration \(stacks\/tenants\/hrss\/talent-archive\.yaml:10 servers\.app\.cpu 65 → 66\), /,
    );
    const edited = await city.planRequest(large);
    expect(await city.verify(edited, large)).toEqual({ [head.listed.holder]: [dropped], [director.listed.holder]: [dropped] });
  });

  test("of two systems one fails to apply: the other stands; what was left half made is looked at, and a new plan, newly approved, goes on", async () => {
    const request = await city.request(clerk, "two", {
      ...withReplaced(JOBS, "count: 2", "count: 4", "first"),
      [ARCHIVE]: archive({ count: 2 }),
    });
    const merged = await city.merge(request);
    expect(merged.groups).toEqual(["hrss--job-service", "hrss--talent-archive"]);
    const first = await city.planMerged(merged);
    cloud.refuses("hrss/job-service", true);
    const failed = await provisionPlanned(merged, first, head, officer);
    expect(outcome(failed)).toEqual({
      jobs: ["hrss--job-service: 1 failed", "hrss--talent-archive: 0 applied"],
      systems: ["hrss/job-service failed: 3 done, 1 failed", "hrss/talent-archive applied: 2 done, 0 failed"],
      refusals: [],
    });
    expect(recorded(failed)).toEqual(["hrss/talent-archive changed, applied: 2435.40 → 2710.80"]);
    const comment = await idOf(request, "applied");
    const words = await told(request, "applied");
    expect(words[0]).toBe("## ❌ NOT ALL APPLIED");
    expect(words).toEqual(
      expect.arrayContaining([
        "| ❌ failed | `hrss/job-service` | 3 | 1 | 0 |",
        "| ✅ applied | `hrss/talent-archive` | 2 | 0 | 0 |",
        "- failed: `openstack_compute_instance_v2.servers_web-4`",
      ]),
    );
    expect(outcome(await city.apply(merged)).refusals).toEqual([
      "hrss--job-service: this plan was begun already (failed): 3 done, 1 failed: openstack_compute_instance_v2.servers_web-4, 0 of unknown fate",
      "hrss--talent-archive: this plan was begun already (applied): 2 done, 0 failed, 0 of unknown fate",
    ]);

    cloud.refuses("hrss/job-service", false);
    const tainted = await city.planMerged(merged);
    expect(tainted.map(({ result }) => [result.verdict, ...findings(result)])).toEqual([
      ["refused", "mandatory violation: damage/no-tainted-replacement openstack_compute_instance_v2.servers_web-4"],
      ["accepted"],
    ]);
    await cloud.untaint(city.stackFolder("hrss/job-service"), "openstack_compute_instance_v2.servers_web-4", city.runner());
    const second = await city.planMerged(merged);
    expect(second.map(({ result }) => [result.verdict, ...findings(result)])).toEqual([["accepted"], ["accepted"]]);
    const missing = (role: string) => expect.stringMatching(new RegExp(`^Nobody approved as ${role} `));
    const old = (stack: string) =>
      expect.stringMatching(new RegExp(`: another plan was approved .*: .*${stack} what the engine plans, .* the state.* changed$`));
    expect(outcome(await city.apply(merged)).refusals).toEqual(
      expect.arrayContaining([missing("bureau hrss"), old("hrss--job-service"), old("hrss--talent-archive")]),
    );
    const again = await provisionPlanned(merged, second, head);
    expect(outcome(again)).toEqual({
      jobs: ["hrss--job-service: 0 applied", "hrss--talent-archive: 0 applied"],
      systems: ["hrss/job-service unchanged: 0 done, 0 failed", "hrss/talent-archive unchanged: 0 done, 0 failed"],
      refusals: [],
    });
    expect(recorded(again)).toEqual([
      "hrss/job-service changed, found: 5232.60 → 5508.00",
      "hrss/talent-archive changed, found: 2435.40 → 2710.80",
    ]);
    expect((await told(request, "applied"))[0]).toBe("## ✅ APPLIED");
    expect(await idOf(request, "applied")).toBe(comment);
  });

  test("a system exits, then is retired: what it had goes, and its tombstone stays", async () => {
    const retirement = (attestation: string) => `retirement:\n  on: 2026-01-21\n  attestation: ${attestation}\n`;
    const exit = archive({ count: 2, stage: "exiting", more: retirement("计划于 2026-01-20 返还数据") });
    await city.merge(await city.request(clerk, "exit", { [ARCHIVE]: exit }));
    city.at = "2026-01-21";
    const attested = retirement(
      "数据已于 2026-01-20 返还使用单位（返还清单编号 TC-2026-031），云上数据、备份和快照已清除，使用单位与监理已签字确认。",
    );
    const request = await city.request(clerk, "retire", { [ARCHIVE]: archive({ stage: "retired", more: attested }) });
    expect((await city.planRequest(request)).plan).toBe(0);
    expect(await told(request, "plan")).toEqual([
      "## ✅ ACCEPTED",
      "list price **−2,710.80** CNY a month (95,974.60 → 93,263.80), fee **−2,710.53** CNY",
      "0 added · 1 changed · 0 removed · 7 unchanged",
      APPROVERS,
      `- head of the bureau (bureau hrss): ${BUREAU}: hrss/talent-archive`,
      "- big-data centre (centre): loses data or interrupts the service: hrss/talent-archive; a system leaves or is retired: hrss/talent-archive",
      SYSTEMS,
      "| `hrss/talent-archive` 人才档案系统 | retired | changed | 2,710.80 | 0.00 | −2,710.80 | ⚠️ data lost |",
    ]);
    expect(await city.labels(request)).toEqual(["damage: data lost", "money: less a month"]);
    const applied = await provision(await city.merge(request), head, director);
    expect(outcome(applied)).toEqual({
      jobs: ["hrss--talent-archive: 0 applied"],
      systems: ["hrss/talent-archive applied: 72 done, 0 failed"],
      refusals: [],
    });
    expect(recorded(applied)).toEqual(["hrss/talent-archive withdrawn, applied: 2710.80 → 0.00"]);
  });

  test("a new price book touches every system; it passes by the centre's waiver alone, and moves nothing in the cloud", async () => {
    const book = readFileSync(join(SAMPLES, BOOK), "utf8");
    const changed = ["22", "23", "25"];
    const request = await city.request(operator, "prices", {
      [BOOK]: book.replace("from: 2025-06-20\n", "from: 2025-06-20\nto: 2026-01-21\n"),
      [NEXT_BOOK]: book
        .replace("from: 2025-06-20", "from: 2026-01-22")
        .replace('"2160.00"', '"2100.00"')
        .replace('"3330.00"', '"3300.00"')
        .replace('"56250.00"', '"56000.00"'),
    });
    const refused = await city.planRequest(request);
    const fixed = changed.map((item) => `price/no-price-changed-within-term ${NEXT_BOOK} prices.${item}`);
    expect([refused.plan, findings(refused.result)]).toEqual([2, fixed.map((each) => `mandatory violation: ${each}`)]);

    const waivers = changed.map(
      (item) =>
        `  - { policy: price/no-price-changed-within-term, address: ${NEXT_BOOK}, attribute: prices.${item}, reason: 补充合同 2026-001 已签, owner: 信息科, approver: centre-director, expires: 2026-06-19 }\n`,
    );
    await city.merge(await city.request(operator, "supplement", { "policies/waivers.yaml": `waivers:\n${waivers.join("")}` }));
    const comment = await idOf(request, "plan");
    const waived = await city.planRequest(request);
    expect([waived.plan, findings(waived.result)]).toEqual([0, fixed.map((each) => `mandatory waived: ${each}`)]);
    expect((await told(request, "plan")).slice(0, 5)).toEqual([
      "## ✅ ACCEPTED",
      // Money is that of the day; the new prices are in the findings that the waiver covers.
      "list price **—** CNY a month (93,263.80 → 93,263.80), fee **—** CNY",
      "0 added · 0 changed · 0 removed · 8 unchanged",
      APPROVERS,
      `- big-data centre (centre): a price book is added, edited or closed: ${BOOK}, ${NEXT_BOOK}; passes by a waiver`,
    ]);
    expect(await idOf(request, "plan")).toBe(comment);

    const merged = await city.merge(request);
    const { systems } = city.affected(merged);
    expect(systems.length).toBe(6);
    expect(new Set(systems.flatMap(({ reasons }) => reasons.map(({ kind }) => kind)))).toEqual(new Set(["price-book"]));
    expect(merged.groups).toEqual(["platform", "group-1", "group-2"]);
    const applied = await provision(merged, director);
    expect(outcome(applied)).toEqual({
      jobs: merged.groups.map((group) => `${group}: 0 applied`),
      systems: systems.map(({ id }) => `${id} unchanged: 0 done, 0 failed`).sort(),
      refusals: [],
    });
    expect(recorded(applied)).toEqual([]);
    expect((await told(request, "applied"))[0]).toBe("## ✅ APPLIED");
  });

  test("so every script of the provision workflow has run, as it stands there", () => {
    expect([...city.ran].sort()).toEqual([...SCRIPTS.keys()].sort());
  });
});
