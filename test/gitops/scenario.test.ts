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
import { type Applied, City, PROJECT, type Saved } from "./city.ts";

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
    `${level} ${waiver === null ? result : "waived"}: ${policy} ${address}${attribute === null ? "" : ` ${attribute}`}`;
  return [...whole, ...systems.flatMap((system) => system.findings)].map(line).sort();
}

/** What was recorded, each delivery as a line; all of them of one merge. */
function recorded({ deliveries }: Applied, { merged, result }: Saved): readonly string[] {
  for (const { commit, fingerprint, request } of deliveries)
    expect({ commit, fingerprint, request }).toEqual({
      commit: merged.after,
      fingerprint: result.fingerprint,
      request: String(merged.request),
    });
  const line = ({ system, action, evidence, list }: Delivery) => `${system} ${action}, ${evidence}: ${list?.before} → ${list?.after}`;
  return deliveries.map(line).sort();
}

function outcome({ code, result }: Applied) {
  return {
    code,
    verdict: result.verdict,
    systems: result.systems
      .map(({ id, result: each, done, failed }) => `${id} ${each}: ${done.length} done, ${failed.length} failed`)
      .sort(),
    refusals: result.refusals.map(({ message }) => message),
  };
}

const title = started.kind === "running" ? "On a real Gitea" : `On a real Gitea (skipped: ${started.reason})`;
describe.skipIf(started.kind !== "running")(title, { timeout: 300_000 }, () => {
  const gitea = started as Gitea;
  let city: City;
  let clerk: GiteaUser;
  let operator: GiteaUser;
  /** The request of the waiver, which stays open while others are merged. */
  let large: number;

  beforeAll(async () => {
    [clerk, operator] = [await gitea.addUser("hrss-clerk"), await gitea.addUser("operator")];
    city = await City.on(gitea, { writers: [clerk, operator], approvers: [head, clerksOwn, director, officer] });
  });

  const told = async (request: number, kind: "plan" | "applied") => summaryOf(await city.comment(request, kind));
  const idOf = async (request: number, kind: "plan" | "applied") => (await city.comment(request, kind)).id;
  const approve = (saved: Saved, ...approvers: readonly (typeof head)[]) =>
    approvers.map((each) => {
      const { request, before: base } = saved.merged;
      const { code, result } = city.approve(each, clerk, { plan: saved.folder, request, base });
      return [code, ...result.refusals.map(({ message }) => message)];
    });

  test("a bureau requests a new system: planned, merged, approved by another than its author, applied and recorded", async () => {
    expect(() => gitea.push(PROJECT, { branch: "main", files: { [ARCHIVE]: archive() } }, clerk)).toThrow("git push");
    const request = await city.request(clerk, "new-system", { [ARCHIVE]: archive({ more: "" }) });
    const { check, plan } = await city.planRequest(request);
    expect([check, plan]).toEqual([0, 0]);
    expect(await told(request, "plan")).toEqual([
      "## ✅ ACCEPTED",
      "list price **+2,435.40** CNY a month (592,444.30 → 594,879.70), fee **+2,435.15** CNY",
      "1 added · 0 changed · 0 removed · 20 unchanged",
      APPROVERS,
      `- head of the bureau (bureau hrss): ${BUREAU}: hrss/talent-archive`,
      SYSTEMS,
      "| `hrss/talent-archive` 人才档案系统 | trial | added | 0.00 | 2,435.40 | +2,435.40 |  |",
    ]);
    expect(await city.labels(request)).toEqual(["money: ≥ 1000 more a month"]);

    const merged = await city.merge(request);
    expect(merged.affected.groups).toEqual([{ name: "hrss--talent-archive", systems: ["hrss/talent-archive"] }]);
    const saved = await city.planMerged(merged);
    expect(outcome(city.apply(saved))).toEqual({ code: 2, verdict: "refused", systems: [], refusals: [NOBODY] });
    const [title, refusal, ...more] = await told(request, "applied");
    expect([title, refusal?.split("<br>")[0], more]).toEqual(["## ❌ REFUSED: nothing was begun", `- ${NOBODY}`, []]);

    const own = "hrss-clerk@example.org had a hand in this request, and nobody approves their own";
    expect(approve(saved, clerksOwn, head)).toEqual([[2, own], [0]]);
    const comment = await idOf(request, "applied");
    const applied = city.apply(saved);
    expect(outcome(applied)).toEqual({
      code: 0,
      verdict: "applied",
      systems: ["hrss/talent-archive applied: 2 done, 0 failed"],
      refusals: [],
    });
    expect(recorded(applied, saved)).toEqual(["hrss/talent-archive delivered, applied: 0.00 → 2435.40"]);
    expect(await told(request, "applied")).toEqual(["## ✅ APPLIED", OUTCOMES, "| ✅ applied | `hrss/talent-archive` | 2 | 0 | 0 |"]);
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
      "list price **+1,317.60** CNY a month (594,879.70 → 596,197.30), fee **+1,317.47** CNY",
      "0 added · 1 changed · 0 removed · 20 unchanged",
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
      "list price **+1,317.60** CNY a month (594,879.70 → 596,197.30), fee **+1,317.47** CNY",
      "0 added · 1 changed · 0 removed · 20 unchanged",
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
      "list price **+275.40** CNY a month (594,879.70 → 595,155.10), fee **+275.37** CNY",
      "0 added · 1 changed · 0 removed · 20 unchanged",
      APPROVERS,
      `- head of the bureau (bureau hrss): ${BUREAU}: hrss/job-service`,
      "- security officer (security): opened to the internet: hrss/job-service",
      SYSTEMS,
      "| `hrss/job-service` 公共就业服务平台 | production | changed | 4,957.20 | 5,232.60 | +275.40 |  |",
    ]);
    expect(await city.labels(request)).toEqual(["approval: security officer", "exposure: internet", "money: < 1000 more a month"]);
    const saved = await city.planMerged(await city.merge(request));
    expect(approve(saved, head, officer)).toEqual([[0], [0]]);
    const applied = city.apply(saved);
    expect(outcome(applied)).toMatchObject({ code: 0, systems: ["hrss/job-service applied: 7 done, 0 failed"] });
    expect(recorded(applied, saved)).toEqual(["hrss/job-service changed, applied: 4957.20 → 5232.60"]);
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

  test("of two systems one fails to apply: the other stands; a new plan, newly approved, goes on from there", async () => {
    const request = await city.request(clerk, "two", {
      ...withReplaced(JOBS, "count: 2", "count: 4", "first"),
      [ARCHIVE]: archive({ count: 2 }),
    });
    const merged = await city.merge(request);
    expect(merged.affected.systems.map(({ id }) => id)).toEqual(["hrss/job-service", "hrss/talent-archive"]);
    const first = await city.planMerged(merged);
    approve(first, head, officer);
    city.refuses("hrss/job-service", true);
    const failed = city.apply(first);
    expect(outcome(failed)).toEqual({
      code: 1,
      verdict: "failed",
      systems: ["hrss/job-service failed: 0 done, 1 failed", "hrss/talent-archive applied: 1 done, 0 failed"],
      refusals: [],
    });
    expect(recorded(failed, first)).toEqual(["hrss/talent-archive changed, applied: 2435.40 → 2710.80"]);
    const comment = await idOf(request, "applied");
    const words = await told(request, "applied");
    expect(words[0]).toBe("## ❌ NOT ALL APPLIED");
    expect(words).toEqual(
      expect.arrayContaining([
        "| ❌ failed | `hrss/job-service` | 0 | 1 | 0 |",
        "| ✅ applied | `hrss/talent-archive` | 1 | 0 | 0 |",
        "- failed: `terraform_data.web-3`",
      ]),
    );
    expect(outcome(city.apply(first)).refusals).toEqual([
      "hrss--job-service: this plan was begun already (failed): 0 done, 1 failed: terraform_data.web-3, 0 of unknown fate",
      "hrss--talent-archive: this plan was begun already (applied): 1 done, 0 failed, 0 of unknown fate",
    ]);

    city.refuses("hrss/job-service", false);
    const second = await city.planMerged(merged);
    const missing = (role: string) => expect.stringMatching(new RegExp(`^Nobody approved as ${role} `));
    const old = expect.stringMatching(/: another plan was approved .*: hrss--job-service what the engine plans, .* the state.* changed$/);
    expect(outcome(city.apply(second))).toMatchObject({ code: 2, refusals: [missing("bureau hrss"), missing("security"), old, old] });
    expect(approve(second, head, officer)).toEqual([[0], [0]]);
    const again = city.apply(second);
    // What was half made goes, and is made.
    expect(outcome(again)).toEqual({
      code: 0,
      verdict: "applied",
      systems: ["hrss/job-service applied: 2 done, 0 failed", "hrss/talent-archive unchanged: 0 done, 0 failed"],
      refusals: [],
    });
    expect(recorded(again, second)).toEqual([
      "hrss/job-service changed, applied: 5232.60 → 5508.00",
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
      "list price **−2,710.80** CNY a month (595,705.90 → 592,995.10), fee **−2,710.53** CNY",
      "0 added · 1 changed · 0 removed · 20 unchanged",
      APPROVERS,
      `- head of the bureau (bureau hrss): ${BUREAU}: hrss/talent-archive`,
      "- big-data centre (centre): loses data or interrupts the service: hrss/talent-archive; a system leaves or is retired: hrss/talent-archive",
      SYSTEMS,
      "| `hrss/talent-archive` 人才档案系统 | retired | changed | 2,710.80 | 0.00 | −2,710.80 | ⚠️ data lost |",
    ]);
    expect(await city.labels(request)).toEqual(["damage: data lost", "money: less a month"]);
    const saved = await city.planMerged(await city.merge(request));
    expect(approve(saved, head, director)).toEqual([[0], [0]]);
    const applied = city.apply(saved);
    expect(outcome(applied)).toMatchObject({ code: 0, systems: ["hrss/talent-archive applied: 3 done, 0 failed"] });
    expect(recorded(applied, saved)).toEqual(["hrss/talent-archive withdrawn, applied: 2710.80 → 0.00"]);
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
      "list price **—** CNY a month (592,995.10 → 592,995.10), fee **—** CNY",
      "0 added · 0 changed · 0 removed · 21 unchanged",
      APPROVERS,
      `- big-data centre (centre): a price book is added, edited or closed: ${BOOK}, ${NEXT_BOOK}; passes by a waiver`,
    ]);
    expect(await idOf(request, "plan")).toBe(comment);

    const merged = await city.merge(request);
    const { systems, groups } = merged.affected;
    expect(systems.length).toBe(19);
    expect(new Set(systems.flatMap(({ reasons }) => reasons.map(({ kind }) => kind)))).toEqual(new Set(["price-book"]));
    expect(groups.map(({ name, systems: each }) => `${name} ${each.length}`)).toEqual([
      "platform 1",
      "group-1 5",
      "group-2 7",
      "group-3 6",
    ]);
    const saved = await city.planMerged(merged);
    expect(approve(saved, director)).toEqual([[0]]);
    const applied = city.apply(saved);
    expect(outcome(applied)).toEqual({
      code: 0,
      verdict: "applied",
      systems: systems.map(({ id }) => `${id} unchanged: 0 done, 0 failed`).sort(),
      refusals: [],
    });
    expect(recorded(applied, saved)).toEqual([]);
    expect((await told(request, "applied"))[0]).toBe("## ✅ APPLIED");
  });
});
