import { Decimal } from "decimal.js";
import { expect, test } from "vitest";
import { requireTotalWithinEstimate } from "../../../policies/price/require-total-within-estimate.ts";
import { testCases } from "../cases.ts";
import { contractSubject, onlyFinding, printed } from "../subjects.ts";
import { cases } from "./require-total-within-estimate.cases.ts";

testCases(requireTotalWithinEstimate, cases);

const forecast = (amount: string) => contractSubject([], { forecast: new Decimal(amount) });

test.each([
  { verdict: "pass", amount: "0.00", found: "pass" },
  { verdict: "pass", amount: "8699999.99", found: "pass" },
  { verdict: "pass", amount: "8700000.00", found: "pass" },
  {
    verdict: "violation",
    amount: "8700000.01",
    found: "violation contract#estimate: Cannot stay within the estimate of 8,700,000.00: the term's fee would be 8,700,000.01, 0.01 more",
  },
  {
    verdict: "violation",
    amount: "10000000.00",
    found:
      "violation contract#estimate: Cannot stay within the estimate of 8,700,000.00: the term's fee would be 10,000,000.00, 1,300,000.00 more",
  },
])("$verdict: a term's fee of $amount against the estimate of 8700000.00", ({ amount, found }) => {
  expect(printed(requireTotalWithinEstimate.check(forecast(amount)))).toEqual([found]);
});

test("The finding points at the estimate, in both languages", () => {
  expect(onlyFinding(requireTotalWithinEstimate.check(forecast("8700000.01")))).toEqual({
    kind: "violation",
    address: "contract",
    attribute: "estimate",
    at: { file: "catalog/contracts/baotou-2025.yaml", path: ["estimate"] },
    message: {
      zh: "全期费用预计 8,700,000.01 元，超出预估服务费 8,700,000.00 元 0.01 元",
      en: "Cannot stay within the estimate of 8,700,000.00: the term's fee would be 8,700,000.01, 0.01 more",
    },
  });
});
