import type { ContractSubject } from "../../../policies/policy.ts";
import { CATALOGUE, declaration } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";

/** A request that changes these files beyond its data, with or without a system more. */
function request(otherFiles: readonly string[] | undefined, isOfBureau = true): ContractSubject {
  const declarations = [declaration()];
  const base = { catalogue: CATALOGUE, declarations: isOfBureau ? [] : declarations, tenants: new Map(), monthly: new Map(), otherFiles };
  return contractSubject(declarations, { base });
}

export const cases: readonly PolicyCase<ContractSubject>[] = [
  { example: { zh: "只改申请文件", en: "declarations alone" }, subject: request([]), verdict: "pass" },
  {
    example: { zh: "新系统的申请里夹带了审批名单", en: "a new system, and beside it the list of approvers" },
    subject: request(["policies/approval-keys.yaml"]),
    verdict: "violation",
    finds: [
      "violation policies/approval-keys.yaml#file: Cannot change policies/approval-keys.yaml beside a request for resources: the plan does not judge it",
    ],
  },
  {
    example: { zh: "夹带了策略和流水线", en: "a policy and a pipeline beside" },
    subject: request([".gitlab-ci.yml", "policies/price/no-price-above-ceiling.ts"]),
    verdict: "violation",
    finds: [
      "violation .gitlab-ci.yml#file: Cannot change .gitlab-ci.yml beside a request for resources: the plan does not judge it",
      "violation policies/price/no-price-above-ceiling.ts#file: Cannot change policies/price/no-price-above-ceiling.ts beside a request for resources: the plan does not judge it",
    ],
  },
  {
    example: { zh: "只改程序的合并请求", en: "a request that changes the program alone" },
    subject: request(["scripts/plan.ts"], false),
    verdict: "not-applicable",
  },
  {
    example: { zh: "与目录比较，没有提交", en: "compared with a folder: there are no commits" },
    subject: request(undefined),
    verdict: "not-applicable",
  },
  {
    example: { zh: "没有比较的基准", en: "nothing to compare with" },
    subject: contractSubject([declaration()]),
    verdict: "not-applicable",
  },
];
