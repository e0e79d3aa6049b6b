import type { SystemSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM } from "../subjects.ts";
import { ANNOUNCED, RETIREMENT, request, staged } from "./staged.ts";

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "退出中的系统到期下线，有证明", en: "an exiting system retires when its day has come, attested" },
    subject: request(staged("exiting"), staged("retired")),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "下线日期就是今天", en: "its day is today" },
    subject: request(staged("exiting"), staged("retired", { retirement: { ...RETIREMENT, on: "2026-01-15" } })),
    verdict: "pass",
  },
  {
    example: { zh: "下线日期是明天", en: "its day is tomorrow" },
    subject: request(staged("exiting"), staged("retired", { retirement: { ...RETIREMENT, on: "2026-01-16" } })),
    verdict: "violation",
    finds: ["violation retirement#on: Cannot be retired on 2026-01-15: its day is 2026-01-16, wanted exiting until then"],
  },
  {
    example: { zh: "证明只有九个字", en: "the attestation has nine characters" },
    subject: request(staged("exiting"), staged("retired", { retirement: { ...RETIREMENT, attestation: "数据已经返还并清除" } })),
    verdict: "violation",
    finds: [
      'violation retirement#attestation: Cannot accept the attestation "数据已经返还并清除": wanted what became of the data and the number of the record, in 10 characters or more',
    ],
  },
  {
    example: { zh: "证明没有清单编号", en: "the attestation names no record" },
    subject: request(staged("exiting"), staged("retired", { retirement: { ...RETIREMENT, attestation: "数据已经返还并清除了" } })),
    verdict: "violation",
    finds: [
      'violation retirement#attestation: Cannot accept the attestation "数据已经返还并清除了": wanted what became of the data and the number of the record, in 10 characters or more',
    ],
  },
  {
    example: { zh: "证明正好十个字，有编号", en: "the attestation has ten characters, a number among them" },
    subject: request(staged("exiting"), staged("retired", { retirement: { ...RETIREMENT, attestation: "已返还清除，见清单17" } })),
    verdict: "pass",
  },
  {
    example: { zh: "从运行直接下线", en: "a system in production is retired at once" },
    subject: request(staged("production"), staged("retired")),
    verdict: "violation",
    finds: ["violation hrss/social#stage: Cannot go from production to retired at once: wanted exiting in between"],
  },
  {
    example: { zh: "从试用直接下线", en: "a system on trial is retired at once" },
    subject: request(staged("trial"), staged("retired")),
    verdict: "violation",
  },
  {
    example: {
      zh: "直接下线、日期未到、证明为空话，三样都指出",
      en: "at once, too early and with an empty attestation: all three are told",
    },
    subject: request(staged("production"), staged("retired", { retirement: { on: "2026-02-01", attestation: "..........." } })),
    verdict: "violation",
    finds: [
      "violation hrss/social#stage: Cannot go from production to retired at once: wanted exiting in between",
      "violation retirement#on: Cannot be retired on 2026-01-15: its day is 2026-02-01, wanted exiting until then",
      'violation retirement#attestation: Cannot accept the attestation "...........": wanted what became of the data and the number of the record, in 10 characters or more',
    ],
  },
  {
    example: { zh: "早已下线的系统，文件一直留着", en: "a system that retired long ago keeps its file" },
    subject: request(staged("retired"), staged("retired")),
    verdict: "pass",
  },
  {
    example: { zh: "没有原状可比时只看证明", en: "with nothing to compare with only the attestation is read" },
    subject: request(undefined, staged("retired", { retirement: { ...RETIREMENT, attestation: "无" } })),
    verdict: "violation",
  },
  {
    example: { zh: "下线证明还是退出时写的那句", en: "the attestation is the one that announced the exit" },
    subject: request(staged("exiting"), staged("retired", { retirement: { ...ANNOUNCED, attestation: `${ANNOUNCED.attestation}。` } })),
    verdict: "violation",
    finds: [
      "violation retirement#attestation: Cannot accept the attestation that announced the exit: wanted what was done since, what became of the data and the number of the record, in 10 characters or more",
    ],
  },
  {
    example: { zh: "下线却没有写日期和证明", en: "it is retired without date and attestation" },
    subject: request(staged("exiting"), staged("retired", { retirement: undefined })),
    verdict: "violation",
    finds: ["violation hrss/social#stage: Cannot be retired without retirement: wanted its date (on) and attestation"],
  },
  {
    example: { zh: "系统在运行", en: "a system in production" },
    subject: request(staged("production"), staged("production")),
    verdict: "not-applicable",
  },
  { example: { zh: "平台不下线", en: "the platform is not retired" }, subject: PLATFORM, verdict: "not-applicable" },
];
