import type { ServerGroup } from "../../../catalog/declaration.ts";
import type { SystemSubject } from "../../../policies/policy.ts";
import { server } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM } from "../subjects.ts";
import { measured, sized, withUse } from "./measured.ts";

const use = (cpu: string, memory: string) => measured({ "hrss/social/app-1": { cpu, memory } });
const [app] = sized({}).servers as [ServerGroup];
const beside = { ...sized({}), servers: [app, server({ ...app, key: "app2" })] };

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "app 闲着，旁边另加一组同样的 app2", en: "app stands idle, and an identical app2 comes beside it" },
    subject: withUse(sized({}), beside, use("10", "40")),
    verdict: "violation",
    finds: [
      "violation servers#app2: The group app2 is new, and those there are ask for no more: average use in 2025-12 was 10 % of CPU (band ≤ 15 %) and 40 % of memory (band ≥ 40, < 70 %)",
    ],
  },
  {
    example: { zh: "内存忙，另加一组服务器", en: "memory is busy, and another group comes" },
    subject: withUse(sized({}), beside, use("10", "70")),
    verdict: "pass",
  },
  {
    example: { zh: "一大一小两组，按核数加权还是忙的", en: "of two groups the larger is busy, and so is their average by cores" },
    subject: withUse(
      { ...sized({}), servers: [app, server({ key: "db", cpu: 2, memoryGb: 4 })] },
      { ...sized({}), servers: [app, server({ key: "db", cpu: 2, memoryGb: 4 }), server({ key: "web" })] },
      measured({ "hrss/social/app-1": { cpu: "60", memory: "30" }, "hrss/social/db-1": { cpu: "10", memory: "30" } }),
    ),
    verdict: "pass",
  },
  {
    example: { zh: "原有服务器测得的数据不足", en: "too little of the servers there are was measured" },
    subject: withUse(sized({}), beside, measured({})),
    verdict: "undetermined",
    finds: [
      "undetermined servers#app2: Cannot tell whether the servers there are stand idle beside the new app2: too little of 2025-12 was measured",
    ],
  },
  {
    example: { zh: "只改名，总量不变", en: "a group of another name in the place of one, no more in all" },
    subject: withUse(sized({}), sized({ key: "api" }), use("10", "10")),
    verdict: "pass",
  },
  { example: { zh: "没有新增", en: "nothing is new" }, subject: withUse(sized({}), sized({}), use("10", "10")), verdict: "pass" },
  {
    example: { zh: "系统原来没有云服务器", en: "the system had no servers before" },
    subject: withUse({ ...sized({}), servers: [] }, sized({}), measured({})),
    verdict: "not-applicable",
  },
  {
    example: { zh: "豁免的系统", en: "a system that is exempt" },
    subject: withUse({ ...sized({}), sizing: { exempt: "应急指挥", until: "2026-01-31" } }, beside, use("10", "10")),
    verdict: "not-applicable",
  },
  { example: { zh: "新系统", en: "a new system" }, subject: withUse(undefined, sized({}), use("10", "10")), verdict: "not-applicable" },
  {
    example: { zh: "没有给出使用率", en: "no use was given" },
    subject: withUse(sized({}), beside, undefined),
    verdict: "not-applicable",
  },
  {
    example: { zh: "平台没有云服务器", en: "the platform, which has no servers" },
    subject: { ...PLATFORM, usage: use("10", "10") },
    verdict: "not-applicable",
  },
];
