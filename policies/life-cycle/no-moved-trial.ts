import { declared, defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Rejects a trial whose first day, once approved, moves to a later one or is taken out: each day of it is a day that is not billed. */
export const noMovedTrial = defineSystemPolicy({
  id: "life-cycle/no-moved-trial",
  level: "mandatory",
  waivableBy: "centre",
  title: { zh: "试用的开始日期不往后改", en: "A trial keeps its first day" },
  why: {
    zh: "试用期不计费：把开始日期往后改，或删掉日期，就能一直不付费",
    en: "A trial is not billed: with a later first day, or none, it would never end",
  },
  clause: "合同 5.1.2",
  remedy: {
    zh: "恢复原来的 trialSince（试用开始日期）；试用结束，写 stage: production（正式运行）；交付确实推迟的，由市大数据中心登记豁免",
    en: "Put trialSince back; when the trial is over, write stage: production; where delivery itself was put off, the centre records a waiver",
  },
  check({ declaration, base }) {
    if (declaration?.stage !== "trial") return [notApplicable("系统不在试用阶段", "the system is not on trial")];
    const before = base?.declaration;
    if (before?.stage !== "trial" || before.trialSince === undefined)
      return [notApplicable("原来没有写试用开始日期", "the trial had no first day before")];
    const { trialSince } = declaration;
    if (trialSince !== undefined && trialSince <= before.trialSince) return [pass()];
    return [
      violation(
        declared(declaration, ["trialSince"]),
        trialSince === undefined
          ? `试用开始日期 ${before.trialSince} 被删掉；应保留`
          : `试用开始日期从 ${before.trialSince} 改为 ${trialSince}；应保持 ${before.trialSince}`,
        trialSince === undefined
          ? `Cannot take out the first day of the trial: wanted ${before.trialSince}, as before`
          : `Cannot move the first day of the trial from ${before.trialSince} to ${trialSince}: wanted ${before.trialSince}, as before`,
      ),
    ];
  },
});
