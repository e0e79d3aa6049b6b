import { lastTrialDay } from "../../catalog/trial.ts";
import { declared, defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Rejects a trial past its month: 5.1.2 says "in principle", so a longer one is decided by somebody, and the decision is recorded as a waiver. */
export const noOverrunTrial = defineSystemPolicy({
  id: "life-cycle/no-overrun-trial",
  level: "mandatory",
  waivableBy: "centre",
  title: { zh: "试用不超过一个月", en: "No trial runs past its month" },
  why: {
    zh: "测试期原则上为 1 个月、不计费；超过的要么上线计费，要么留下延期的决定",
    en: "A trial lasts one month in principle and is not billed; past it the system goes live and is billed, or somebody records why not",
  },
  clause: "合同 5.1.2、5.6.3",
  remedy: {
    zh: "提交测试报告，写 stage: production（正式运行，开始计费）；确需延期的，由市大数据中心把决定登记为豁免（policies/waivers.yaml）",
    en: "Hand in the test report and write stage: production, from when it is billed; where the trial has to go on, the centre records the decision as a waiver (policies/waivers.yaml)",
  },
  check({ at, declaration, contract }) {
    if (declaration?.stage !== "trial") return [notApplicable("系统不在试用阶段", "the system is not on trial")];
    const { trialSince } = declaration;
    if (trialSince === undefined) return [notApplicable("尚未交付，试用没有开始", "it is not delivered, so its trial has not begun")];
    const last = lastTrialDay(trialSince, contract);
    if (at.toString() <= last.toString()) return [pass()];
    return [
      violation(
        declared(declaration, ["trialSince"]),
        `试用从 ${trialSince} 开始，到 ${last} 为止，今天是 ${at}；应上线计费，或登记延期的决定`,
        `Cannot go on with a trial that began on ${trialSince}: it ended on ${last}, and it is ${at}; wanted stage production, or a recorded decision`,
      ),
    ];
  },
});
