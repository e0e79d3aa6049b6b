import type { Declaration } from "../../../catalog/declaration.ts";
import type { ContractSubject } from "../../../policies/policy.ts";
import { CATALOGUE, declaration, pool } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";

/** The government pool with room for 300 GB of object storage. */
const small = { ...pool("gov"), capacity: { ...pool("gov").capacity, objectGb: 300 } };
const catalogue = { ...CATALOGUE, pools: new Map([...CATALOGUE.pools, ["gov", small]]) };
const subject = (...declarations: readonly Declaration[]) => contractSubject(declarations, { catalogue });
const system = (id: string, overrides: Partial<Declaration>) => declaration({ id, ...overrides });

export const cases: readonly PolicyCase<ContractSubject>[] = [
  {
    example: {
      zh: "资源池有 300 GB 对象存储，两个系统共用 300 GB",
      en: "the pool has 300 GB of object storage and two systems use 300 GB",
    },
    subject: subject(system("hrss/social", { objectGb: 100 }), system("health/records", { objectGb: 200 })),
    verdict: "pass",
  },
  {
    example: { zh: "已下线的系统不再占用资源池", en: "a retired system takes nothing from the pool" },
    subject: subject(system("hrss/social", { objectGb: 300 }), system("health/records", { stage: "retired", objectGb: 200 })),
    verdict: "pass",
  },
  {
    example: {
      zh: "资源池有 300 GB 对象存储，两个系统共要 301 GB",
      en: "the pool has 300 GB of object storage and two systems together want 301 GB",
    },
    subject: subject(system("hrss/social", { objectGb: 100 }), system("health/records", { objectGb: 201 })),
    verdict: "violation",
    finds: [
      "violation pools.gov#capacity.objectGb: Cannot fit 301 of object storage in GB into pool gov: it has 300 (health/records uses the most)",
    ],
  },
];
