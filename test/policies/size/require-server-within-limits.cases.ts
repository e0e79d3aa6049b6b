import type { SystemSubject } from "../../../policies/policy.ts";
import { declaration, pool, server } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM, systemSubject } from "../subjects.ts";

/** The government pool as if its servers went from 2 cores and 4 GB to 64 cores and 512 GB. */
const limited = { ...pool("gov"), server: { smallest: { cpu: 2, memoryGb: 4 }, largest: { cpu: 64, memoryGb: 512 } } };
const servers = (overrides: Parameters<typeof server>[0]) =>
  systemSubject(declaration({ servers: [server(overrides)] }), { pool: limited });

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "平台最高 64 核、512 GB，申请正好这么大", en: "a server of 64 cores and 512 GB, the pool's largest" },
    subject: servers({ cpu: 64, memoryGb: 512 }),
    verdict: "pass",
  },
  {
    example: { zh: "100 台 64 核的云服务器：按每台算，不按总数", en: "a hundred servers of 64 cores: each one counts, not the sum" },
    subject: servers({ count: 100, cpu: 64, memoryGb: 512 }),
    verdict: "pass",
  },
  {
    example: { zh: "平台最高 64 核，申请一台 65 核", en: "a server of 65 cores where the largest has 64" },
    subject: servers({ cpu: 65, memoryGb: 4 }),
    verdict: "violation",
    finds: ["violation servers.app#cpu: Cannot provide 65 cores in one server: pool gov has 2 to 64"],
  },
  {
    example: { zh: "平台最低 4 GB，申请一台 3 GB", en: "a server of 3 GB where the smallest has 4" },
    subject: servers({ cpu: 2, memoryGb: 3 }),
    verdict: "violation",
    finds: ["violation servers.app#memoryGb: Cannot provide 3 GB in one server: pool gov has 4 to 512"],
  },
  { example: { zh: "平台没有云服务器", en: "the platform, which has no servers" }, subject: PLATFORM, verdict: "not-applicable" },
];
