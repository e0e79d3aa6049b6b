import { expect, test } from "vitest";
import { applyWaivers } from "../../policies/apply-waivers.ts";
import { type Finding, refuses } from "../../policies/evaluate.ts";
import { waiver } from "./waiver/waivers.ts";

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

test.each([
  { what: "same policy, system and address, on its last day", finding: FINDING, by: waiver(), waived: true },
  { what: "a day too late", finding: FINDING, by: waiver({ expires: "2026-01-14" }), waived: false },
  { what: "another policy", finding: FINDING, by: waiver({ policy: "size/require-cards-fit-box" }), waived: false },
  { what: "another system", finding: FINDING, by: waiver({ system: "hrss/other" }), waived: false },
  { what: "an address that only begins alike", finding: FINDING, by: waiver({ address: "servers" }), waived: false },
  { what: "no system, for a finding of one", finding: FINDING, by: waiver({ system: undefined }), waived: false },
  { what: "no system, for a finding of the contract", finding: OF_CONTRACT, by: waiver({ system: undefined }), waived: true },
  {
    what: "undetermined, which can be decided on too",
    finding: { ...FINDING, result: "undetermined" as const },
    by: waiver(),
    waived: true,
  },
])("$what: waived $waived", ({ finding, by, waived }) => {
  const { findings, uses } = applyWaivers([finding], [by], "2026-01-15");
  expect([findings[0]?.waiver === by, uses[0]?.used, refuses(findings)]).toEqual([waived, waived, !waived]);
});
