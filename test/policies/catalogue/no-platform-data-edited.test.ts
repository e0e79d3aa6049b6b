import { expect, test } from "vitest";
import { noPlatformDataEdited } from "../../../policies/catalogue/no-platform-data-edited.ts";
import { withReplaced } from "../../tree.ts";
import { testCases } from "../cases.ts";
import { onlyFinding } from "../subjects.ts";
import { request } from "./edited.ts";
import { cases } from "./no-platform-data-edited.cases.ts";

testCases(noPlatformDataEdited, cases);

test("The finding points at the value, in both languages, and names no system, so that the centre alone can waive it", () => {
  const file = "catalog/pools.yaml";
  const subject = request(
    withReplaced(file, "A01: { heightU: 42, class: standard, powerW: 4000 }", "A01: { heightU: 42, class: standard, powerW: 9000 }"),
  );
  expect(onlyFinding(noPlatformDataEdited.check(subject))).toEqual({
    kind: "violation",
    address: "catalog/pools.yaml/pools/gov/racks/A01",
    attribute: "powerW",
    at: { file, path: ["pools", "gov", "racks", "A01", "powerW"] },
    message: {
      zh: "机柜的功率、高度和计价类别（附件1 第18至20项）从 4000 改成了 9000：申请按原来的数据判断，平台数据由中心决定",
      en: "Cannot change a rack's power, height and class (Annex 1 lines 18 to 20) from 4000 to 9000: requests are judged by the data as they were, and the centre decides on them",
    },
  });
});
