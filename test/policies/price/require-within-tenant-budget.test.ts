import { expect, test } from "vitest";
import { requireWithinTenantBudget } from "../../../policies/price/require-within-tenant-budget.ts";
import { required } from "../../declared.ts";
import { testCases } from "../cases.ts";
import { onlyFinding } from "../subjects.ts";
import { cases } from "./require-within-tenant-budget.cases.ts";

testCases(requireWithinTenantBudget, cases);

test("The finding points at the budget, in both languages", () => {
  const over = cases.find(({ verdict }) => verdict === "violation");
  expect(onlyFinding(requireWithinTenantBudget.check(required(over, "a row").subject))).toEqual({
    kind: "violation",
    address: "hrss",
    attribute: "monthlyBudget",
    at: { file: "stacks/tenants/hrss/tenant.yaml", path: ["monthlyBudget"] },
    message: {
      zh: "单位 hrss 的系统每月共 1,000.01 元（目录价），超出预算 1,000.00 元 0.01 元；最多的是 hrss/a，600.00 元",
      en: "Cannot spend 1,000.01 a month for bureau hrss: its budget is 1,000.00, 0.01 less (hrss/a costs most, 600.00)",
    },
  });
});
