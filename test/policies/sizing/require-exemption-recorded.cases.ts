import { Temporal } from "temporal-polyfill";
import type { Declaration } from "../../../catalog/declaration.ts";
import type { ContractSubject } from "../../../policies/policy.ts";
import { CATALOGUE } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";
import { sized } from "./measured.ts";

type Sizing = Declaration["sizing"];
const REASON = "汛期防汛指挥，防指〔2026〕3号";
const system = (sizing: Sizing) => sized({}, { sizing });
const exempt = (until: string, reason = REASON): Sizing => ({ exempt: reason, until });

/** A request on 2026-01-15 that makes one exemption of another; undefined is none. */
const asks = (before: Sizing, after: Sizing) => comparedWith([system(before)], after);

function comparedWith(declarations: readonly Declaration[], after: Sizing): ContractSubject {
  return contractSubject([system(after)], {
    at: Temporal.PlainDate.from("2026-01-15"),
    base: { catalogue: CATALOGUE, declarations, tenants: new Map(), monthly: new Map() },
  });
}

/** The same with nothing to compare with. */
const stands = (sizing: Sizing) => ({ ...asks(undefined, sizing), base: undefined });

const { exemption: _, ...unlimited } = CATALOGUE.resourceUsage;

export const cases: readonly PolicyCase<ContractSubject>[] = [
  {
    example: { zh: "单位自己写上“忙”，豁免到 2099 年", en: "a bureau writes one word and exempts itself until 2099" },
    subject: asks(undefined, exempt("2099-12-31", "忙")),
    verdict: "violation",
    finds: [
      "violation sizing.2099-12-31#until: Cannot exempt until 2099-12-31: wanted 2027-01-15 or earlier, at most 12 months ahead",
      'violation sizing.2099-12-31#exempt: Cannot exempt for "忙", which says nothing: wanted 8 characters or more',
      "violation sizing.2099-12-31#sizing: Cannot take an exemption until 2099-12-31 (忙) by declaring it: wanted the centre's waiver",
    ],
  },
  {
    example: { zh: "新增豁免，写明哪一次应急：由市大数据中心登记", en: "a new exemption that says which emergency: the centre records it" },
    subject: asks(undefined, exempt("2026-03-31")),
    verdict: "violation",
    finds: [
      `violation sizing.2026-03-31#sizing: Cannot take an exemption until 2026-03-31 (${REASON}) by declaring it: wanted the centre's waiver`,
    ],
  },
  {
    example: { zh: "新系统一上来就写豁免", en: "a new system that brings an exemption" },
    subject: comparedWith([], exempt("2026-03-31")),
    verdict: "violation",
    finds: [
      `violation sizing.2026-03-31#sizing: Cannot take an exemption until 2026-03-31 (${REASON}) by declaring it: wanted the centre's waiver`,
    ],
  },
  {
    example: { zh: "上月止的豁免补写进来", en: "an exemption that ended last month is written now" },
    subject: asks(undefined, exempt("2025-12-31")),
    verdict: "violation",
  },
  {
    example: { zh: "延长豁免", en: "an exemption is prolonged" },
    subject: asks(exempt("2026-03-31"), exempt("2026-04-01")),
    verdict: "violation",
    finds: [
      `violation sizing.2026-04-01#sizing: Cannot prolong the exemption from 2026-03-31 to 2026-04-01 (${REASON}): wanted the centre's waiver`,
    ],
  },
  {
    example: { zh: "期限不变，原因改成一个字", en: "the end stays, and the reason becomes a word" },
    subject: asks(exempt("2026-03-31"), exempt("2026-03-31", "应急")),
    verdict: "violation",
    finds: ['violation sizing.2026-03-31#exempt: Cannot exempt for "应急", which says nothing: wanted 8 characters or more'],
  },
  {
    example: { zh: "原有的豁免不变，原因简短", en: "an exemption that stood before, with its short reason" },
    subject: asks(exempt("2026-03-31", "应急指挥"), exempt("2026-03-31", "应急指挥")),
    verdict: "pass",
  },
  {
    example: { zh: "提前结束豁免", en: "an exemption ends sooner" },
    subject: asks(exempt("2026-03-31"), exempt("2026-01-31")),
    verdict: "pass",
  },
  { example: { zh: "取消豁免", en: "an exemption is taken out" }, subject: asks(exempt("2026-03-31"), undefined), verdict: "pass" },
  {
    example: { zh: "没有比较的基准，刚好 12 个月", en: "nothing to compare with, to the day 12 months ahead" },
    subject: stands(exempt("2027-01-15", "应急")),
    verdict: "pass",
  },
  {
    example: { zh: "没有比较的基准，超过 12 个月", en: "nothing to compare with, a day more" },
    subject: stands(exempt("2027-01-16", "应急")),
    verdict: "violation",
    finds: ["violation sizing.2027-01-16#until: Cannot exempt until 2027-01-16: wanted 2027-01-15 or earlier, at most 12 months ahead"],
  },
  {
    example: { zh: "原来就写到 2099 年", en: "one that stood before, until 2099" },
    subject: asks(exempt("2099-12-31"), exempt("2099-12-31")),
    verdict: "violation",
  },
  {
    example: { zh: "目录没有写豁免最长多久", en: "the catalogue does not say how long an exemption may last" },
    subject: { ...stands(exempt("2026-03-31")), catalogue: { ...CATALOGUE, resourceUsage: unlimited } },
    verdict: "undetermined",
    finds: [
      "undetermined sizing.2026-03-31#until: Cannot tell how long an exemption may last: wanted resourceUsage.exemption.atMostMonths in catalog/annex-2.yaml",
    ],
  },
];
