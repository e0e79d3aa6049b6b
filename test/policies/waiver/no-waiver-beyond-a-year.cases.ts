import type { ContractSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";
import { use } from "./waivers.ts";

export const cases: readonly PolicyCase<ContractSubject>[] = [
  {
    example: { zh: "计划日期 2026-01-15，豁免到 2027-01-15，正好一年", en: "on 2026-01-15, a waiver until 2027-01-15, a year to the day" },
    subject: contractSubject([], { waivers: [use("covers", { expires: "2027-01-15" })] }),
    verdict: "pass",
  },
  {
    example: { zh: "多一天", en: "a day more" },
    subject: contractSubject([], { waivers: [use("covers", { expires: "2027-01-16" })] }),
    verdict: "violation",
    finds: [
      "violation servers.app#expires: Cannot rely on the waiver of size/require-server-within-limits until 2027-01-16: wanted 2027-01-15 at the latest, a year after 2026-01-15",
    ],
  },
  {
    example: { zh: "豁免写到 9999-12-31，等于永远", en: "a waiver until 9999-12-31, which is for ever" },
    subject: contractSubject([], { waivers: [use("covers", { expires: "9999-12-31" })] }),
    verdict: "violation",
    finds: [
      "violation servers.app#expires: Cannot rely on the waiver of size/require-server-within-limits until 9999-12-31: wanted 2027-01-15 at the latest, a year after 2026-01-15",
    ],
  },
];
