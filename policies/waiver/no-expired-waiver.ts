import { defineContractPolicy, pass, violation, waiverPlace } from "../policy.ts";

/** Rejects a plan while a waiver stands whose last day has passed: the decision has to be taken again, or the waiver goes. */
export const noExpiredWaiver = defineContractPolicy({
  id: "waiver/no-expired-waiver",
  level: "mandatory",
  waivableBy: "nobody",
  title: { zh: "没有过期的豁免", en: "No waiver has expired" },
  why: {
    zh: "豁免是有期限的决定；过期后继续沿用，等于没有人对风险负责",
    en: "A waiver is a decision with an end; kept beyond it, nobody answers for the risk",
  },
  clause: "本项目规则; GB/T 39786-2021 8.5 管理制度",
  remedy: {
    zh: "整改后删除豁免，或由批准人重新批准并写新的日期",
    en: "Mend the finding and delete the waiver, or have it approved again with a new date",
  },
  check({ at, waivers }) {
    return waivers.map(({ waiver }) => {
      const { policy, expires } = waiver;
      if (at.toString() <= expires) return pass();
      return violation(
        waiverPlace(waiver, "expires"),
        `策略 ${policy} 的豁免已于 ${expires} 到期（计划日期 ${at}）`,
        `Cannot rely on the waiver of ${policy}: it ended on ${expires}, before ${at}`,
      );
    });
  },
});
