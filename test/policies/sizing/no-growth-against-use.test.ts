import { expect, test } from "vitest";
import { noGrowthAgainstUse } from "../../../policies/sizing/no-growth-against-use.ts";
import { testCases } from "../cases.ts";
import { findings, onlyFinding } from "../subjects.ts";
import { measured, sized, withUse } from "./measured.ts";
import { cases } from "./no-growth-against-use.cases.ts";

testCases(noGrowthAgainstUse, cases);

// Factors of Annex 2 §7: what grows is let through, all else is not.
test.each([
  { cpu: "100", memory: "100", found: [] },
  { cpu: "70", memory: "70", found: [] },
  { cpu: "50", memory: "69.9999", found: ["memoryGb"] },
  { cpu: "49.9999", memory: "70", found: ["cpu"] },
  { cpu: "30", memory: "40", found: ["cpu", "memoryGb"] },
  { cpu: "15", memory: "20", found: ["cpu", "memoryGb"] },
])("at $cpu % of CPU and $memory % of memory, growth of both finds $found", ({ cpu, memory, found }) => {
  const subject = withUse(sized({}), sized({ cpu: 9, memoryGb: 17 }), measured({ "hrss/social/app-1": { cpu, memory } }));
  const kept = noGrowthAgainstUse.check(subject).flatMap((verdict) => ("attribute" in verdict ? [verdict.attribute] : []));
  expect(kept).toEqual(found);
});

test("a group is judged by its average, whatever one of its servers does", () => {
  const busy = measured({ "hrss/social/app-1": { cpu: "90" }, "hrss/social/app-2": { cpu: "5" } });
  expect(findings(noGrowthAgainstUse.check(withUse(sized({ count: 2 }), sized({ count: 2, cpu: 16 }), busy)))).toEqual([
    "violation servers.app#cpu: Cannot grow from 8 to 16 cores: average use in 2025-12 was 47.5 %, and the band ≥ 30, < 50 % says keep",
  ]);
});

test("the finding points at the size, in both languages, and only the centre waives it", () => {
  const idle = measured({ "hrss/social/app-1": { cpu: "12.5" } });
  expect(onlyFinding(noGrowthAgainstUse.check(withUse(sized({}), sized({ cpu: 16 }), idle)))).toEqual({
    kind: "violation",
    system: "hrss/social",
    address: "servers.app",
    attribute: "cpu",
    at: { file: "stacks/tenants/hrss/social.yaml", path: ["servers", "app", "cpu"] },
    message: {
      zh: "服务器组 app 从 8 增到 16 核：2025-12 平均使用率 12.5%，属“≤15%”档：CPU数量降至原来四分之一",
      en: "Cannot grow from 8 to 16 cores: average use in 2025-12 was 12.5 %, and the band ≤ 15 % says reduce the cores to a quarter",
    },
  });
  expect([noGrowthAgainstUse.level, noGrowthAgainstUse.waivableBy]).toEqual(["mandatory", "centre"]);
});
