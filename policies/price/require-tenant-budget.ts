import { isProvided } from "../../catalog/declaration.ts";
import { defineContractPolicy, notApplicable, pass, undetermined } from "../policy.ts";

/**
 * Points out a bureau that runs systems and states no budget: nobody can tell whether it stays within one. It only warns, for the contract makes no
 * bureau state one; a budget once stated stays (price/require-within-tenant-budget).
 */
export const requireTenantBudget = defineContractPolicy({
  id: "price/require-tenant-budget",
  level: "advisory",
  title: { zh: "使用单位写明每月预算", en: "A bureau states its monthly budget" },
  why: {
    zh: "没有预算，就没有人能判断这个单位花得多不多，一份写错数量的申请也没有上限可挡",
    en: "Without a budget nobody can tell whether a bureau spends too much, and nothing bounds a request with a slip in its quantities",
  },
  clause: "本项目规则; 合同 7.2.1",
  remedy: {
    zh: "在 stacks/tenants/<单位>/tenant.yaml 里写 monthlyBudget（每月预算，元，按目录价），如 monthlyBudget: 40000",
    en: "Write monthlyBudget (CNY a month at list price) in stacks/tenants/<bureau>/tenant.yaml, such as monthlyBudget: 40000",
  },
  yieldsTo: ["price/require-within-tenant-budget"],
  check({ tenants, declarations }) {
    return [...tenants.values()].map(({ id, monthlyBudget, source }) => {
      if (!declarations.some((each) => each.tenant === id && isProvided(each)))
        return notApplicable(`单位 ${id} 没有在用的系统`, `bureau ${id} runs no system`);
      if (monthlyBudget !== undefined) return pass();
      return undetermined(
        { address: id, attribute: "monthlyBudget", at: { file: source.path, path: [] } },
        `单位 ${id} 没有写每月预算，无法判断花费是否超出`,
        `Cannot tell whether bureau ${id} stays within its budget: wanted monthlyBudget`,
      );
    });
  },
});
