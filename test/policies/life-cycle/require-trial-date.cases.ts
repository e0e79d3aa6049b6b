import type { SystemSubject } from "../../../policies/policy.ts";
import { sourceOf } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { request, staged } from "./staged.ts";

const since = (trialSince: string | undefined, memo = "") =>
  staged("trial", { trialSince, source: sourceOf(`stage: trial\nmlps: 2\nname: 社会保险${memo}\n`) });

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "新系统，还没有交付", en: "a new system that is not delivered yet" },
    subject: request(undefined, since(undefined)),
    verdict: "pass",
  },
  { example: { zh: "已经交付", en: "it was delivered" }, subject: request(undefined, since("2026-01-05")), verdict: "pass" },
  {
    example: { zh: "5 个工作日以内交付（2026-01-22）", en: "delivery within five working days, on 2026-01-22" },
    subject: request(undefined, since("2026-01-22")),
    verdict: "pass",
  },
  {
    example: { zh: "第 6 个工作日", en: "delivery on the sixth working day" },
    subject: request(undefined, since("2026-01-23")),
    verdict: "violation",
    finds: ["violation hrss/social#trialSince: Cannot begin the trial on 2026-01-23: delivery is due by 2026-01-22, within 5 working days"],
  },
  {
    example: { zh: "试用写到 2099 年才开始", en: "a trial that begins in 2099" },
    subject: request(undefined, since("2099-01-01")),
    verdict: "violation",
  },
  {
    example: {
      zh: "以前的申请已批准，这次又改了别的，还是没有开始日期",
      en: "approved earlier, changed again, and still without its first day",
    },
    subject: request(since(undefined), since(undefined, "二期")),
    verdict: "violation",
    finds: [
      "violation hrss/social#stage: Cannot stay on trial without its first day: it was approved with an earlier request and is delivered within 5 working days, wanted trialSince",
    ],
  },
  {
    example: { zh: "以前的申请已批准，这次没有动它", en: "approved earlier, and this request leaves it alone" },
    subject: request(since(undefined), since(undefined)),
    verdict: "pass",
  },
  {
    example: { zh: "日历还没有公布", en: "the calendar is not published yet" },
    subject: request(undefined, since("2027-01-05"), "2026-12-30"),
    verdict: "undetermined",
    finds: [
      "undetermined hrss/social#trialSince: Cannot tell whether 2027-01-05 is within the time for delivery: the calendar of 2027 is not published",
    ],
  },
  { example: { zh: "已经上线", en: "it is in production" }, subject: request(undefined, staged("production")), verdict: "not-applicable" },
];
