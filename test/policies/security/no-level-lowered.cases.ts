import type { SystemSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { request, staged } from "../life-cycle/staged.ts";
import { PLATFORM } from "../subjects.ts";

const level = (mlps: 2 | 3) => staged("production", { mlps });

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "三级系统改成二级", en: "a level-3 system becomes one of level 2" },
    subject: request(level(3), level(2)),
    verdict: "violation",
    finds: [
      "violation hrss/social#mlps: Cannot lower the MLPS level from 3 to 2: wanted the decision of the authority that it is filed with",
    ],
  },
  {
    example: { zh: "试用中的系统降级也一样", en: "so for a system on trial" },
    subject: request(staged("trial", { mlps: 3 }), staged("trial", { mlps: 2 })),
    verdict: "violation",
  },
  { example: { zh: "级别不变", en: "the level stays" }, subject: request(level(3), level(3)), verdict: "pass" },
  { example: { zh: "升级", en: "the level is raised" }, subject: request(level(2), level(3)), verdict: "pass" },
  {
    example: { zh: "系统下线", en: "the system is retired" },
    subject: request(staged("exiting", { mlps: 3 }), staged("retired", { mlps: 2 })),
    verdict: "not-applicable",
  },
  { example: { zh: "新的二级系统", en: "a new system of level 2" }, subject: request(undefined, level(2)), verdict: "not-applicable" },
  { example: { zh: "平台", en: "the platform" }, subject: PLATFORM, verdict: "not-applicable" },
];
