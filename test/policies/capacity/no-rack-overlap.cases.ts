import type { Declaration } from "../../../catalog/declaration.ts";
import type { ContractSubject } from "../../../policies/policy.ts";
import { declaration } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";

const units = (rack: string, from: number, to: number) => ({ rack, from, to, powerW: 100 });
const system = (id: string, overrides: Partial<Declaration>) => declaration({ id, ...overrides });

export const cases: readonly PolicyCase<ContractSubject>[] = [
  {
    example: {
      zh: "两个系统在机柜 A01 里一个用 1-4U，一个用 5-8U",
      en: "two systems side by side in rack A01, one in U 1-4, one in U 5-8",
    },
    subject: contractSubject([
      system("hrss/social", { rackUnits: [units("A01", 1, 4)] }),
      system("health/records", { rackUnits: [units("A01", 5, 8)] }),
    ]),
    verdict: "pass",
  },
  {
    example: { zh: "已下线的系统让出的机位由别的系统使用", en: "another system takes the units that a retired one had" },
    subject: contractSubject([
      system("hrss/social", { stage: "retired", rackUnits: [units("A01", 1, 4)] }),
      system("health/records", { rackUnits: [units("A01", 1, 4)] }),
    ]),
    verdict: "pass",
  },
  {
    example: { zh: "两个系统都申请了机柜 A01 的第 4U", en: "two systems both ask for U 4 of rack A01" },
    subject: contractSubject([
      system("hrss/social", { rackUnits: [units("A01", 1, 4)] }),
      system("health/records", { rackUnits: [units("A01", 4, 6)] }),
    ]),
    verdict: "violation",
    finds: ["violation colocation.rackUnits#0: Cannot use U 4-6 of rack A01: hrss/social has U 1-4"],
  },
  {
    example: { zh: "整租的机柜 B01 里，别的系统还占着第 42U", en: "rack B01 is taken whole while another system has its U 42" },
    subject: contractSubject([
      system("hrss/social", { rackUnits: [units("B01", 42, 42)] }),
      system("health/records", { cabinets: ["B01"] }),
    ]),
    verdict: "violation",
    finds: ["violation colocation.cabinets#0: Cannot use U 1-42 of rack B01: hrss/social has U 42-42"],
  },
];
