import { Decimal } from "decimal.js";
import { Temporal } from "temporal-polyfill";
import type { ContractSubject } from "../../../policies/policy.ts";
import { CATALOGUE, CONTRACT, declaration } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";

const social = declaration();
const money = (amount: string | undefined) => new Map(amount === undefined ? [] : [[social.id, new Decimal(amount)]]);
const on = (at: string, before: string | undefined, after: string, to = "2026-06-19") =>
  contractSubject([social], {
    at: Temporal.PlainDate.from(at),
    contract: { ...CONTRACT, to: Temporal.PlainDate.from(to) },
    monthly: money(after),
    base: { catalogue: CATALOGUE, declarations: [], tenants: new Map(), monthly: money(before) },
  });

export const cases: readonly PolicyCase<ContractSubject>[] = [
  {
    example: { zh: "继续服务的第 30 个工作日仍可新增", en: "growth on the thirtieth working day of the run-on" },
    subject: on("2026-07-31", "100.00", "200.00"),
    verdict: "pass",
  },
  {
    example: { zh: "继续服务期满第二天，系统增加服务", en: "growth on the day after the run-on" },
    subject: on("2026-08-01", "100.00", "150.50"),
    verdict: "violation",
    finds: [
      "violation hrss/social#stage: Cannot add 50.50 CNY a month on 2026-08-01: the run-on of contract baotou-2025 ended on 2026-07-31",
    ],
  },
  {
    example: { zh: "继续服务期满后新增系统", en: "a new system after the run-on" },
    subject: on("2026-08-03", undefined, "2160.00"),
    verdict: "violation",
    finds: [
      "violation hrss/social#stage: Cannot add 2,160.00 CNY a month on 2026-08-03: the run-on of contract baotou-2025 ended on 2026-07-31",
    ],
  },
  { example: { zh: "继续服务期满后减少服务", en: "less after the run-on" }, subject: on("2026-08-03", "100.00", "99.99"), verdict: "pass" },
  {
    example: { zh: "继续服务跨入工作日历未公布的年份", en: "the run-on reaches into a year without a published calendar" },
    subject: on("2026-12-31", "100.00", "200.00", "2026-12-30"),
    verdict: "undetermined",
    finds: [
      "undetermined hrss/social#stage: Cannot tell whether the run-on is over: the calendar of 2027 is not published, and 100.00 CNY a month are added",
    ],
  },
  {
    example: { zh: "没有可比较的基准", en: "nothing to compare with" },
    subject: { ...on("2026-08-03", "100.00", "200.00"), base: undefined },
    verdict: "not-applicable",
  },
];
