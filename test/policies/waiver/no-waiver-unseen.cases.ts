import type { ContractSubject } from "../../../policies/policy.ts";
import { CATALOGUE } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";
import { useWith } from "./waivers.ts";

const COMPARED: Partial<ContractSubject> = { base: { catalogue: CATALOGUE, declarations: [], tenants: new Map(), monthly: new Map() } };

export const cases: readonly PolicyCase<ContractSubject>[] = [
  {
    example: { zh: "豁免早已合并，这份申请没有动它", en: "the waiver was merged before, and the request leaves it alone" },
    subject: contractSubject([], { ...COMPARED, waivers: [useWith({ kind: "covers" })] }),
    verdict: "pass",
  },
  {
    example: { zh: "申请把自己需要的豁免一起带来", en: "the request brings the waiver that it needs along" },
    subject: contractSubject([], { ...COMPARED, waivers: [useWith({ kind: "covers" }, {}, true)] }),
    verdict: "violation",
    finds: [
      "violation servers.app#approver: Cannot take the waiver of size/require-server-within-limits for approved yet: this request brings or changes it, and wants the approval of 大数据中心主任",
    ],
  },
  {
    example: { zh: "没有可比较的原状", en: "nothing to compare with" },
    subject: contractSubject([], { waivers: [useWith({ kind: "covers" })] }),
    verdict: "not-applicable",
  },
];
