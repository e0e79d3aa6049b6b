import { defineSystemPolicy, undetermined } from "../policy.ts";

/** Rejects a plan with a resource whose price cannot be told: it must be priced, or free with a reason. */
export const requireEveryResourcePriced = defineSystemPolicy({
  id: "price/require-every-resource-priced",
  level: "mandatory",
  waivableBy: "nobody",
  title: { zh: "每个资源都能计价", en: "Every resource is priced" },
  why: {
    zh: "据实结算要求每个资源对应附件1的一项，或写明免费的理由；不知道的价格不能当作零",
    en: "Settlement by actual use needs a line of Annex 1, or a reason for being free, for every resource; an unknown price is not zero",
  },
  clause: "合同 7.1.1",
  remedy: {
    zh: "申请不用改，由平台工程师处理：为这种资源写计价方法（cost/resources/），或补齐计划时还不知道的属性",
    en: "The request needs no change; for the platform's engineers: write a costing for the resource type (cost/resources/), or make the attribute known at plan time",
  },
  check({ unpriced }) {
    return unpriced.map(({ address, attribute, reason }) =>
      undetermined({ address, attribute }, `无法计价：${reason.zh}`, `Cannot price it: ${reason.en}`),
    );
  },
});
