import { Temporal } from "temporal-polyfill";
import type { ContractSubject } from "../../../policies/policy.ts";
import { CONTRACT, declaration } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";
import { staged } from "./staged.ts";

const social = declaration();
const on = (at: string, declarations = [social], to = "2026-06-19") =>
  contractSubject(declarations, { at: Temporal.PlainDate.from(at), contract: { ...CONTRACT, to: Temporal.PlainDate.from(to) } });

export const cases: readonly PolicyCase<ContractSubject>[] = [
  { example: { zh: "服务期最后一天", en: "the last day of the term" }, subject: on("2026-06-19"), verdict: "pass" },
  {
    example: { zh: "继续服务的第 30 个工作日", en: "the thirtieth working day of the run-on" },
    subject: on("2026-07-31"),
    verdict: "pass",
  },
  {
    example: { zh: "继续服务期满第二天，还有系统在提供服务", en: "the day after the run-on, with a system still provided" },
    subject: on("2026-08-01"),
    verdict: "violation",
    finds: [
      "violation contract#runOnWorkingDays: Expect no service after 2026-07-31, when the run-on of contract baotou-2025 ended (30 working days, 2.2); on 2026-08-01 systems still provided are 1",
    ],
  },
  {
    example: { zh: "继续服务期满，系统都已下线", en: "the run-on has ended, and every system is retired" },
    subject: on("2026-08-01", [staged("retired")]),
    verdict: "pass",
  },
  {
    example: { zh: "继续服务跨入工作日历未公布的年份", en: "the run-on reaches into a year without a published calendar" },
    subject: on("2026-12-31", [social], "2026-12-30"),
    verdict: "undetermined",
    finds: [
      "undetermined contract#runOnWorkingDays: Cannot tell when the run-on of contract baotou-2025 ends: the calendar of 2027 is not published, and systems still provided are 1",
    ],
  },
];
