import { describe, expect, test } from "vitest";
import { labelChange, PLAN_LABELS } from "../../../scripts/forge/labels.ts";
import type { PlanResult, SystemResult } from "../../../scripts/plan/result.ts";

const SYSTEM: SystemResult = {
  id: "hrss/x",
  tenant: "hrss",
  name: "x",
  stage: "production",
  stageBefore: "production",
  change: "changed",
  lines: [],
  monthly: { before: "0.00", after: "0.00", delta: "0.00" },
  resources: [],
  exposure: [],
  findings: [],
};

function plan(delta: string, system: Partial<SystemResult> = {}, more: Partial<PlanResult> = {}): PlanResult {
  return {
    systems: [{ ...SYSTEM, ...system }],
    findings: [],
    verdict: "accepted",
    total: { list: { delta } },
    ...more,
  } as unknown as PlanResult;
}

const port = { server: "web", protocol: "tcp", ports: "443" };
const line = { item: "23", name: "", unit: "", unitPrice: "", unitPriceBefore: "", listBefore: "", listAfter: "" };
const resource = { address: "a.b", type: "a", action: "update" as const, cause: [] };

describe("A plan's labels", () => {
  test.each([
    { what: "nothing moves", of: plan("0.00"), labels: ["money: unchanged"] },
    { what: "less", of: plan("-0.01"), labels: ["money: less a month"] },
    { what: "a fen more", of: plan("0.01"), labels: ["money: < 1000 more a month"] },
    { what: "just under a thousand", of: plan("999.99"), labels: ["money: < 1000 more a month"] },
    { what: "a thousand", of: plan("1000.00"), labels: ["money: ≥ 1000 more a month"] },
    { what: "ten thousand", of: plan("10000.00"), labels: ["money: ≥ 10000 more a month"] },
    {
      what: "damage, each class once",
      of: plan("0.00", {
        resources: [
          { ...resource, damage: ["data-lost", "outage"] },
          { ...resource, damage: ["outage"] },
        ],
      }),
      labels: ["money: unchanged", "damage: data lost", "damage: outage"],
    },
    {
      what: "opened to the internet",
      of: plan("0.00", { exposure: [{ ...port, from: "internet", change: "opened" }] }),
      labels: ["money: unchanged", "exposure: internet"],
    },
    {
      what: "opened to nobody knows whom",
      of: plan("0.00", { exposure: [{ ...port, from: "unknown", change: "opened" }] }),
      labels: ["money: unchanged", "exposure: internet"],
    },
    {
      what: "opened within",
      of: plan("0.00", { exposure: [{ ...port, from: "10.0.0.0/8", change: "opened" }] }),
      labels: ["money: unchanged"],
    },
    {
      what: "closed to the internet",
      of: plan("0.00", { exposure: [{ ...port, from: "internet", change: "closed" }] }),
      labels: ["money: unchanged"],
    },
    {
      what: "a new level 3",
      of: plan("0.00", { lines: [{ ...line, before: "0", after: "1" }] }),
      labels: ["money: unchanged", "MLPS level 3"],
    },
    { what: "a level 3 as it was", of: plan("0.00", { lines: [{ ...line, before: "1", after: "1" }] }), labels: ["money: unchanged"] },
    { what: "a waiver", of: plan("0.00", {}, { findings: [{ waiver: {} }] as never }), labels: ["money: unchanged", "waiver"] },
    {
      what: "security must approve",
      of: plan("0.00", {}, { approvals: [{ role: "security", name: "security officer", bureau: null, because: ["level 3"] }] }),
      labels: ["money: unchanged", "approval: security officer"],
    },
    {
      what: "others must approve",
      of: plan("0.00", {}, { approvals: [{ role: "centre", name: "big-data centre", bureau: null, because: ["5000 more"] }] }),
      labels: ["money: unchanged"],
    },
    { what: "refused", of: plan("0.00", {}, { verdict: "refused" }), labels: ["money: unchanged", "verdict: refused"] },
  ])("$what", ({ of, labels }) => {
    expect(labelChange(of, [], "en").add.map(({ name }) => name)).toEqual(labels);
  });

  test("replace those of an earlier plan in either language, and no others", () => {
    const present = ["urgent", "金额：不变", "money: less a month", "verdict: refused", "money: ours?"];
    expect(labelChange(plan("2000.00"), present, "zh")).toEqual({
      add: [{ name: "金额：每月增加 1000 以上", color: "#b65c02" }],
      remove: ["金额：不变", "money: less a month", "verdict: refused"],
    });
    expect(labelChange(plan("0.00"), ["money: unchanged"], "en")).toEqual({ add: [], remove: [] });
  });

  test("have names that every forge takes, each of them once", () => {
    const names = PLAN_LABELS.flatMap(({ name }) => [name.zh, name.en]);
    expect(new Set(names).size).toBe(names.length);
    // GitLab separates names by commas, Gitea takes 50 characters.
    expect(names.filter((name) => name.includes(",") || name.length > 50 || name !== name.trim())).toEqual([]);
  });
});
