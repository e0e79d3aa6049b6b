import { Decimal } from "decimal.js";
import type { Declaration, Tenant } from "../../../catalog/declaration.ts";
import type { ContractSubject } from "../../../policies/policy.ts";
import { declaration, sourceOf } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";

function bureau(monthlyBudget: Decimal | undefined, stage?: Declaration["stage"]): ContractSubject {
  const source = sourceOf("name: 人社局\n", "stacks/tenants/hrss/tenant.yaml");
  const tenant: Tenant = { id: "hrss", source, name: "人社局", monthlyBudget, range: undefined };
  return contractSubject(stage === undefined ? [] : [declaration({ id: "hrss/a", stage })], { tenants: new Map([["hrss", tenant]]) });
}

export const cases: readonly PolicyCase<ContractSubject>[] = [
  {
    example: { zh: "单位有系统在用，写明了每月预算", en: "a bureau that runs a system and states its budget" },
    subject: bureau(new Decimal(40_000), "production"),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "预算写明是 0 元，也是写了", en: "a budget of nothing, which is one" },
    subject: bureau(new Decimal(0), "trial"),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "单位有系统在用，没有写每月预算", en: "a bureau that runs a system and states no budget" },
    subject: bureau(undefined, "exiting"),
    verdict: "undetermined",
    finds: ["undetermined hrss#monthlyBudget: Cannot tell whether bureau hrss stays within its budget: wanted monthlyBudget"],
  },
  {
    example: { zh: "单位的系统都已下线，没有写预算", en: "a bureau without a budget whose systems are all retired" },
    subject: bureau(undefined, "retired"),
    verdict: "not-applicable",
    finds: [],
  },
  {
    example: { zh: "单位还没有系统，没有写预算", en: "a bureau without a budget that has no system yet" },
    subject: bureau(undefined),
    verdict: "not-applicable",
    finds: [],
  },
];
