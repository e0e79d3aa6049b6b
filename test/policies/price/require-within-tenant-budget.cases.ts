import { Decimal } from "decimal.js";
import type { Tenant } from "../../../catalog/declaration.ts";
import type { ContractSubject } from "../../../policies/policy.ts";
import { CATALOGUE, declaration, sourceOf } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";

type Prices = Readonly<Record<string, string>>;

const SYSTEMS = [declaration({ id: "hrss/a" }), declaration({ id: "hrss/b" }), declaration({ id: "other/c" })];

const tenantsWith = (budget: string | undefined): ReadonlyMap<string, Tenant> => {
  const source = sourceOf("name: 人社局\nmonthlyBudget: 1000\n", "stacks/tenants/hrss/tenant.yaml");
  const monthlyBudget = budget === undefined ? undefined : new Decimal(budget);
  return new Map([["hrss", { id: "hrss", source, name: "人社局", monthlyBudget, range: undefined }]]);
};
const amounts = (prices: Prices) => new Map(Object.entries(prices).map(([id, amount]) => [id, new Decimal(amount)]));

function bureau(
  budget: string | undefined,
  monthly: Prices,
  before?: { readonly budget?: string; readonly monthly: Prices },
): ContractSubject {
  return contractSubject(SYSTEMS, {
    tenants: tenantsWith(budget),
    monthly: amounts(monthly),
    base: before && { catalogue: CATALOGUE, declarations: SYSTEMS, tenants: tenantsWith(before.budget), monthly: amounts(before.monthly) },
  });
}

const SPENT = { "hrss/a": "600.00", "hrss/b": "300.00", "other/c": "1.00" };
const MORE = { ...SPENT, "hrss/b": "600.00" };

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
      "violation hrss#monthlyBudget: Cannot spend 1,000.01 a month for bureau hrss: its budget is 1,000.00, 0.01 less (hrss/a costs most, 600.00)",
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
    example: {
      zh: "单位从来没有写预算，见 price/require-tenant-budget",
      en: "a bureau that never had a budget, see price/require-tenant-budget",
    },
    subject: bureau(undefined, { "hrss/a": "600.00", "hrss/b": "400.01" }),
    verdict: "not-applicable",
  },
  {
    example: { zh: "在需要它的申请里提高预算", en: "a budget raised in the request that needs it" },
    subject: bureau("5000", MORE, { budget: "1000", monthly: SPENT }),
    verdict: "violation",
    finds: [
      "violation hrss#monthlyBudget: Cannot spend 1,200.00 a month for bureau hrss: its budget before this request is 1,000.00, and the raise to 5,000.00 counts from the next request on",
    ],
  },
  {
    example: { zh: "删掉预算，又增加资源", en: "a budget taken out in the request that it would bound" },
    subject: bureau(undefined, MORE, { budget: "1000", monthly: SPENT }),
    verdict: "violation",
    finds: [
      "violation hrss#monthlyBudget: Cannot take out the monthly budget of bureau hrss, which was 1,000.00: wanted monthlyBudget with an amount",
    ],
  },
  {
    example: { zh: "只删掉预算，下一次申请就没有上限", en: "a budget taken out alone, so that the next request would meet none" },
    subject: bureau(undefined, SPENT, { budget: "1000", monthly: SPENT }),
    verdict: "violation",
    finds: [
      "violation hrss#monthlyBudget: Cannot take out the monthly budget of bureau hrss, which was 1,000.00: wanted monthlyBudget with an amount",
    ],
  },
  {
    example: { zh: "只提高预算", en: "a budget that is raised alone" },
    subject: bureau("5000", SPENT, { budget: "1000", monthly: SPENT }),
    verdict: "pass",
  },
  {
    example: { zh: "早已超支，现在只把预算补上", en: "spending had long passed the budget, which is now raised alone" },
    subject: bureau("5000", MORE, { budget: "1000", monthly: MORE }),
    verdict: "pass",
  },
  {
    example: { zh: "提高预算，花费还在原来的预算之内", en: "a raise, and spending that the old budget still covers" },
    subject: bureau("5000", { ...SPENT, "hrss/b": "400.00" }, { budget: "1000", monthly: SPENT }),
    verdict: "pass",
  },
  {
    example: { zh: "降低预算到已花费的以下", en: "a budget lowered below what is spent" },
    subject: bureau("800", SPENT, { budget: "1000", monthly: SPENT }),
    verdict: "violation",
    finds: [
      "violation hrss#monthlyBudget: Cannot spend 900.00 a month for bureau hrss: its budget is 800.00, 100.00 less (hrss/a costs most, 600.00)",
    ],
  },
  {
    example: { zh: "第一次写预算", en: "a budget where there was none" },
    subject: bureau("5000", MORE, { monthly: SPENT }),
    verdict: "pass",
  },
];
