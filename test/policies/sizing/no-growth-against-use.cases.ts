import type { SystemSubject } from "../../../policies/policy.ts";
import { server } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM } from "../subjects.ts";
import { measured, sized, withUse } from "./measured.ts";

const use = (cpu: string, memory: string) => measured({ "hrss/social/app-1": { cpu, memory } });
const exempt = { sizing: { exempt: "应急指挥", until: "2026-01-31" } };

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "CPU 平均 50%，从 8 核增到 16 核", en: "average CPU use of 50 %, from 8 to 16 cores" },
    subject: withUse(sized({}), sized({ cpu: 16 }), use("50", "50")),
    verdict: "pass",
  },
  {
    example: {
      zh: "CPU 平均 49.99999%，应保持，却从 8 核增到 9 核",
      en: "average CPU use of 49.99999 %, which is to be kept, from 8 to 9 cores",
    },
    subject: withUse(sized({}), sized({ cpu: 9 }), use("49.99999", "90")),
    verdict: "violation",
    finds: [
      "violation servers.app#cpu: Cannot grow from 8 to 9 cores: average use in 2025-12 was 49.9999 %, and the band ≥ 30, < 50 % says keep",
    ],
  },
  {
    example: { zh: "CPU 忙，内存平均 20%，却加内存", en: "CPU is busy, memory at 20 % on average, and memory grows" },
    subject: withUse(sized({}), sized({ cpu: 16, memoryGb: 32 }), use("90", "20")),
    verdict: "violation",
    finds: [
      "violation servers.app#memoryGb: Cannot grow from 16 to 32 GB of memory: average use in 2025-12 was 20 %, and the band ≤ 20 % says reduce the memory to a quarter",
    ],
  },
  {
    example: { zh: "使用率低，缩减规格", en: "use is low, and the server shrinks" },
    subject: withUse(sized({}), sized({ cpu: 2, memoryGb: 4 }), use("10", "10")),
    verdict: "pass",
  },
  {
    example: { zh: "使用率低，只加台数：每台没有变大", en: "use is low, and there are more servers of the same size" },
    subject: withUse(sized({}), sized({ count: 2 }), use("10", "10")),
    verdict: "pass",
  },
  {
    example: { zh: "当月只测得一半，却要扩容", en: "half of the month was measured, and the server grows" },
    subject: withUse(sized({}), sized({ cpu: 16 }), measured({ "hrss/social/app-1": { cpu: "90", coverage: "0.5" } })),
    verdict: "undetermined",
    finds: ["undetermined servers.app#cpu: Cannot tell whether to grow from 8 to 16 cores: too little of 2025-12 was measured"],
  },
  {
    example: { zh: "没有数据，规格也没有变", en: "no figures, and no size changes" },
    subject: withUse(sized({}), sized({}), measured({})),
    verdict: "pass",
  },
  {
    example: { zh: "原有的豁免在当月有效", en: "an exemption that stood before and held in the month" },
    subject: withUse(sized({}, exempt), sized({ cpu: 16 }, exempt), use("10", "10")),
    verdict: "not-applicable",
  },
  {
    example: { zh: "同一个申请里才写上豁免", en: "an exemption that comes with the growth itself" },
    subject: withUse(sized({}), sized({ cpu: 16 }, exempt), use("10", "50")),
    verdict: "violation",
  },
  {
    example: { zh: "豁免在上月之前就到期了", en: "an exemption that ended before the month" },
    subject: withUse(sized({}, { sizing: { exempt: "应急指挥", until: "2025-11-30" } }), sized({ cpu: 16 }), use("10", "50")),
    verdict: "violation",
  },
  {
    example: { zh: "新增一组服务器", en: "a group of servers that is new" },
    subject: withUse(sized({}), { ...sized({}), servers: [...sized({}).servers, server({ key: "web" })] }, use("10", "10")),
    verdict: "pass",
  },
  {
    example: { zh: "新系统", en: "a new system" },
    subject: withUse(undefined, sized({}), use("10", "10")),
    verdict: "not-applicable",
  },
  {
    example: { zh: "没有给出使用率", en: "no use was given" },
    subject: withUse(sized({}), sized({ cpu: 64 }), undefined),
    verdict: "not-applicable",
  },
  {
    example: { zh: "平台没有云服务器", en: "the platform, which has no servers" },
    subject: { ...PLATFORM, usage: use("10", "10") },
    verdict: "not-applicable",
  },
];
