import { expect, test } from "vitest";
import { requireExemptionRecorded } from "../../../policies/sizing/require-exemption-recorded.ts";
import { testCases } from "../cases.ts";
import { onlyFinding } from "../subjects.ts";
import { cases } from "./require-exemption-recorded.cases.ts";

testCases(requireExemptionRecorded, cases);

test("the finding points at what is written, and the centre alone waives it", () => {
  const prolonged = cases.find(({ example }) => example.en === "an exemption is prolonged");
  if (prolonged === undefined) throw new Error("wanted the row of an exemption that is prolonged");
  expect(onlyFinding(requireExemptionRecorded.check(prolonged.subject))).toMatchObject({
    system: "hrss/social",
    at: { file: "stacks/tenants/hrss/social.yaml", path: ["sizing"] },
    message: { zh: "豁免从 2026-03-31 延长到 2026-04-01（汛期防汛指挥，防指〔2026〕3号），须经市大数据中心登记" },
  });
  expect([requireExemptionRecorded.level, requireExemptionRecorded.waivableBy]).toEqual(["mandatory", "centre"]);
});
