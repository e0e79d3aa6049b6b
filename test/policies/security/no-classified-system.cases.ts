import type { SystemSubject } from "../../../policies/policy.ts";
import { declaration } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM, systemSubject } from "../subjects.ts";

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "申请写明不涉密（classified: false）", en: "the request says that nothing is classified (classified: false)" },
    subject: systemSubject(declaration({ classified: false })),
    verdict: "pass",
  },
  {
    example: { zh: "申请写明涉及国家秘密（classified: true）", en: "the request says that it handles state secrets (classified: true)" },
    subject: systemSubject(declaration({ classified: true })),
    verdict: "violation",
    finds: ["violation hrss/social#classified: Cannot host a classified system (classified: true)"],
  },
  {
    example: { zh: "试用的系统也不例外", en: "a system on trial is no exception" },
    subject: systemSubject(declaration({ classified: true, stage: "trial" })),
    verdict: "violation",
    finds: ["violation hrss/social#classified: Cannot host a classified system (classified: true)"],
  },
  {
    example: { zh: "平台本身，不是业务系统", en: "the platform itself, which is no system of a bureau" },
    subject: PLATFORM,
    verdict: "not-applicable",
  },
];
