import type { ContractSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";
import { use } from "./waivers.ts";

export const cases: readonly PolicyCase<ContractSubject>[] = [
  {
    example: { zh: "计划日期就是豁免的最后一天", en: "the day of the plan is the waiver's last day" },
    subject: contractSubject([], { waivers: [use("covers")] }),
    verdict: "pass",
  },
  {
    example: { zh: "豁免昨天到期", en: "the waiver ended yesterday" },
    subject: contractSubject([], { waivers: [use("unneeded", { expires: "2026-01-14" })] }),
    verdict: "violation",
    finds: [
      "violation servers.app#expires: Cannot rely on the waiver of size/require-server-within-limits: it ended on 2026-01-14, before 2026-01-15",
    ],
  },
  { example: { zh: "没有任何豁免", en: "there is no waiver" }, subject: contractSubject(), verdict: "pass" },
];
