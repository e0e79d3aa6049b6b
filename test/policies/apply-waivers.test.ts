import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import type { WaiverOutcome } from "../../catalog/waiver.ts";
import { applyWaivers } from "../../policies/apply-waivers.ts";
import { type Finding, judgeSystem, refuses } from "../../policies/evaluate.ts";
import { defineSystemPolicy } from "../../policies/policy.ts";
import { systemSubject } from "./subjects.ts";
import { waiver } from "./waiver/waivers.ts";

const DAY = Temporal.PlainDate.from("2026-01-15");
const FINDING: Finding = {
  policy: "size/require-server-within-limits",
  level: "mandatory",
  result: "violation",
  system: "hrss/social",
  address: "servers.app",
  attribute: "cpu",
  message: { zh: "大", en: "large" },
  clause: "合同 1",
  remedy: { zh: "改", en: "mend" },
};
const { system: _, ...OF_CONTRACT } = FINDING;
const UNDETERMINED: Finding = { ...FINDING, result: "undetermined" };
const MEMORY: Finding = { ...FINDING, attribute: "memoryGb" };

const COVERS: WaiverOutcome = { kind: "covers" };
const UNNEEDED: WaiverOutcome = { kind: "unneeded" };

test.each([
  { what: "same policy, system and address, on its last day", finding: FINDING, by: waiver(), waived: true, outcome: COVERS },
  { what: "a day too late", finding: FINDING, by: waiver({ expires: "2026-01-14" }), waived: false, outcome: COVERS },
  { what: "a year from the day", finding: FINDING, by: waiver({ expires: "2027-01-15" }), waived: true, outcome: COVERS },
  { what: "a year and a day", finding: FINDING, by: waiver({ expires: "2027-01-16" }), waived: false, outcome: COVERS },
  { what: "another policy", finding: FINDING, by: waiver({ policy: "size/require-cards-fit-box" }), waived: false, outcome: UNNEEDED },
  { what: "another system", finding: FINDING, by: waiver({ system: "hrss/other" }), waived: false, outcome: UNNEEDED },
  { what: "an address that only begins alike", finding: FINDING, by: waiver({ address: "servers" }), waived: false, outcome: UNNEEDED },
  { what: "no system, for a finding of one", finding: FINDING, by: waiver({ system: undefined }), waived: false, outcome: UNNEEDED },
  { what: "no system, for the contract", finding: OF_CONTRACT, by: waiver({ system: undefined }), waived: true, outcome: COVERS },
  { what: "the attribute", finding: FINDING, by: waiver({ attribute: "cpu" }), waived: true, outcome: COVERS },
  { what: "another attribute", finding: FINDING, by: waiver({ attribute: "memoryGb" }), waived: false, outcome: UNNEEDED },
  {
    what: "undetermined, by one of a violation",
    finding: UNDETERMINED,
    by: waiver(),
    waived: false,
    outcome: { kind: "other-kind", found: "undetermined" } as const,
  },
  { what: "undetermined, and it says so", finding: UNDETERMINED, by: waiver({ covers: "undetermined" }), waived: true, outcome: COVERS },
  {
    what: "a violation, by one of what is undetermined",
    finding: FINDING,
    by: waiver({ covers: "undetermined" }),
    waived: false,
    outcome: { kind: "other-kind", found: "violation" } as const,
  },
  { what: "a policy that failed", finding: { ...FINDING, failed: true } as const, by: waiver(), waived: false, outcome: UNNEEDED },
])("$what: waived $waived", ({ finding, by, waived, outcome }) => {
  const { findings, applied } = applyWaivers([finding], [by], DAY);
  expect([findings[0]?.waiver === by, applied[0]?.outcome, refuses(findings)]).toEqual([waived, outcome, !waived]);
});

describe("Where several findings stand at one address", () => {
  const attributesWaived = (findings: readonly Finding[], by: ReturnType<typeof waiver>) =>
    applyWaivers(findings, [by], DAY).findings.flatMap(({ attribute, waiver: covering }) => (covering === undefined ? [] : [attribute]));

  test("a waiver without attribute covers none, and says which there are", () => {
    expect(attributesWaived([FINDING, MEMORY], waiver())).toEqual([]);
    expect(applyWaivers([FINDING, MEMORY], [waiver()], DAY).applied[0]?.outcome).toEqual({
      kind: "ambiguous",
      attributes: ["cpu", "memoryGb"],
    });
  });

  test("not even where both are of one attribute", () => {
    const other = { ...FINDING, message: { zh: "更大", en: "larger" } };
    expect(attributesWaived([FINDING, other], waiver())).toEqual([]);
    expect(attributesWaived([FINDING, other], waiver({ attribute: "cpu" }))).toEqual(["cpu", "cpu"]);
  });

  test("one that names the attribute covers that", () => {
    expect(attributesWaived([FINDING, MEMORY], waiver({ attribute: "memoryGb" }))).toEqual(["memoryGb"]);
  });

  test("what is undetermined there is not covered along with a violation", () => {
    expect(attributesWaived([FINDING, { ...MEMORY, result: "undetermined" }], waiver())).toEqual(["cpu"]);
  });

  test("the same said twice is one finding", () => {
    expect(attributesWaived([FINDING, { ...FINDING }], waiver())).toEqual(["cpu", "cpu"]);
  });
});

test("Nobody can waive that a policy failed, even by the address at which its failure stands", () => {
  const failing = defineSystemPolicy({
    id: "size/require-server-within-limits",
    level: "mandatory",
    title: { zh: "题", en: "title" },
    why: { zh: "因", en: "why" },
    clause: "合同 1",
    remedy: { zh: "改", en: "remedy" },
    check: () => {
      throw new Error("the sky fell");
    },
  });
  const raw = judgeSystem(systemSubject(), [failing]);
  const { findings } = applyWaivers(raw, [waiver({ address: "hrss/social" })], DAY);
  expect(findings).toEqual(raw);
  expect(refuses(findings)).toBe(true);
});
