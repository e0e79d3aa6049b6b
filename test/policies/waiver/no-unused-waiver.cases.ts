import type { ContractSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";
import { use, useWith } from "./waivers.ts";

export const cases: readonly PolicyCase<ContractSubject>[] = [
  {
    example: { zh: "有一条结果需要这条豁免", en: "a finding needs the waiver" },
    subject: contractSubject([], { waivers: [use("covers")] }),
    verdict: "pass",
  },
  {
    example: { zh: "没有结果需要这条豁免", en: "no finding needs the waiver" },
    subject: contractSubject([], { waivers: [use("unneeded")] }),
    verdict: "violation",
    finds: [
      "violation servers.app#policy: Cannot find a finding of size/require-server-within-limits at servers.app that this waiver would cover",
    ],
  },
  {
    example: { zh: "同一地址有两条结果，豁免没写是哪一条", en: "two findings stand at the address, and the waiver names neither" },
    subject: contractSubject([], { waivers: [useWith({ kind: "ambiguous", attributes: ["cpu", "memoryGb"] })] }),
    verdict: "violation",
    finds: [
      "violation servers.app#address: Cannot tell which of the findings of size/require-server-within-limits at servers.app is waived: wanted attribute (cpu, memoryGb)",
    ],
  },
  {
    example: { zh: "结果是无法判断，豁免只适用于违反", en: "the finding is undetermined, and the waiver covers a violation" },
    subject: contractSubject([], { waivers: [useWith({ kind: "other-kind", found: "undetermined" })] }),
    verdict: "violation",
    finds: [
      "violation servers.app#covers: Cannot cover the finding of size/require-server-within-limits at servers.app: it is undetermined, and this waiver covers violation; wanted covers: undetermined",
    ],
  },
  {
    example: { zh: "这次计划没有判断它豁免的内容", en: "the plan does not judge what it waives" },
    subject: contractSubject([], { waivers: [useWith({ kind: "unjudged" })] }),
    verdict: "pass",
  },
  {
    example: { zh: "过期的豁免由另一条策略指出", en: "an expired waiver is told by the other policy" },
    subject: contractSubject([], { waivers: [use("unneeded", { expires: "2026-01-14" })] }),
    verdict: "pass",
  },
  {
    example: { zh: "超过一年的豁免由另一条策略指出", en: "a waiver beyond a year is told by the other policy" },
    subject: contractSubject([], { waivers: [use("unneeded", { expires: "2027-01-16" })] }),
    verdict: "pass",
  },
];
