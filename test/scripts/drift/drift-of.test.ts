import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import type { Pool } from "../../../catalog/pool.ts";
import { type EnginePlan, type PlanChange, parseForeignPlan, readPlan } from "../../../catalog/terraform-plan/read-plan.ts";
import { driftOf } from "../../../scripts/drift/drift-of.ts";
import { driftResult, type SystemDriftResult } from "../../../scripts/drift/result.ts";
import { renderDrift } from "../../../scripts/render/drift-text.ts";
import { plain } from "../../../scripts/render/style.ts";
import { BOOK, CATALOGUE, pool, required } from "../../declared.ts";
import { recordedBytes, recordedPlan } from "../../plans/recorded.ts";
import { checkDrift } from "./drift-result.ts";

/** The recorded cloud: its volume types are called in capitals. */
const RECORDED_POOL: Pool = { ...pool(), openstack: { ...pool().openstack, volumeTypes: { sas: "SAS", ssd: "SSD" } } };

/** A plan's drift as a result that holds to the schema. */
function resultOf(plan: EnginePlan, lang: "zh" | "en" = "en") {
  const drift = driftOf(plan, { catalogue: CATALOGUE, pool: RECORDED_POOL, book: BOOK });
  const found = { id: "hrss/social", drift, project: undefined, unmanaged: [], failure: undefined };
  return checkDrift(driftResult([found], { undeclared: [], withoutState: [] }, { at: Temporal.PlainDate.from("2025-07-01"), lang }));
}

function systemOf(plan: EnginePlan): SystemDriftResult {
  return required(resultOf(plan).systems[0], "a system");
}

const NO_MONEY = { before: "0.00", after: "0.00", delta: "0.00" };

test("What the provider reads back otherwise after an apply is no drift", () => {
  const result = resultOf(recordedPlan("no-op"));
  expect(result.verdict).toBe("none");
  expect(result.systems).toEqual([
    { id: "hrss/social", drift: [], exposure: [], monthly: NO_MONEY, unpriced: [], project: null, unmanaged: [], failure: null },
  ]);
});

