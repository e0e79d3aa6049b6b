import { Decimal } from "decimal.js";
import { amountWords } from "../../catalog/amount-words.ts";
import type { Tenant } from "../../catalog/declaration.ts";
import { type ContractSubject, defineContractPolicy, notApplicable, pass, undetermined, type Verdict, violation } from "../policy.ts";

/**
 * Rejects systems of one bureau that together cost more a month than its budget, and a budget that is taken out: the next request would meet none. A
 * budget that the request itself raises counts from the next one on; this one is held against the budget as it was. Of a bureau that never had one,
 * price/require-tenant-budget tells.
 */
export const requireWithinTenantBudget = defineContractPolicy({
  id: "price/require-within-tenant-budget",
  level: "mandatory",
  title: { zh: "单位的每月目录价在其预算之内", en: "A bureau's systems stay within its monthly budget" },
  why: {
    zh: "服务费是财政资金，用多少付多少，开通了就要付钱；所以先批预算，再开资源。合同没有给各单位分额度，额度由单位自己写在 tenant.yaml 里",
    en: "Fees are public money and settled by use: what is built has to be paid, so the budget comes first. The contract shares none out among bureaus; each states its own in tenant.yaml",
  },
  clause: "本项目规则; 合同 7.2.1",
  remedy: {
    zh: "减少资源；或先提交一份申请，只改 stacks/tenants/<单位>/tenant.yaml 的 monthlyBudget（每月预算，元），批准后再申请资源",
    en: "Ask for less; or first make a request that changes nothing but monthlyBudget (CNY a month) in stacks/tenants/<bureau>/tenant.yaml, and ask for the rest once that is approved",
  },
  check(subject) {
    return [...subject.tenants.values()].map((tenant) => checkBudget(tenant, subject));
  },
});

function checkBudget(tenant: Tenant, { declarations, monthly, base }: ContractSubject): Verdict {
  const { id, monthlyBudget: budget, source } = tenant;
  const earlier = base?.tenants.get(id)?.monthlyBudget;
  if (budget === undefined)
    return earlier === undefined
      ? notApplicable(`单位 ${id} 没有写预算`, `bureau ${id} declares no budget`)
      : violation(
          { address: id, attribute: "monthlyBudget", at: { file: source.path, path: [] } },
          `单位 ${id} 的每月预算 ${amountWords(earlier)} 元被删掉；应写明金额（monthlyBudget）`,
          `Cannot take out the monthly budget of bureau ${id}, which was ${amountWords(earlier)}: wanted monthlyBudget with an amount`,
        );
  const place = { address: id, attribute: "monthlyBudget", at: { file: source.path, path: ["monthlyBudget"] } };
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
  if (earlier !== undefined && budget.greaterThan(earlier) && spends && total.greaterThan(earlier))
    return violation(
      place,
      `单位 ${id} 的系统每月共 ${amountWords(total)} 元（目录价），超出申请前的预算 ${amountWords(earlier)} 元；提高到 ${amountWords(budget)} 元从下一次申请起算`,
      `Cannot spend ${amountWords(total)} a month for bureau ${id}: its budget before this request is ${amountWords(earlier)}, and the raise to ${amountWords(budget)} counts from the next request on`,
    );
  if (total.lessThanOrEqualTo(budget)) return pass();
  const largest = priced.reduce((most, each) => (each.amount.greaterThan(most.amount) ? each : most));
  const over = amountWords(total.minus(budget));
  return violation(
    place,
    `单位 ${id} 的系统每月共 ${amountWords(total)} 元（目录价），超出预算 ${amountWords(budget)} 元 ${over} 元；最多的是 ${largest.id}，${amountWords(largest.amount)} 元`,
    `Cannot spend ${amountWords(total)} a month for bureau ${id}: its budget is ${amountWords(budget)}, ${over} less (${largest.id} costs most, ${amountWords(largest.amount)})`,
  );
}

function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((total, amount) => total.plus(amount), new Decimal(0));
}
