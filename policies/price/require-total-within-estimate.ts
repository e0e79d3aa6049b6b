import { amountWords } from "../../catalog/amount-words.ts";
import { defineContractPolicy, pass, violation } from "../policy.ts";

/** Rejects a plan that takes the fee of the whole term above the contract's estimate. */
export const requireTotalWithinEstimate = defineContractPolicy({
  id: "price/require-total-within-estimate",
  level: "mandatory",
  title: { zh: "全期费用不超过预估服务费", en: "The fee of the term stays within the estimate" },
  why: {
    zh: "预估服务费不是上限，但超出要先有预算和书面补充，所以必须由人决定",
    en: "The estimate is no cap, but passing it needs a budget and a written supplement, so a person has to decide it",
  },
  clause: "合同 7、15.6",
  remedy: {
    zh: "减少资源；确需超出的，先批预算、签补充协议，由市大数据中心在 policies/waivers.yaml 登记豁免",
    en: "Ask for less; where it has to be more, have the budget approved and the supplement signed, which the centre records as a waiver in policies/waivers.yaml",
  },
  check({ contract, forecast }) {
    if (forecast.lessThanOrEqualTo(contract.estimate)) return [pass()];
    const over = forecast.minus(contract.estimate);
    return [
      violation(
        { address: "contract", attribute: "estimate", at: { file: `catalog/contracts/${contract.id}.yaml`, path: ["estimate"] } },
        `全期费用预计 ${amountWords(forecast)} 元，超出预估服务费 ${amountWords(contract.estimate)} 元 ${amountWords(over)} 元`,
        `Cannot stay within the estimate of ${amountWords(contract.estimate)}: the term's fee would be ${amountWords(forecast)}, ${amountWords(over)} more`,
      ),
    ];
  },
});
