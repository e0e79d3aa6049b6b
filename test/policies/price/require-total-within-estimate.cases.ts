import { Decimal } from "decimal.js";
import type { ContractSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";

const forecast = (amount: string) => contractSubject([], { forecast: new Decimal(amount) });

export const cases: readonly PolicyCase<ContractSubject>[] = [
  {
    example: { zh: "全期费用预计正好 8,700,000.00 元", en: "the term's fee is forecast at exactly 8,700,000.00" },
    subject: forecast("8700000.00"),
    verdict: "pass",
  },
  {
    example: { zh: "全期费用预计 8,700,000.01 元，超出一分", en: "the term's fee is forecast at 8,700,000.01, a fen too much" },
    subject: forecast("8700000.01"),
    verdict: "violation",
    finds: [
      "violation contract#estimate: Cannot stay within the estimate of 8,700,000.00: the term's fee would be 8,700,000.01, 0.01 more",
    ],
  },
];
