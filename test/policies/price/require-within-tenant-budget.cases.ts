import { Decimal } from "decimal.js";
import type { ContractSubject } from "../../../policies/policy.ts";
import { declaration, sourceOf } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";

function bureau(budget: string | undefined, monthly: Readonly<Record<string, string>>): ContractSubject {
  const source = sourceOf("name: 人社局\nmonthlyBudget: 1000\n", "stacks/tenants/hrss/tenant.yaml");
  const monthlyBudget = budget === undefined ? undefined : new Decimal(budget);
  return contractSubject([declaration({ id: "hrss/a" }), declaration({ id: "hrss/b" }), declaration({ id: "other/c" })], {
    tenants: new Map([["hrss", { id: "hrss", source, name: "人社局", monthlyBudget, range: undefined }]]),
    monthly: new Map(Object.entries(monthly).map(([id, amount]) => [id, new Decimal(amount)])),
  });
}

export const cases: readonly PolicyCase<ContractSubject>[] = [
  {
    example: { zh: "两个系统每月共 1000 元，预算正好 1000 元", en: "two systems for 1000 a month, which is the budget" },
    subject: bureau("1000", { "hrss/a": "600.00", "hrss/b": "400.00", "other/c": "99999.00" }),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "超出预算一分钱", en: "a fen above the budget" },
    subject: bureau("1000", { "hrss/a": "600.00", "hrss/b": "400.01", "other/c": "1.00" }),
    verdict: "violation",
    finds: [
      "violation hrss#monthlyBudget: Cannot spend 1000.01 a month for bureau hrss: its budget is 1000.00, 0.01 less (hrss/a costs most, 600.00)",
    ],
  },
  {
    example: { zh: "预算为 0，什么都不能开", en: "a budget of nothing" },
    subject: bureau("0", { "hrss/a": "0.00", "hrss/b": "0.10", "other/c": "1.00" }),
    verdict: "violation",
    finds: [
      "violation hrss#monthlyBudget: Cannot spend 0.10 a month for bureau hrss: its budget is 0.00, 0.10 less (hrss/b costs most, 0.10)",
    ],
  },
  {
    example: { zh: "有一个系统的月费不知道", en: "a system whose price is not known" },
    subject: bureau("1000", { "hrss/a": "600.00", "other/c": "1.00" }),
    verdict: "undetermined",
    finds: ["undetermined hrss#monthlyBudget: Cannot hold bureau hrss against its budget: the monthly price of hrss/b is not known"],
  },
  {
    example: { zh: "单位没有写预算", en: "a bureau without a budget" },
    subject: bureau(undefined, { "hrss/a": "600.00", "hrss/b": "400.01" }),
    verdict: "not-applicable",
  },
];
