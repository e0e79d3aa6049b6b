import { amountWords } from "../../catalog/amount-words.ts";
import { reasonForChange } from "../../catalog/change-reason.ts";
import { writtenPath } from "../../catalog/source/written-path.ts";
import { declared, defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/**
 * Rejects a change that doubles a system's bill and does not say why. It compares with the base alone: growth in several requests, each just under double,
 * takes the history of bills to see, and is bounded by the bureau's budget and the contract's estimate.
 */
export const requireReasonForDoubling = defineSystemPolicy({
  id: "price/require-reason-for-doubling",
  level: "mandatory",
  title: { zh: "每月目录价翻倍须写明原因", en: "A list price that doubles has its reason" },
  why: {
    zh: "目录价翻倍常常是多写了一个零；新增的种类和数量要严格审查，写明原因，审批人才知道是不是真的要。翻倍这条线是本项目定的",
    en: "A list price that doubles is often a slip of one digit: kinds and amounts are examined strictly, and with a reason an approver can tell that it is meant. The mark, double, is of this project",
  },
  clause: "本项目规则; 合同 5.1.1、附件3 二（一）",
  remedy: {
    zh: "在申请里写 changeReason（变更原因），用至少八个字说明这次为什么要增加；数量写错了的请改回来",
    en: "Write changeReason in the declaration, for this very change, in eight characters or more; if the quantity was a slip, correct it",
  },
  check({ declaration, base, monthly }) {
    if (declaration === undefined) return [notApplicable("平台不是业务系统", "the platform is no system of a bureau")];
    if (base === undefined) return [notApplicable("新系统，没有以前的目录价", "a new system has no earlier list price")];
    if (!monthly.greaterThan(base.monthly) || monthly.lessThan(base.monthly.times(2))) return [pass()];
    const reason = reasonForChange(declaration, base.declaration);
    if (reason.kind === "given") return [pass()];
    const place = {
      ...declared(declaration, ["changeReason"]),
      at: { file: declaration.source.path, path: writtenPath(declaration.source, ["changeReason"], []) },
      asks: [{ kind: "changeReason" }] as const,
    };
    const [was, is] = [amountWords(base.monthly), amountWords(monthly)];
    return [
      violation(
        place,
        `每月目录价从 ${was} 元到 ${is} 元，翻倍或更多：${reason.wanted.zh}`,
        `Cannot raise the monthly list price from ${was} to ${is}, which at least doubles it: ${reason.wanted.en}`,
      ),
    ];
  },
});
