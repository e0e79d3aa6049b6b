import type { SystemSubject } from "../../../policies/policy.ts";
import { declaration } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM, systemSubject } from "../subjects.ts";

const NONE =
  "violation hrss/social#cryptography: Cannot run at level 3 (mlps: 3) without commercial cryptography: wanted cryptography: true";

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "三级系统，配了商用密码", en: "a level-3 system with cryptography" },
    subject: systemSubject(declaration({ mlps: 3, cryptography: true })),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "三级系统，没有配商用密码", en: "a level-3 system without it" },
    subject: systemSubject(declaration({ mlps: 3 })),
    verdict: "violation",
    finds: [NONE],
  },
  {
    example: { zh: "三级系统还在试用，也要配", en: "a level-3 system on trial, which needs it too" },
    subject: systemSubject(declaration({ mlps: 3, stage: "trial" })),
    verdict: "violation",
    finds: [NONE],
  },
  { example: { zh: "二级系统", en: "a level-2 system" }, subject: systemSubject(declaration()), verdict: "not-applicable" },
  {
    example: { zh: "已下线的三级系统", en: "a retired level-3 system" },
    subject: systemSubject(declaration({ mlps: 3, stage: "retired" })),
    verdict: "not-applicable",
  },
  { example: { zh: "平台", en: "the platform" }, subject: PLATFORM, verdict: "not-applicable" },
];
