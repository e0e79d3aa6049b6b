import type { SystemSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM } from "../subjects.ts";
import { request, staged } from "./staged.ts";

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "上线后退回试用", en: "from production back to trial" },
    subject: request(staged("production"), staged("trial")),
    verdict: "violation",
    finds: ["violation hrss/social#stage: Cannot go back from production to trial"],
  },
  {
    example: { zh: "退出中退回试用", en: "from exiting back to trial" },
    subject: request(staged("exiting"), staged("trial")),
    verdict: "violation",
  },
  {
    example: { zh: "下线的系统重新运行", en: "a retired system is back in production" },
    subject: request(staged("retired"), staged("production")),
    verdict: "violation",
    finds: ["violation hrss/social#stage: Cannot go back from retired to production"],
  },
  {
    example: { zh: "下线的系统改成退出", en: "a retired system is exiting again" },
    subject: request(staged("retired"), staged("exiting")),
    verdict: "violation",
  },
  {
    example: { zh: "下线的系统重新试用", en: "a retired system is on trial again" },
    subject: request(staged("retired"), staged("trial")),
    verdict: "violation",
  },
  {
    example: { zh: "取消退出，继续运行", en: "an exit is called off" },
    subject: request(staged("exiting"), staged("production")),
    verdict: "pass",
  },
  {
    example: { zh: "试用后上线", en: "from trial to production" },
    subject: request(staged("trial"), staged("production")),
    verdict: "pass",
  },
  {
    example: { zh: "运行后退出", en: "from production to exiting" },
    subject: request(staged("production"), staged("exiting")),
    verdict: "pass",
  },
  { example: { zh: "退出后下线", en: "from exiting to retired" }, subject: request(staged("exiting"), staged("retired")), verdict: "pass" },
  {
    example: { zh: "新系统没有原状可比", en: "a new system has nothing before it" },
    subject: request(undefined, staged("trial")),
    verdict: "not-applicable",
  },
  { example: { zh: "平台没有阶段", en: "the platform has no stage" }, subject: PLATFORM, verdict: "not-applicable" },
];
