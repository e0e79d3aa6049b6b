import type { SystemSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM } from "../subjects.ts";
import { RETIREMENT, request, staged } from "./staged.ts";

const removed = (on: string) => staged("production", { removals: [{ of: "db.data", count: 1, on, attestation: RETIREMENT.attestation }] });

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "下线日期随手填成 1900 年", en: "a removal filled in as of 1900" },
    subject: request(undefined, removed("1900-01-01")),
    verdict: "violation",
    finds: ["violation removals.0#on: Cannot accept the day 1900-01-01: the first contract began on 2025-06-20"],
  },
  {
    example: { zh: "合同开始的前一天", en: "the day before the contract began" },
    subject: request(undefined, staged("retired", { retirement: { ...RETIREMENT, on: "2025-06-19" } })),
    verdict: "violation",
    finds: ["violation retirement#on: Cannot accept the day 2025-06-19: the first contract began on 2025-06-20"],
  },
  {
    example: { zh: "试用在合同开始之前", en: "a trial before the contract began" },
    subject: request(undefined, staged("trial", { trialSince: "2025-01-01" })),
    verdict: "violation",
    finds: ["violation hrss/social#trialSince: Cannot accept the day 2025-01-01: the first contract began on 2025-06-20"],
  },
  {
    example: { zh: "合同开始的当天", en: "the day on which the contract began" },
    subject: request(undefined, removed("2025-06-20")),
    verdict: "pass",
  },
  { example: { zh: "没有这些日期", en: "it has no such dates" }, subject: request(undefined, staged("production")), verdict: "pass" },
  { example: { zh: "平台", en: "the platform" }, subject: PLATFORM, verdict: "not-applicable" },
];
