import { Temporal } from "temporal-polyfill";
import type { ContractSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";

const on = (day: string) => contractSubject([], { at: Temporal.PlainDate.from(day) });

export const cases: readonly PolicyCase<ContractSubject>[] = [
  {
    example: { zh: "计划日期是服务期的最后一天 2026-06-19", en: "a plan for 2026-06-19, the last day of the term" },
    subject: on("2026-06-19"),
    verdict: "pass",
  },
  {
    example: { zh: "计划日期在服务期届满的次日 2026-06-20", en: "a plan for 2026-06-20, the day after the term" },
    subject: on("2026-06-20"),
    verdict: "violation",
    finds: [
      "violation contract#term.to: Contract baotou-2025 ended on 2026-06-19, before 2026-06-20; service may run on until 2026-07-31 (2.2)",
    ],
  },
  {
    example: { zh: "计划日期是继续服务期的最后一天 2026-07-31", en: "a plan for 2026-07-31, the last day of the run-on" },
    subject: on("2026-07-31"),
    verdict: "violation",
    finds: [
      "violation contract#term.to: Contract baotou-2025 ended on 2026-06-19, before 2026-07-31; service may run on until 2026-07-31 (2.2)",
    ],
  },
  {
    example: { zh: "继续服务期也过了", en: "the run-on is over too" },
    subject: on("2026-08-01"),
    verdict: "violation",
    finds: [
      "violation contract#term.to: Contract baotou-2025 ended on 2026-06-19, before 2026-08-01; the run-on is over too, since 2026-07-31, and no contract carries service after it (2.2)",
    ],
  },
];
