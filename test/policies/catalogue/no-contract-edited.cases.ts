import type { ContractSubject } from "../../../policies/policy.ts";
import { withReplaced } from "../../tree.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";
import { request } from "./edited.ts";

const FILE = "catalog/contracts/baotou-2025.yaml";
const ANNEX = "catalog/annex-1.yaml";
const contract = (passage: string, replacement: string) => request(withReplaced(FILE, passage, replacement));
const annex = (passage: string, replacement: string) => request(withReplaced(ANNEX, passage, replacement, "first"));
const amends = "only a written supplement signed by both parties amends the contract";

const words = (path: string) => withReplaced(path, "\n", "\n", "first")[path] ?? "";
/** A contract that follows the sample's, with its price book. */
const renewal = {
  "catalog/contracts/baotou-2026.yaml": words(FILE)
    .replace("id: baotou-2025", "id: baotou-2026")
    .replace("{ from: 2025-06-20, to: 2026-06-19 }", "{ from: 2026-06-20, to: 2027-06-19 }"),
  "catalog/price-books/2026-06-20.yaml": words("catalog/price-books/2025-06-20.yaml")
    .replace("contract: baotou-2025", "contract: baotou-2026")
    .replace("from: 2025-06-20", "from: 2026-06-20"),
  ...withReplaced("catalog/price-books/2025-06-20.yaml", "from: 2025-06-20\n", "from: 2025-06-20\nto: 2026-06-19\n"),
};

export const cases: readonly PolicyCase<ContractSubject>[] = [
  { example: { zh: "合同没有动", en: "a contract that nobody touched" }, subject: request({}), verdict: "pass" },
  {
    example: { zh: "只改注释", en: "a comment is changed" },
    subject: contract("# 5.1.6：4条1G电路，每条120元/年", "# 5.1.6"),
    verdict: "pass",
  },
  {
    example: { zh: "把系数改成一半", en: "the factor of the fee is halved" },
    subject: contract('factor: "0.9999"', 'factor: "0.5"'),
    verdict: "violation",
    finds: [`violation ${FILE}#factor: Cannot change the factor of the monthly fee (clause 7.1.1) from 0.9999 to 0.5: ${amends}`],
  },
  {
    example: { zh: "提高预估服务费，让超出的申请通过", en: "the estimate is raised, so that a request above it passes" },
    subject: contract("8700000.00", "99900000.00"),
    verdict: "violation",
    finds: [`violation ${FILE}#estimate: Cannot change the estimate (clause 7) from 8700000.00 to 99900000.00: ${amends}`],
  },
  {
    example: { zh: "延长服务期", en: "the term is made longer" },
    subject: contract("to: 2026-06-19", "to: 2027-06-19"),
    verdict: "violation",
    finds: [`violation ${FILE}/term#to: Cannot change the term of service (clause 2.1) from 2026-06-19 to 2027-06-19: ${amends}`],
  },
  {
    example: { zh: "试用改为十二个月不计费", en: "a trial of twelve months that are not billed" },
    subject: contract("trialMonths: 1", "trialMonths: 12"),
    verdict: "violation",
    finds: [`violation ${FILE}#trialMonths: Cannot change the trial that is not billed (clause 5.1.2) from 1 to 12: ${amends}`],
  },
  {
    example: { zh: "改税率", en: "another VAT rate" },
    subject: contract('vatRate: "0.06"', 'vatRate: "0.01"'),
    verdict: "violation",
    finds: [`violation ${FILE}#vatRate: Cannot change the VAT rate (clause 7) from 0.06 to 0.01: ${amends}`],
  },
  {
    example: { zh: "改第一次付款的金额", en: "another first payment" },
    subject: contract("1000000.00", "9000000.00"),
    verdict: "violation",
    finds: [`violation ${FILE}/payments/first#amount: Cannot change the payments (clause 7.2.1) from 1000000.00 to 9000000.00: ${amends}`],
  },
  {
    example: { zh: "提高第1项的单位限价", en: "the ceiling of line 1 is raised" },
    subject: annex('ceiling: "21.60"', 'ceiling: "9921.60"'),
    verdict: "violation",
    finds: [`violation ${ANNEX}/items/1#ceiling: Cannot change a price ceiling (Annex 1) from 21.60 to 9921.60: ${amends}`],
  },
  {
    example: { zh: "把计量单位从核改为GB", en: "the unit of line 1 becomes GB" },
    subject: annex("unit: { zh: 核, en: core }", "unit: { zh: 核, en: GB }"),
    verdict: "violation",
    finds: [`violation ${ANNEX}/items/1/unit#en: Cannot change the unit that is priced (Annex 1) from core to GB: ${amends}`],
  },
  {
    example: { zh: "自带一份以后才生效的合同", en: "a contract that is not in force yet" },
    subject: request(renewal),
    verdict: "violation",
    finds: [
      "violation catalog/contracts/baotou-2026.yaml#term.from: Cannot take in contract baotou-2026, in force from 2026-06-20: this very request brings it, and a contract is what both parties signed",
    ],
  },
  {
    example: { zh: "带来一份已经生效的合同，用来判断自己", en: "a contract already in force, by which the request would be judged" },
    subject: request(renewal, [], "2026-07-01"),
    verdict: "violation",
    finds: [
      "violation catalog/contracts/baotou-2026.yaml#term.from: Cannot take in contract baotou-2026, in force from 2026-06-20: this very request brings it, and a contract is what both parties signed",
    ],
  },
  {
    example: { zh: "没有比较的基准", en: "nothing to compare with" },
    subject: contractSubject(),
    verdict: "not-applicable",
  },
];
