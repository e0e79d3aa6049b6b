import type { SystemSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { request, staged } from "./staged.ts";

const since = (trialSince: string | undefined) => staged("trial", { trialSince });

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "把已开始的试用往后改一个月", en: "a trial that has begun is moved a month on" },
    subject: request(since("2025-12-20"), since("2026-01-20")),
    verdict: "violation",
    finds: [
      "violation hrss/social#trialSince: Cannot move the first day of the trial from 2025-12-20 to 2026-01-20: wanted 2025-12-20, as before",
    ],
  },
  {
    example: { zh: "把试用开始日期删掉", en: "its first day is taken out" },
    subject: request(since("2025-12-20"), since(undefined)),
    verdict: "violation",
    finds: ["violation hrss/social#trialSince: Cannot take out the first day of the trial: wanted 2025-12-20, as before"],
  },
  { example: { zh: "日期不变", en: "its first day stays" }, subject: request(since("2025-12-20"), since("2025-12-20")), verdict: "pass" },
  {
    example: { zh: "更正为更早的一天", en: "it is put right to an earlier day" },
    subject: request(since("2025-12-20"), since("2025-12-18")),
    verdict: "pass",
  },
  {
    example: { zh: "还没有交付，交付推迟", en: "it has not begun, and delivery is put off" },
    subject: request(since("2026-01-20"), since("2026-02-01")),
    verdict: "violation",
    finds: [
      "violation hrss/social#trialSince: Cannot move the first day of the trial from 2026-01-20 to 2026-02-01: wanted 2026-01-20, as before",
    ],
  },
  {
    example: { zh: "刚刚交付，第一次写日期", en: "it is delivered, and its first day written for the first time" },
    subject: request(since(undefined), since("2026-01-15")),
    verdict: "not-applicable",
  },
  {
    example: { zh: "试用结束，上线", en: "the trial ends and it goes live" },
    subject: request(since("2025-12-20"), staged("production")),
    verdict: "not-applicable",
  },
];
