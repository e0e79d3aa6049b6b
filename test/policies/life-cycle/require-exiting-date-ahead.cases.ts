import type { SystemSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { request, staged } from "./staged.ts";

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "下线日期还没到", en: "its day is ahead" },
    subject: request(undefined, staged("exiting"), "2026-01-09"),
    verdict: "pass",
  },
  {
    example: { zh: "下线日期就是今天", en: "its day is today" },
    subject: request(undefined, staged("exiting"), "2026-01-10"),
    verdict: "pass",
  },
  {
    example: { zh: "下线日期是昨天", en: "its day was yesterday" },
    subject: request(undefined, staged("exiting"), "2026-01-11"),
    verdict: "violation",
    finds: [
      "violation retirement#on: Retire the system or move its day: 2026-01-10 has passed, it is 2026-01-11, and the system is still billed",
    ],
  },
  {
    example: { zh: "退出却没有日期", en: "it exits without a day" },
    subject: request(undefined, staged("exiting", { retirement: undefined })),
    verdict: "violation",
    finds: ["violation retirement#on: Expect a day of retirement: the system is exiting and has none"],
  },
  {
    example: { zh: "系统在运行", en: "a system in production" },
    subject: request(undefined, staged("production")),
    verdict: "not-applicable",
  },
];
