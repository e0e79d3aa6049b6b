import type { SystemSubject } from "../../../policies/policy.ts";
import { server } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM } from "../subjects.ts";
import { measured, measuredAt, sized, withUse } from "./measured.ts";

const FILE = "stacks/tenants/hrss/social.yaml";
const idle = { "hrss/social/app-1": { cpu: "12", memory: "50" } };
// Advice of December is due on 2026-01-08: the 1st to the 3rd are a holiday, and Sunday the 4th is worked.
const LATE = "2026-02-10";

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: {
      zh: "12 月的建议 1 月 8 日到期，过了一个月没有答复",
      en: "advice of December, due on 8 January, a month later without an answer",
    },
    subject: withUse(sized({}), sized({}), measured(idle), LATE),
    verdict: "violation",
    finds: ["violation servers.app#cpu: The advice of 2025-12, due 2026-01-08, to go from 8 to 2 cores, is unanswered"],
  },
  {
    example: { zh: "刚好一个月", en: "the same, to the day a month" },
    subject: withUse(sized({}), sized({}), measured(idle), "2026-02-08"),
    verdict: "not-applicable",
  },
  {
    example: { zh: "什么也不比较时，按现状判断", en: "where nothing is compared, what is declared counts" },
    subject: { ...withUse(sized({}), sized({}), measured(idle), LATE), base: undefined },
    verdict: "violation",
  },
  {
    example: { zh: "这次申请改了规格", en: "this request changes the size" },
    subject: withUse(sized({}), sized({ cpu: 4 }), measured(idle), LATE),
    verdict: "pass",
  },
  {
    example: { zh: "到期以后申请改过", en: "the declaration changed after the advice was due" },
    subject: withUse(sized({}), sized({}), measured(idle, [FILE]), LATE),
    verdict: "pass",
  },
  {
    example: { zh: "月末之后、到期之前改过规格", en: "the size changed after the month, before the advice was due" },
    subject: withUse(sized({ cpu: 2 }), sized({ cpu: 2 }), measuredAt({ cpu: 8, memoryGb: 16 }, idle), LATE),
    verdict: "pass",
  },
  {
    example: { zh: "这次申请写明豁免", en: "this request states an exemption" },
    subject: withUse(sized({}), sized({}, { sizing: { exempt: "应急指挥", until: "2026-06-30" } }), measured(idle), LATE),
    verdict: "pass",
  },
  {
    example: { zh: "没有完整的 Git 历史", en: "Git does not know the whole history" },
    subject: withUse(sized({}), sized({}), { ...measured(idle), changedSinceDue: undefined }, LATE),
    verdict: "undetermined",
    finds: [
      "undetermined servers.app#cpu: Cannot tell whether the advice of 2025-12 (8 → 2 cores) was answered: wanted the whole Git history",
    ],
  },
  {
    example: { zh: "当月数据不足，没有建议", en: "too little was measured for any advice" },
    subject: withUse(sized({}), sized({}), measured({}), LATE),
    verdict: "pass",
  },
  {
    example: { zh: "新增的服务器组", en: "a group of servers that is new" },
    subject: withUse(sized({}, { servers: [] }), sized({}, { servers: [server({ cpu: 8 })] }), measured(idle), LATE),
    verdict: "not-applicable",
  },
  {
    example: { zh: "没有给出使用率", en: "no use was given" },
    subject: withUse(sized({}), sized({}), undefined, LATE),
    verdict: "not-applicable",
  },
  {
    example: { zh: "平台没有云服务器", en: "the platform, which has no servers" },
    subject: { ...PLATFORM, usage: measured(idle) },
    verdict: "not-applicable",
  },
];
