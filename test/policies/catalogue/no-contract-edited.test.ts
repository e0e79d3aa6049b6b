import { expect, test } from "vitest";
import { noContractEdited } from "../../../policies/catalogue/no-contract-edited.ts";
import { withReplaced } from "../../tree.ts";
import { testCases } from "../cases.ts";
import { onlyFinding } from "../subjects.ts";
import { request } from "./edited.ts";
import { cases } from "./no-contract-edited.cases.ts";

testCases(noContractEdited, cases);

test("The finding points at the value in the contract's file, in both languages, and names no system, so that the centre alone can waive it", () => {
  const file = "catalog/contracts/baotou-2025.yaml";
  expect(onlyFinding(noContractEdited.check(request(withReplaced(file, "runOnWorkingDays: 30", "runOnWorkingDays: 60"))))).toEqual({
    kind: "violation",
    address: file,
    attribute: "runOnWorkingDays",
    at: { file, path: ["runOnWorkingDays"] },
    message: {
      zh: "继续服务期（合同 2.2）从 30 改成了 60：合同只能由双方签字盖章的书面补充合同修改",
      en: "Cannot change the run-on (clause 2.2) from 30 to 60: only a written supplement signed by both parties amends the contract",
    },
  });
});
