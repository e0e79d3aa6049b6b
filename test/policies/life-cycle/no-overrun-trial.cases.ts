import type { SystemSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { request, staged } from "./staged.ts";

const since = (trialSince: string | undefined) => staged("trial", { trialSince });

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "7 月 1 日交付，7 月 20 日还在试用", en: "delivered on 1 July, on trial on 20 July" },
    subject: request(undefined, since("2025-07-01"), "2025-07-20"),
    verdict: "pass",
  },
  {
    example: { zh: "8 月 1 日是试用的最后一天", en: "1 August is the last day of that trial" },
    subject: request(undefined, since("2025-07-01"), "2025-08-01"),
    verdict: "pass",
  },
  {
    example: { zh: "8 月 2 日还在试用", en: "on 2 August it has overrun" },
    subject: request(undefined, since("2025-07-01"), "2025-08-02"),
    verdict: "violation",
    finds: [
      "violation hrss/social#trialSince: Cannot go on with a trial that began on 2025-07-01: it ended on 2025-08-01, and it is 2025-08-02; wanted stage production, or a recorded decision",
    ],
  },
  {
    example: { zh: "1 月 31 日交付，2 月 28 日是最后一天", en: "delivered on 31 January, 28 February is the last day" },
    subject: request(undefined, since("2026-01-31"), "2026-02-28"),
    verdict: "pass",
  },
  {
    example: { zh: "1 月 31 日交付，3 月 1 日还在试用", en: "delivered on 31 January, on 1 March it has overrun" },
    subject: request(undefined, since("2026-01-31"), "2026-03-01"),
    verdict: "violation",
    finds: [
      "violation hrss/social#trialSince: Cannot go on with a trial that began on 2026-01-31: it ended on 2026-02-28, and it is 2026-03-01; wanted stage production, or a recorded decision",
    ],
  },
  {
    example: { zh: "跨年：12 月 15 日到 1 月 15 日", en: "across the year: 15 December to 15 January" },
    subject: request(undefined, since("2025-12-15")),
    verdict: "pass",
  },
  { example: { zh: "尚未交付", en: "it is not delivered yet" }, subject: request(undefined, since(undefined)), verdict: "not-applicable" },
  { example: { zh: "已经上线", en: "it is in production" }, subject: request(undefined, staged("production")), verdict: "not-applicable" },
];
