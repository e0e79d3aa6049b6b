import type { Declaration } from "../../../catalog/declaration.ts";
import type { SystemSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { request, staged } from "../life-cycle/staged.ts";
import { PLATFORM } from "../subjects.ts";

const having = (backupGb: number, cryptography: boolean, stage: Declaration["stage"] = "production") =>
  staged(stage, { backupGb, cryptography });

export const cases: readonly PolicyCase<SystemSubject>[] = [
  { example: { zh: "都不变", en: "nothing of it changes" }, subject: request(having(500, true), having(500, true)), verdict: "pass" },
  { example: { zh: "增加", en: "more of it" }, subject: request(having(500, false), having(600, true)), verdict: "pass" },
  {
    example: { zh: "备份空间减到 1 GB", en: "backup space lowered to 1 GB" },
    subject: request(having(500, false), having(1, false)),
    verdict: "violation",
    finds: ["violation backupGb#backupGb: Cannot lower the backup space from 500 GB to 1 GB: wanted 500 or more"],
  },
  {
    example: { zh: "备份和密码一起去掉，两样都指出", en: "backup space and cryptography both go: both are told" },
    subject: request(having(500, true), having(0, false)),
    verdict: "violation",
    finds: [
      "violation backupGb#backupGb: Cannot lower the backup space from 500 GB to 0 GB: wanted 500 or more",
      "violation cryptography#cryptography: Cannot give up commercial cryptography: wanted cryptography: true, as before",
    ],
  },
  {
    example: { zh: "退出期间备份也要留着", en: "an exiting system keeps its backups too" },
    subject: request(having(500, false), having(100, false, "exiting")),
    verdict: "violation",
  },
  {
    example: { zh: "系统下线", en: "the system is retired" },
    subject: request(having(500, true, "exiting"), having(0, false, "retired")),
    verdict: "not-applicable",
  },
  { example: { zh: "新系统", en: "a new system" }, subject: request(undefined, having(0, false)), verdict: "not-applicable" },
  { example: { zh: "平台", en: "the platform" }, subject: PLATFORM, verdict: "not-applicable" },
];
