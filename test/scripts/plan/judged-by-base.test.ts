import { describe, expect, test } from "vitest";
import type { Waiver } from "../../../catalog/waiver.ts";
import type { PlanResult } from "../../../scripts/plan/result.ts";
import { sourceOf } from "../../declared.ts";
import { realTree, withReplaced } from "../../tree.ts";
import { planned, wholeTreeWith } from "./planned.ts";

// What a request edits in order to be judged by it: each is refused at the line that it edits.
const SOCIAL = "stacks/tenants/hrss/social-insurance.yaml";
const WELFARE = "stacks/tenants/civil-affairs/social-assistance.yaml";
const EXAM = "stacks/tenants/education/exam-registration.yaml";
const BUREAU = "stacks/tenants/hrss/tenant.yaml";
const ARCHIVE = "stacks/tenants/housing/property-archive.yaml";

const refusals = ({ findings, systems }: PlanResult) =>
  [...findings, ...systems.flatMap((system) => system.findings)]
    .filter(({ level, waiver }) => level === "mandatory" && waiver === null)
    .map(({ policy, location }) => `${policy} ${location?.file}:${location?.line}`)
    .sort();

const catalogueEdits = {
  ...withReplaced("catalog/pools.yaml", "general: { cpu: 2000,", "general: { cpu: 200000,"),
  ...withReplaced("catalog/contracts/baotou-2025.yaml", 'factor: "0.9999"', 'factor: "0.5"'),
  ...withReplaced("catalog/annex-1.yaml", 'ceiling: "21.60"', 'ceiling: "9921.60"', "first"),
};

test("edits of the contract, Annex 1 and a pool are each refused where they stand", () => {
  const result = planned(wholeTreeWith(catalogueEdits), realTree());
  expect([result.verdict, refusals(result)]).toEqual([
    "refused",
    [
      "catalogue/no-contract-edited catalog/annex-1.yaml:14",
      "catalogue/no-contract-edited catalog/contracts/baotou-2025.yaml:19",
      "catalogue/no-platform-data-edited catalog/pools.yaml:105",
    ],
  ]);
});

test("the centre's waivers let exactly these edits stand", () => {
  const waiver = (index: number, policy: string, address: string): Waiver => ({
    policy,
    system: undefined,
    attribute: undefined,
    covers: "violation",
    address,
    reason: "补充合同 2026-01",
    owner: "centre",
    approver: "purchaser",
    expires: "2026-03-31",
    source: sourceOf("waivers: []\n", "policies/waivers.yaml"),
    index,
  });
  const result = planned(wholeTreeWith(catalogueEdits), realTree(), {
    waivers: [
      waiver(0, "catalogue/no-contract-edited", "catalog/annex-1.yaml/items/1"),
      waiver(1, "catalogue/no-contract-edited", "catalog/contracts/baotou-2025.yaml"),
      waiver(2, "catalogue/no-platform-data-edited", "catalog/pools.yaml/pools/gov/capacity/general"),
    ],
  });
  expect([result.verdict, refusals(result)]).toEqual(["accepted", []]);
});

describe("in a bureau's own files", () => {
  test.each([
    {
      what: "a budget raised beside what needs it",
      changes: {
        ...withReplaced(BUREAU, "monthlyBudget: 40000", "monthlyBudget: 99999999"),
        ...withReplaced(SOCIAL, "objectGb: 2000", "objectGb: 100000"),
      },
      refused: ["price/require-within-tenant-budget stacks/tenants/hrss/tenant.yaml:4"],
    },
    { what: "a budget raised alone", changes: withReplaced(BUREAU, "monthlyBudget: 40000", "monthlyBudget: 99999999"), refused: [] },
    {
      what: "less backup space",
      changes: withReplaced(EXAM, "backupGb: 500", "backupGb: 1"),
      refused: [`security/no-protection-lowered ${EXAM}:37`],
    },
    {
      what: "a trial that would begin in 2030",
      base: withReplaced(WELFARE, "backupGb: 300\n", "backupGb: 300\ntrialSince: 2026-01-05\n"),
      changes: withReplaced(WELFARE, "backupGb: 300\n", "backupGb: 300\ntrialSince: 2030-01-05\n"),
      refused: [`life-cycle/no-moved-trial ${WELFARE}:26`, `life-cycle/require-trial-date ${WELFARE}:26`],
    },
    {
      what: "an exit brought forward to today, and the system retired",
      changes: {
        [ARCHIVE]: (withReplaced(ARCHIVE, "stage: exiting", "stage: retired")[ARCHIVE] ?? "")
          .replace("on: 2026-03-31", "on: 2026-01-15")
          .replace("attestation: 退出方案已经", "attestation: 数据已返还并清除，记录编号 QC-2026-007。退出方案已经"),
      },
      refused: [`life-cycle/no-moved-retirement ${ARCHIVE}:27`],
    },
  ])("$what", ({ base = {}, changes, refused }) => {
    const result = planned(wholeTreeWith(changes), wholeTreeWith(base));
    expect([refusals(result), result.verdict]).toEqual([refused, refused.length === 0 ? "accepted" : "refused"]);
  });
});
