import { isDeepStrictEqual } from "node:util";
import { workingDaysAfter } from "../../catalog/working-days.ts";
import { declared, defineSystemPolicy, notApplicable, pass, undetermined, violation } from "../policy.ts";

/**
 * Rejects a trial whose first day lies beyond the time for delivery, and one that was approved with an earlier request and still has none: without that
 * day its month never ends.
 */
export const requireTrialDate = defineSystemPolicy({
  id: "life-cycle/require-trial-date",
  level: "mandatory",
  title: { zh: "试用从交付算起，交付有期限", en: "A trial begins with its delivery, and delivery is due" },
  why: {
    zh: "试用期不计费；没有开始日期，或写一个很远的日期，试用就没有尽头",
    en: "A trial is not billed: without its first day, or with one far away, it has no end",
  },
  clause: "合同 5.1.2、附件2 第2条、附件3 二（一）",
  remedy: {
    zh: "在 trialSince（试用开始日期）写交付工单上的日期；还没有交付的，写交付期限内的日期",
    en: "Write the day of the delivery order as trialSince; where it is not delivered yet, a day within the time for delivery",
  },
  check({ at, declaration, base, contract }) {
    if (declaration?.stage !== "trial") return [notApplicable("系统不在试用阶段", "the system is not on trial")];
    const { trialSince, source } = declaration;
    const days = contract.deadlines.deliveryExtendedWorkingDays;
    if (trialSince === undefined) {
      const before = base?.declaration;
      const stood = before?.stage === "trial" && before.trialSince === undefined;
      // What nobody touches is no business of a request.
      if (!stood || isDeepStrictEqual(before.source.value, source.value)) return [pass()];
      return [
        violation(
          declared(declaration, ["stage"]),
          `系统在以前的申请里已批准试用，交付不超过 ${days} 个工作日，还没有写开始日期（trialSince）`,
          `Cannot stay on trial without its first day: it was approved with an earlier request and is delivered within ${days} working days, wanted trialSince`,
        ),
      ];
    }
    if (trialSince <= at.toString()) return [pass()];
    // So many calendar days hold no more working days, whatever the calendar says.
    if (trialSince <= at.add({ days }).toString()) return [pass()];
    const latest = workingDaysAfter(at, days);
    const place = declared(declaration, ["trialSince"]);
    if (latest.kind === "unpublished")
      return [
        undetermined(
          place,
          `${latest.year} 年工作日历未公布，不知道 ${trialSince} 是否在交付期限之内`,
          `Cannot tell whether ${trialSince} is within the time for delivery: the calendar of ${latest.year} is not published`,
        ),
      ];
    if (trialSince <= latest.date.toString()) return [pass()];
    return [
      violation(
        place,
        `试用从 ${trialSince} 开始，晚于交付期限 ${latest.date}（${days} 个工作日）`,
        `Cannot begin the trial on ${trialSince}: delivery is due by ${latest.date}, within ${days} working days`,
      ),
    ];
  },
});
