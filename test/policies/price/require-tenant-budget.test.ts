import { expect, test } from "vitest";
import { requireTenantBudget } from "../../../policies/price/require-tenant-budget.ts";
import { required } from "../../declared.ts";
import { testCases } from "../cases.ts";
import { onlyFinding } from "../subjects.ts";
import { cases } from "./require-tenant-budget.cases.ts";

testCases(requireTenantBudget, cases);

test("The finding points at the bureau's file, in both languages", () => {
  const without = cases.find(({ verdict }) => verdict === "undetermined");
  expect(onlyFinding(requireTenantBudget.check(required(without, "a row").subject))).toEqual({
    kind: "undetermined",
    address: "hrss",
    attribute: "monthlyBudget",
    at: { file: "stacks/tenants/hrss/tenant.yaml", path: [] },
    message: {
      zh: "单位 hrss 没有写每月预算，无法判断花费是否超出",
      en: "Cannot tell whether bureau hrss stays within its budget: wanted monthlyBudget",
    },
  });
});
