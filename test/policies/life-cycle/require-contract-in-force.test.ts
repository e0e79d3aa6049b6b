import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { requireContractInForce } from "../../../policies/life-cycle/require-contract-in-force.ts";
import { CONTRACT } from "../../declared.ts";
import { testCases } from "../cases.ts";
import { contractSubject, onlyFinding, printed } from "../subjects.ts";
import { cases } from "./require-contract-in-force.cases.ts";

testCases(requireContractInForce, cases);

const on = (at: string, to?: string) =>
  contractSubject([], {
    at: Temporal.PlainDate.from(at),
    ...(to === undefined ? {} : { contract: { ...CONTRACT, to: Temporal.PlainDate.from(to) } }),
  });

test.each([
  { verdict: "pass", at: "2025-06-20" },
  { verdict: "pass", at: "2026-06-19" },
  // 30 working days after 2026-06-19, none of them a holiday
  { verdict: "violation", at: "2026-06-20" },
])("$verdict: on $at", ({ verdict, at }) => {
  expect(printed(requireContractInForce.check(on(at)))).toEqual([
    verdict === "pass"
      ? "pass"
      : `violation contract#term.to: Contract baotou-2025 ended on 2026-06-19, before ${at}; service may run on until 2026-07-31 (2.2)`,
  ]);
});

test("A run-on that reaches into a year without a published calendar is unknown, and said to be", () => {
  expect(onlyFinding(requireContractInForce.check(on("2026-12-31", "2026-12-30"))).message.en).toBe(
    "Contract baotou-2025 ended on 2026-12-30, before 2026-12-31; the end of the run-on is unknown: the calendar of 2027 is not published (2.2)",
  );
});

test("The finding points at the end of the term, in both languages, and only warns", () => {
  expect(requireContractInForce.level).toBe("advisory");
  expect(onlyFinding(requireContractInForce.check(on("2026-06-20")))).toEqual({
    kind: "violation",
    address: "contract",
    attribute: "term.to",
    at: { file: "catalog/contracts/baotou-2025.yaml", path: ["term", "to"] },
    message: {
      zh: "2026-06-20 在合同 baotou-2025 的服务期（至 2026-06-19）之后；最多继续服务到 2026-07-31（2.2）",
      en: "Contract baotou-2025 ended on 2026-06-19, before 2026-06-20; service may run on until 2026-07-31 (2.2)",
    },
  });
});
