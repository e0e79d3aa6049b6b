import type { Declaration } from "../../../catalog/declaration.ts";
import type { ContractSubject } from "../../../policies/policy.ts";
import { declaration } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";

const device = (rack: string, unit: number, powerW: number) => ({ rack, from: unit, to: unit, powerW });
const system = (id: string, overrides: Partial<Declaration>) => declaration({ id, ...overrides });

export const cases: readonly PolicyCase<ContractSubject>[] = [
  {
    example: { zh: "额定 4000 W 的机柜里放 2500 W 和 1500 W 的设备", en: "devices of 2500 W and 1500 W in a rack rated for 4000 W" },
    subject: contractSubject([system("hrss/social", { rackUnits: [device("A01", 1, 2500), device("A01", 2, 1500)] })]),
    verdict: "pass",
  },
  {
    example: { zh: "7000 W 的设备放进大功率机柜", en: "a device of 7000 W in a high-power rack" },
    subject: contractSubject([system("hrss/social", { rackUnits: [device("H01", 1, 7000)] })]),
    verdict: "pass",
  },
  {
    example: {
      zh: "额定 4000 W 的机柜已用满，另一个系统再放 500 W 的设备",
      en: "another system adds a device of 500 W to a rack of 4000 W that is used up",
    },
    subject: contractSubject([
      system("hrss/social", { rackUnits: [device("A01", 1, 4000)] }),
      system("health/records", { rackUnits: [device("A01", 2, 500)] }),
    ]),
    verdict: "violation",
    finds: ["violation colocation.rackUnits.0#powerW: Cannot draw 4500 W from rack A01: it is rated for 4000 W"],
  },
];
