import type { Declaration } from "../../../catalog/declaration.ts";
import type { ContractSubject } from "../../../policies/policy.ts";
import { declaration } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";
import { named, tenant } from "./named.ts";

const system = (id: string, name = "社会保险") => named([[id, name]]);

export const cases: readonly PolicyCase<ContractSubject>[] = [
  {
    example: { zh: "按业务取名", en: "names after what systems do" },
    subject: named([["public-security/household-registry", "户籍业务管理系统"]], undefined, [tenant("public-security", "公安局")]),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "服务器组叫 storage", en: "a server group called storage" },
    subject: contractSubject([
      declaration({ servers: [{ ...(declaration().servers[0] as Declaration["servers"][number]), key: "storage" }] }),
    ]),
    verdict: "violation",
    finds: [
      "violation servers#storage: Cannot name a server group storage: storage.object and storage.file mean the system's storage in accepts and removals",
    ],
  },
  {
    example: { zh: "系统叫 admin", en: "a system called admin" },
    subject: system("hrss/admin"),
    verdict: "violation",
    finds: ['violation hrss/admin#id: Cannot use the reserved name "admin"'],
  },
  {
    example: { zh: "系统叫 kube-system", en: "a system called kube-system" },
    subject: system("hrss/kube-system"),
    verdict: "violation",
    finds: ['violation hrss/kube-system#id: Cannot use the name "kube-system": it passes for the reserved kube-'],
  },
  {
    example: { zh: "系统叫 p1atform，看着像 platform", en: "a system called p1atform, which passes for platform" },
    subject: system("hrss/p1atform"),
    verdict: "violation",
    finds: ['violation hrss/p1atform#id: Cannot use the name "p1atform": it passes for the reserved platform'],
  },
  {
    example: { zh: "单位叫 kube：命名空间会以 kube- 开头", en: "a bureau called kube, whose namespaces would begin with kube-" },
    subject: named([], undefined, [tenant("kube", "某局")]),
    verdict: "violation",
    finds: ['violation kube#id: Cannot use the reserved name "kube"'],
  },
  {
    example: { zh: "系统叫 con：在 Windows 上检不出来", en: "a system called con, which Windows cannot check out" },
    subject: system("hrss/con"),
    verdict: "violation",
    finds: ['violation hrss/con#id: Cannot use the reserved name "con"'],
  },
  {
    example: { zh: "显示名称是“政务云平台”", en: "a display name that is the platform's" },
    subject: system("hrss/portal", "政务云平台"),
    verdict: "violation",
    finds: ['violation hrss/portal#name: Cannot use the reserved name "政务云平台"'],
  },
  {
    example: { zh: "显示名称是全角的 ADMIN", en: "a display name of Admin in full-width letters" },
    subject: system("hrss/portal", "ＡＤＭＩＮ"),
    verdict: "violation",
    finds: ['violation hrss/portal#name: Cannot use the name "ＡＤＭＩＮ": it passes for the reserved admin'],
  },
  {
    example: { zh: "显示名称只由平台自己的词组成", en: "a display name of nothing but the platform's own words" },
    subject: system("hrss/portal", "政务云管理平台"),
    verdict: "violation",
    finds: ['violation hrss/portal#name: Cannot use the name "政务云管理平台": it passes for the reserved 政务云'],
  },
  {
    example: { zh: "系统叫 system-admin-console", en: "a system called system-admin-console" },
    subject: system("hrss/system-admin-console"),
    verdict: "violation",
    finds: ['violation hrss/system-admin-console#id: Cannot use the name "system-admin-console": it passes for the reserved admin'],
  },
  {
    example: { zh: "系统叫 operators，只是 operator 的复数", en: "a system called operators, a plural alone" },
    subject: system("hrss/operators"),
    verdict: "violation",
    finds: ['violation hrss/operators#id: Cannot use the name "operators": it passes for the reserved operator'],
  },
  {
    example: { zh: "政务云上的业务，名称说明了用途", en: "a system of the government cloud whose name says what it is for" },
    subject: system("hrss/portal", "政务云迁移档案管理系统"),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "名称里含有保留词，但不止这个词", en: "a reserved word as a part of a name" },
    subject: system("hrss/job-platform", "公共就业服务平台"),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "名称里有对号，看着像审核结果", en: "a name with a tick, which passes for a verdict" },
    subject: system("hrss/portal", "门户网站 ✔ 通过 ✅ → √"),
    verdict: "violation",
    finds: [
      'violation hrss/portal#name: Cannot use the name "门户网站 ✔ 通过 ✅ → √": ✔ (U+2714), ✅ (U+2705), → (U+2192), √ (U+221A) passes for a mark of a verdict, wanted letters, digits and punctuation',
    ],
  },
  {
    example: { zh: "单位名称里有警告符号", en: "a bureau's name with a warning sign" },
    subject: named([["hrss/portal", "门户网站"]], undefined, [tenant("hrss", "人社局⚠")]),
    verdict: "violation",
    finds: [
      'violation hrss#name: Cannot use the name "人社局⚠": ⚠ (U+26A0) passes for a mark of a verdict, wanted letters, digits and punctuation',
    ],
  },
  {
    example: { zh: "名称里有标点、单位和商标符号", en: "a name with punctuation, a unit and a trade mark" },
    subject: system("hrss/portal", "12345 热线（二期）·№2 “冷链 −18℃” ®"),
    verdict: "pass",
    finds: [],
  },
];
