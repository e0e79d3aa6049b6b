import { latestExpiry } from "../../catalog/waiver.ts";
import { defineContractPolicy, pass, violation, waiverPlace } from "../policy.ts";

/** Rejects a waiver that is to hold for more than a year from the day of the plan; until it is shortened it covers nothing. */
export const noWaiverBeyondAYear = defineContractPolicy({
  id: "waiver/no-waiver-beyond-a-year",
  level: "mandatory",
  waivableBy: "nobody",
  title: { zh: "豁免最长一年", en: "No waiver holds for more than a year" },
  why: {
    zh: "没有尽头的豁免等于改了规则：风险要每年重新评估，密码应用和等级保护的测评也是每年一次",
    en: "A waiver without an end changes the rule: the risk is weighed anew each year, as the assessments of classified protection and cryptography are",
  },
  clause: "本项目规则; GB/T 39786-2021 8.5 管理制度",
  remedy: {
    zh: "把最后一天改到一年以内；到期仍需要的，届时重新批准",
    en: "Bring the last day within a year; what is needed beyond it is approved again then",
  },
  check({ at, waivers }) {
    const latest = latestExpiry(at);
    return waivers.map(({ waiver }) => {
      const { policy, expires } = waiver;
      if (expires <= latest) return pass();
      return violation(
        waiverPlace(waiver, "expires"),
        `策略 ${policy} 的豁免写到 ${expires}，超过一年；最晚 ${latest}（计划日期 ${at}）`,
        `Cannot rely on the waiver of ${policy} until ${expires}: wanted ${latest} at the latest, a year after ${at}`,
      );
    });
  },
});
