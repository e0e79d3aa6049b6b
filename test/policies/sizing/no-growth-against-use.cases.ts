import type { SystemSubject } from "../../../policies/policy.ts";
import { server } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM } from "../subjects.ts";
import { measured, measuredAt, sized, withUse } from "./measured.ts";

const use = (cpu: string, memory: string) => measured({ "hrss/social/app-1": { cpu, memory } });
/** The month's use is of 8 cores and 16 GB. */
const useOfEight = (cpu: string, memory: string) => measuredAt({ cpu: 8, memoryGb: 16 }, { "hrss/social/app-1": { cpu, memory } });
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
    example: { zh: "使用率低，却加台数：每台没有变大", en: "use is low, and there are more servers of the same size" },
    subject: withUse(sized({}), sized({ count: 2 }), use("10", "50")),
    verdict: "violation",
    finds: [
      "violation servers.app#count: Cannot grow from 1 to 2 servers, 8 to 16 cores in all: average use in 2025-12 was 10 %, and the band ≤ 15 % says reduce the cores to a quarter",
      "violation servers.app#count: Cannot grow from 1 to 2 servers, 16 to 32 GB of memory in all: average use in 2025-12 was 50 %, and the band ≥ 40, < 70 % says keep",
    ],
  },
  {
    example: { zh: "CPU 忙，加台数：内存随整台增加", en: "CPU is busy, and more servers bring their memory with them" },
    subject: withUse(sized({}), sized({ count: 2 }), use("50", "10")),
    verdict: "pass",
  },
  {
    example: { zh: "台数加倍，每台减半，总量不变", en: "twice the servers of half the size" },
    subject: withUse(sized({}), sized({ count: 2, cpu: 4, memoryGb: 8 }), use("10", "10")),
    verdict: "pass",
  },
  {
    example: { zh: "没有数据，却加台数", en: "no figures, and more servers" },
    subject: withUse(sized({}), sized({ count: 2, memoryGb: 8 }), measured({})),
    verdict: "undetermined",
    finds: [
      "undetermined servers.app#count: Cannot tell whether to grow from 1 to 2 servers, 8 to 16 cores in all: too little of 2025-12 was measured",
    ],
  },
  {
    example: {
      zh: "月后减到 4 核，再加到三台：当月只支持 8 核",
      en: "cut to 4 cores since, and then three of them: the month supports 8 cores",
    },
    subject: withUse(sized({ cpu: 4 }), sized({ cpu: 4, count: 3, memoryGb: 4 }), useOfEight("40", "50")),
    verdict: "violation",
    finds: [
      "violation servers.app#count: Cannot grow from 1 to 3 servers, 4 to 12 cores in all: average use in 2025-12 was 40 % (of 8 then), and the band ≥ 30, < 50 % says keep",
    ],
  },
  {
    example: { zh: "app 改名 api，8 核变 16 核", en: "app becomes api, and 8 cores become 16" },
    subject: withUse(sized({}), sized({ key: "api", cpu: 16 }), use("20", "50")),
    verdict: "violation",
    finds: [
      "violation servers.api#cpu: Cannot put api in the place of app and grow from 8 to 16 cores in all: average use in 2025-12 was 20 %, and the band > 15, < 30 % says reduce the cores to half",
    ],
  },
  {
    example: { zh: "只改名，总量不变", en: "app becomes api of the same size" },
    subject: withUse(sized({}), sized({ key: "api" }), use("10", "10")),
    verdict: "pass",
  },
  {
    example: { zh: "忙的 app 改名并扩容", en: "a busy app becomes a larger api" },
    subject: withUse(sized({}), sized({ key: "api", cpu: 16 }), use("50", "50")),
    verdict: "pass",
  },
  {
    example: { zh: "没有数据，改名并扩容", en: "app without figures becomes a larger api" },
    subject: withUse(sized({}), sized({ key: "api", cpu: 16 }), measured({})),
    verdict: "undetermined",
    finds: [
      "undetermined servers.api#cpu: Cannot tell whether to put api in the place of app and grow from 8 to 16 cores in all: too little of 2025-12 was measured",
    ],
  },
  {
    example: { zh: "月后已扩到 16 核，改名再扩到 32 核", en: "16 cores since the month, and 32 under a new name" },
    subject: withUse(sized({ cpu: 16 }), sized({ key: "api", cpu: 32 }), useOfEight("55", "50")),
    verdict: "undetermined",
    finds: [
      "undetermined servers.api#cpu: Cannot tell whether to put api in the place of app and grow from 16 to 32 cores in all: the use of 2025-12 is of 8 cores and supports 16; that of 16 is not known yet",
    ],
  },
  {
    example: { zh: "两台 app 拆成一台 app 和一台更大的 api", en: "two of app are split into one of app and a larger api" },
    subject: withUse(
      sized({ count: 2 }),
      { ...sized({}), servers: [...sized({}).servers, server({ key: "api", cpu: 16, memoryGb: 16 })] },
      use("40", "50"),
    ),
    verdict: "violation",
    finds: [
      "violation servers.api#cpu: Cannot put api in the place of app and grow from 16 to 24 cores in all: average use in 2025-12 was 40 %, and the band ≥ 30, < 50 % says keep",
    ],
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
    example: { zh: "CPU 平均 55%，月后已从 8 核增到 16 核，又要增到 32 核", en: "CPU at 55 % of 8 cores, which are 16 since, and then 32" },
    subject: withUse(sized({ cpu: 16 }), sized({ cpu: 32 }), useOfEight("55", "50")),
    verdict: "undetermined",
    finds: [
      "undetermined servers.app#cpu: Cannot tell whether to grow from 16 to 32 cores: the use of 2025-12 is of 8 cores and supports 16; that of 16 is not known yet",
    ],
  },
  {
    example: { zh: "按建议分两次增：8 核到 12 核，再到 16 核", en: "growth as advised in two steps: from 8 to 12 cores, then to 16" },
    subject: withUse(sized({ cpu: 12 }), sized({ cpu: 16 }), useOfEight("55", "50")),
    verdict: "pass",
  },
  {
    example: {
      zh: "月后减到 4 核，CPU 平均 40% 应保持 8 核，增回 8 核",
      en: "cut to 4 cores since, back to the 8 that CPU at 40 % says to keep",
    },
    subject: withUse(sized({ cpu: 4 }), sized({ cpu: 8 }), useOfEight("40", "50")),
    verdict: "pass",
  },
  {
    example: {
      zh: "按建议减到 4 核以后，同一个月的使用率又用来增回 8 核",
      en: "cut to 4 cores as advised, and back to 8 by the same month's use",
    },
    subject: withUse(sized({ cpu: 4 }), sized({ cpu: 8 }), useOfEight("20", "50")),
    verdict: "violation",
    finds: [
      "violation servers.app#cpu: Cannot grow from 4 to 8 cores: average use in 2025-12 was 20 % (of 8 then), and the band > 15, < 30 % says reduce the cores to half",
    ],
  },
  {
    example: { zh: "Git 历史不到月末，不知道当月的规格", en: "the Git history ends after the month did: nobody knows the sizes of then" },
    subject: withUse(sized({}), sized({ cpu: 16 }), { ...use("90", "50"), sizes: { kind: "unknown" } }),
    verdict: "undetermined",
    finds: [
      "undetermined servers.app#cpu: Cannot tell whether to grow from 8 to 16 cores: what it had in 2025-12 is not known, wanted the whole Git history",
    ],
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
