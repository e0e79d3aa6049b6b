import type { SystemSubject } from "../../../policies/policy.ts";
import { declaration, pool } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM, systemSubject } from "../subjects.ts";

const inCountries = (...countries: readonly string[]) =>
  systemSubject(declaration(), {
    pool: {
      ...pool("gov"),
      dataCentres: countries.map((country) => ({ name: { zh: `${country} 机房`, en: `hall ${country}` }, country })),
    },
  });

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "主机房和备份机房都在境内", en: "both halls in the PRC" },
    subject: inCountries("CN", "CN"),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "备份机房在新加坡", en: "a backup hall in Singapore" },
    subject: inCountries("CN", "SG"),
    verdict: "violation",
    finds: ["violation hrss/social#pool: Cannot keep data in pool gov: hall SG lies in SG, wanted CN"],
  },
  {
    example: { zh: "机房在香港，不算境内", en: "a hall in Hong Kong, which the clause does not mean" },
    subject: inCountries("HK"),
    verdict: "violation",
    finds: ["violation hrss/social#pool: Cannot keep data in pool gov: hall HK lies in HK, wanted CN"],
  },
  {
    example: { zh: "资源池没有登记机房", en: "a pool without any recorded hall" },
    subject: inCountries(),
    verdict: "undetermined",
    finds: ["undetermined hrss/social#pool: Cannot tell where pool gov keeps its data: no data centre is recorded"],
  },
  {
    example: { zh: "已下线的系统", en: "a retired system" },
    subject: { ...inCountries("SG"), declaration: declaration({ stage: "retired" }) },
    verdict: "not-applicable",
  },
  { example: { zh: "平台", en: "the platform" }, subject: PLATFORM, verdict: "not-applicable" },
];
