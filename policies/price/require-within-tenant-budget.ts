import { Decimal } from "decimal.js";
import type { Tenant } from "../../catalog/declaration.ts";
import { type ContractSubject, defineContractPolicy, notApplicable, pass, undetermined, type Verdict, violation } from "../policy.ts";

/**
 * Rejects systems of one bureau that together cost more a month than its budget. A budget that the request itself raises or takes out counts from the
 * next request on: this one is held against the budget as it was.
 */
export const requireWithinTenantBudget = defineContractPolicy({
  id: "price/require-within-tenant-budget",
  level: "mandatory",
  title: { zh: "单位的月费在其预算之内", en: "A bureau's systems stay within its monthly budget" },
  why: {
    zh: "费用按实结算，由使用单位的预算承担；超出预算的资源开出来就有人要付钱，所以先批预算、再开资源",
    en: "Settlement is by use and comes out of the bureau's budget: what is built beyond it has to be paid all the same, so the budget comes first",
  },
  clause: "本项目规则; 合同 7.2.1",
  remedy: {
    zh: "缩减申请；或先取得预算批准，单独提交一次只改 tenant.yaml 的 monthlyBudget 的申请",
    en: "Reduce the request; or have a larger budget approved first, in a request that changes monthlyBudget in tenant.yaml alone",
  },
  check(subject) {
    return [...subject.tenants.values()].map((tenant) => checkBudget(tenant, subject));
  },
});

function checkBudget(tenant: Tenant, { declarations, monthly, base }: ContractSubject): Verdict {
  const { id, monthlyBudget: budget, source } = tenant;
  const earlier = base?.tenants.get(id)?.monthlyBudget;
  if (budget === undefined && earlier === undefined) return notApplicable(`单位 ${id} 没有写预算`, `bureau ${id} declares no budget`);
  const place = {
    address: id,
    attribute: "monthlyBudget",
    at: { file: source.path, path: budget === undefined ? [] : ["monthlyBudget"] },
  };
  const systems = declarations.filter((each) => each.tenant === id);
  const unpriced = systems.find((each) => !monthly.has(each.id));
  if (unpriced !== undefined)
    return undetermined(
      place,
      `不知道系统 ${unpriced.id} 每月多少钱，无法与预算比较`,
      `Cannot hold bureau ${id} against its budget: the monthly price of ${unpriced.id} is not known`,
    );
  const priced = systems.map((each) => ({ id: each.id, amount: monthly.get(each.id) ?? new Decimal(0) }));
  const total = sum(priced.map(({ amount }) => amount));
  // A raise alone spends nothing, so it passes whatever was spent before.
  const spends = total.greaterThan(
    sum((base?.declarations ?? []).filter((each) => each.tenant === id).map((each) => base?.monthly.get(each.id) ?? new Decimal(0))),
  );
  const raised = earlier !== undefined && (budget === undefined || budget.greaterThan(earlier));
  if (raised && spends && total.greaterThan(earlier)) {
    const [zh, en] =
      budget === undefined ? ["删掉预算", "taking it out"] : [`提高到 ${budget.toFixed(2)} 元`, `the raise to ${budget.toFixed(2)}`];
    return violation(
      place,
      `单位 ${id} 的系统每月共 ${total.toFixed(2)} 元（目录价），超出申请前的预算 ${earlier.toFixed(2)} 元；${zh}从下一次申请起算`,
      `Cannot spend ${total.toFixed(2)} a month for bureau ${id}: its budget before this request is ${earlier.toFixed(2)}, and ${en} counts from the next request on`,
    );
  }
  if (budget === undefined || total.lessThanOrEqualTo(budget)) return pass();
  const largest = priced.reduce((most, each) => (each.amount.greaterThan(most.amount) ? each : most));
  const over = total.minus(budget).toFixed(2);
  return violation(
    place,
    `单位 ${id} 的系统每月共 ${total.toFixed(2)} 元（目录价），超出预算 ${budget.toFixed(2)} 元 ${over} 元；最多的是 ${largest.id}，${largest.amount.toFixed(2)} 元`,
    `Cannot spend ${total.toFixed(2)} a month for bureau ${id}: its budget is ${budget.toFixed(2)}, ${over} less (${largest.id} costs most, ${largest.amount.toFixed(2)})`,
  );
}

function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((total, amount) => total.plus(amount), new Decimal(0));
}
