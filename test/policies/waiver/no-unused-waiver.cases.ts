import type { ContractSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";
import { use } from "./waivers.ts";

export const cases: readonly PolicyCase<ContractSubject>[] = [
  {
    example: { zh: "有一条结果需要这条豁免", en: "a finding needs the waiver" },
    subject: contractSubject([], { waivers: [use(true)] }),
    verdict: "pass",
  },
  {
    example: { zh: "没有结果需要这条豁免", en: "no finding needs the waiver" },
    subject: contractSubject([], { waivers: [use(false)] }),
    verdict: "violation",
    finds: [
      "violation servers.app#policy: Cannot find a finding of size/require-server-within-limits at servers.app that this waiver would cover",
    ],
  },
  {
    example: { zh: "过期的豁免由另一条策略指出", en: "an expired waiver is told by the other policy" },
    subject: contractSubject([], { waivers: [use(false, { expires: "2026-01-14" })] }),
    verdict: "pass",
  },
];
