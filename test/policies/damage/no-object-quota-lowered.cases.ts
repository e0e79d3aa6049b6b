import type { Declaration } from "../../../catalog/declaration.ts";
import type { SystemSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { request, staged } from "../life-cycle/staged.ts";
import { PLATFORM } from "../subjects.ts";

const storing = (objectGb: number, stage: Declaration["stage"] = "production") => staged(stage, { objectGb });

export const cases: readonly PolicyCase<SystemSubject>[] = [
  { example: { zh: "额度不变", en: "the same quota" }, subject: request(storing(2000), storing(2000)), verdict: "pass", finds: [] },
  { example: { zh: "额度增加", en: "a larger quota" }, subject: request(storing(2000), storing(2001)), verdict: "pass", finds: [] },
  {
    example: { zh: "额度从 12000 GB 减到 2000 GB", en: "the quota falls from 12,000 GB to 2,000 GB" },
    subject: request(storing(12000), storing(2000)),
    verdict: "violation",
    finds: [
      "violation storage#objectGb: The quota of object storage falls from 12000 GB to 2000 GB: no stored object is deleted, above the new quota nothing more can be written; line 16 is priced by the quota, so the list price falls by 1,800.00 CNY a month",
    ],
  },
  {
    example: { zh: "整个移除由 removals 判断", en: "storage that leaves altogether is a removal's" },
    subject: request(storing(2000), storing(0)),
    verdict: "not-applicable",
  },
  {
    example: { zh: "系统下线", en: "the system is retired" },
    subject: request(storing(2000, "exiting"), storing(1, "retired")),
    verdict: "not-applicable",
  },
  { example: { zh: "新系统", en: "a new system" }, subject: request(undefined, storing(1)), verdict: "not-applicable" },
  { example: { zh: "平台", en: "the platform" }, subject: PLATFORM, verdict: "not-applicable" },
];