describe("The recorded drift: a volume grown, a server and a rule deleted by hand", () => {
  test("is told entry by entry, with what closed and what it costs", () => {
    const result = resultOf(recordedPlan("drift"));
    expect(result.verdict).toBe("drift");
    const [{ drift, exposure, monthly, unpriced }] = result.systems as [SystemDriftResult];
    expect(drift.map(({ action, address, damage, cause, message }) => [action, address, damage, cause, message])).toEqual([
      ["update", "openstack_blockstorage_volume_v3.api-1-data", [], ["size"], "size of volume api-1-data went from 10 to 25"],
      ["delete", "openstack_compute_instance_v2.api-1", ["data-lost"], [], "server api-1 is no longer in the cloud"],
      ["delete", "openstack_compute_volume_attach_v2.api-1-data", [], [], "volume attachment api-1-data is no longer in the cloud"],
      [
        "delete",
        "openstack_networking_secgroup_rule_v2.in-tcp-22-10-99-0-0-16",
        ["exposure-changed"],
        [],
        "security group rule in-tcp-22-10-99-0-0-16 is no longer in the cloud",
      ],
    ]);
    expect(exposure).toEqual([{ server: "api-1", protocol: "tcp", ports: "22", from: "10.99.0.0/16", change: "closed" }]);
    // Line 14: 10 × 0.27 → 25 × 0.27. Flavor 5 of that cloud stands for no line of Annex 1.
    expect(monthly).toEqual({ before: "2.70", after: "6.75", delta: "4.05" });
    expect(unpriced).toEqual([
      { address: "openstack_compute_instance_v2.api-1", reason: "flavor 5 is neither in the catalogue nor in this plan" },
    ]);
  });

  test("gives back what a deleted server cost, where its flavor is of the catalogue", () => {
    const words = recordedBytes("drift").toString().replaceAll('"flavor_id":"5"', '"flavor_id":"general-4c-8g"');
    const { monthly, unpriced } = systemOf(
      readPlan(parseForeignPlan("drift.json", Buffer.from(words.replaceAll('"flavor_id": "5"', '"flavor_id": "general-4c-8g"')))),
    );
    expect(unpriced).toEqual([]);
    // Lines 1, 2, 15, 14: 4 × 21.60 + 8 × 21.60 + 20 × 0.45 + 10 × 0.27 = 86.40 + 172.80 + 9.00 + 2.70; then 25 × 0.27 alone.
    expect(monthly).toEqual({ before: "270.90", after: "6.75", delta: "-264.15" });
  });

  test("reads well in both languages", () => {
    expect(renderDrift(resultOf(recordedPlan("drift")), { lang: "en", paint: plain })).toMatchInlineSnapshot(`
      "▲ DRIFT  2025-07-01
      systems with a state: 1; drifted: 1; failed: 0; declared and never applied: 0

      hrss/social
        Changed behind Terraform's back:
          ~ size of volume api-1-data went from 10 to 25
            openstack_blockstorage_volume_v3.api-1-data
          - server api-1 is no longer in the cloud  ⚠ data lost
            openstack_compute_instance_v2.api-1
          - volume attachment api-1-data is no longer in the cloud
            openstack_compute_volume_attach_v2.api-1-data
          - security group rule in-tcp-22-10-99-0-0-16 is no longer in the cloud  ⚠ exposure changes
            openstack_networking_secgroup_rule_v2.in-tcp-22-10-99-0-0-16
          ▽ api-1 tcp 22: reachable from 10.99.0.0/16 before, not reachable after
          list price of these a month: 2.70 → 6.75 CNY (+4.05)
          not in that price: openstack_compute_instance_v2.api-1 (flavor 5 is neither in the catalogue nor in this plan)
      "
    `);
    expect(renderDrift(resultOf(recordedPlan("drift"), "zh"), { lang: "zh", paint: plain })).toMatchInlineSnapshot(`
      "▲ 有漂移  2025-07-01
      1 个系统有状态：1 个有漂移，0 个失败；另有 0 个尚未执行过

      hrss/social
        绕过 Terraform 的改动：
          ~ 数据盘 api-1-data 的 size 从 10 变成了 25
            openstack_blockstorage_volume_v3.api-1-data
          - 服务器 api-1 已经不在云上  ⚠ 数据丢失
            openstack_compute_instance_v2.api-1
          - 数据盘挂载 api-1-data 已经不在云上
            openstack_compute_volume_attach_v2.api-1-data
          - 安全组规则 in-tcp-22-10-99-0-0-16 已经不在云上  ⚠ 开放范围改变
            openstack_networking_secgroup_rule_v2.in-tcp-22-10-99-0-0-16
          ▽ api-1 的 tcp 22：此前可从10.99.0.0/16访问，此后外面不可访问
          这些资源的目录价：每月 2.70 元 → 6.75 元（+4.05）
          未计价: openstack_compute_instance_v2.api-1 (目录里没有规格 5，也不在本计划里)
      "
    `);
  });
});

test("A server that was switched off by hand is out of service, and one that costs nothing known says so", () => {
  const { drift, monthly, unpriced } = systemOf(recordedPlan("power-state-drift"));
  expect(drift.map(({ message, damage }) => [message, damage])).toEqual([
    ['power_state of server img-1 went from "active" to "shutoff"', ["outage"]],
  ]);
  expect([monthly, unpriced.map(({ address }) => address)]).toEqual([NO_MONEY, ["openstack_compute_instance_v2.img-1"]]);
});

test("A port whose security was switched off by hand is open to everybody: before as the state had it, after as found", () => {
  const plan = recordedPlan("port-security-omitted");
  const change = required(
    plan.changes.find(({ address }) => address === "openstack_networking_port_v2.p"),
    "the port",
  );
  const found = required(change.before, "the port before");
  const { address, type, name, values, unknown, references, ignoreChanges } = found;
  const held = { address, type, name, values: { ...values, port_security_enabled: true }, unknown, references, ignoreChanges };
  const drift: PlanChange = {
    address,
    type,
    action: "update",
    before: held,
    after: found,
    cause: ["port_security_enabled"],
    damage: change.damage,
  };
  const system = systemOf({ ...plan, drift: [drift] });
  expect(system.exposure).toEqual([{ server: "ps-1", protocol: "any", ports: "any", from: "anyone", change: "opened" }]);
  expect(system.drift[0]?.message).toBe(`port_security_enabled of port ${found.values["name"]} went from true to false`);
  // A port has no price, so nothing is missing from the money.
  expect([system.monthly, system.unpriced]).toEqual([NO_MONEY, []]);
});
