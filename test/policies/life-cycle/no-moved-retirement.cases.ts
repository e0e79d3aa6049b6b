import type { Declaration } from "../../../catalog/declaration.ts";
import type { SystemSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM } from "../subjects.ts";
import { RETIREMENT, request, staged } from "./staged.ts";

const leaving = (stage: "exiting" | "retired", on: string, more: Partial<Declaration> = {}) =>
  staged(stage, { retirement: { ...RETIREMENT, on }, ...more });

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "日期不变", en: "the day stays" },
    subject: request(leaving("exiting", "2026-03-31"), leaving("exiting", "2026-03-31")),
    verdict: "pass",
  },
  {
    example: { zh: "把日期提前到今天，马上下线", en: "the day is brought forward to today, and the system retired" },
    subject: request(leaving("exiting", "2026-03-31"), leaving("retired", "2026-01-15")),
    verdict: "violation",
    finds: ["violation retirement#on: Cannot bring the retirement forward from 2026-03-31 to 2026-01-15: wanted 2026-03-31 or later"],
  },
  {
    example: { zh: "退出期间把日期提前", en: "the day is brought forward while it exits" },
    subject: request(leaving("exiting", "2026-03-31"), leaving("exiting", "2026-03-30")),
    verdict: "violation",
  },
  {
    example: { zh: "推迟，没有写原因", en: "it is put off without a reason" },
    subject: request(leaving("exiting", "2026-03-31"), leaving("exiting", "2027-03-31")),
    verdict: "violation",
    finds: ["violation retirement#on: Cannot put the retirement off from 2026-03-31 to 2027-03-31: wanted changeReason"],
  },
  {
    example: { zh: "推迟，写了原因", en: "it is put off with a reason" },
    subject: request(
      leaving("exiting", "2026-03-31"),
      leaving("exiting", "2026-04-30", { changeReason: "新平台数据校验未完成，推迟一个月" }),
    ),
    verdict: "pass",
  },
  {
    example: { zh: "比原定晚了五天才下线", en: "it retires five days after the day that was set" },
    subject: request(leaving("exiting", "2026-01-10"), leaving("retired", "2026-01-15")),
    verdict: "pass",
  },
  {
    example: { zh: "下线以后改日期和证明", en: "day and attestation are rewritten once it is retired" },
    subject: request(
      leaving("retired", "2026-01-10"),
      staged("retired", { retirement: { on: "2026-01-12", attestation: "另一份清单编号 2026-099" } }),
    ),
    verdict: "violation",
    finds: [
      "violation retirement#on: Cannot rewrite the day 2026-01-10 of a system that is retired: it is the record",
      "violation retirement#attestation: Cannot rewrite the attestation of a system that is retired: it is the record",
    ],
  },
  {
    example: { zh: "退出时先写计划，下线时补上证明", en: "the plan of an exit becomes the attestation of the retirement" },
    subject: request(
      staged("exiting", { retirement: { on: "2026-01-10", attestation: "下线当日清除数据" } }),
      leaving("retired", "2026-01-10"),
    ),
    verdict: "pass",
  },
  {
    example: { zh: "撤销退出", en: "the exit is called off" },
    subject: request(leaving("exiting", "2026-03-31"), staged("production", { changeReason: "业务继续，接替系统推迟上线" })),
    verdict: "pass",
  },
  {
    example: { zh: "撤销退出，没有写原因", en: "the exit is called off without a reason" },
    subject: request(leaving("exiting", "2026-03-31"), staged("production")),
    verdict: "violation",
  },
  {
    example: { zh: "刚开始退出", en: "it begins to exit" },
    subject: request(staged("production"), leaving("exiting", "2026-03-31")),
    verdict: "not-applicable",
  },
  { example: { zh: "平台", en: "the platform" }, subject: PLATFORM, verdict: "not-applicable" },
];
