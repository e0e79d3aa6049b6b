import type { SystemSubject } from "../../../policies/policy.ts";
import { server } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { request, staged } from "./staged.ts";

const db = server({ key: "db", dataDisks: [{ key: "data", type: "sas", sizeGb: 100 }] });
const before = staged("exiting", { servers: [db] });

export const cases: readonly PolicyCase<SystemSubject>[] = [
  { example: { zh: "退出中什么也不加", en: "nothing is added while exiting" }, subject: request(before, before), verdict: "pass" },
  {
    example: { zh: "退出中减少存储", en: "storage is handed back while exiting" },
    subject: request(before, { ...before, objectGb: 10 }),
    verdict: "pass",
  },
  {
    example: { zh: "退出中加大对象存储", en: "object storage grows while exiting" },
    subject: request(before, { ...before, objectGb: 101 }),
    verdict: "violation",
    finds: ["violation storage#objectGb: Cannot grow while exiting: line 16 Object storage goes from 100 to 101"],
  },
  {
    example: { zh: "退出中多要一台服务器", en: "a server is added while exiting" },
    subject: request(before, { ...before, servers: [{ ...db, count: 2 }] }),
    verdict: "violation",
    finds: [
      "violation servers#db: Cannot grow while exiting: line 1 Elastic cloud server (general), CPU goes from 4 to 8",
      "violation servers#db: Cannot grow while exiting: line 2 Elastic cloud server (general), memory goes from 8 to 16",
      "violation servers.db#systemDisk: Cannot grow while exiting: line 15 SSD block storage goes from 60 to 120",
      "violation servers.db.dataDisks#data: Cannot grow while exiting: line 14 SAS block storage goes from 100 to 200",
    ],
  },
  {
    example: {
      zh: "核数和内存在两组之间挪动，总数不变，但多出一块 SAS 盘",
      en: "cores and memory move from one group to another at the same sum, but a SAS disk is added",
    },
    subject: request(
      staged("exiting", { servers: [server({ key: "app", cpu: 8, memoryGb: 8 })] }),
      staged("exiting", {
        servers: [server({ key: "app", memoryGb: 4 }), server({ key: "web", memoryGb: 4, systemDisk: { type: "sas", sizeGb: 1 } })],
      }),
    ),
    verdict: "violation",
    finds: ["violation servers.web#systemDisk: Cannot grow while exiting: line 14 SAS block storage goes from 0 to 1"],
  },
  {
    example: { zh: "等保升到三级", en: "the MLPS level rises to 3" },
    subject: request(before, { ...before, mlps: 3 }),
    verdict: "violation",
    finds: ["violation hrss/social#mlps: Cannot grow while exiting: line 23 MLPS level 3 components goes from 0 to 1"],
  },
  {
    example: { zh: "这次才开始退出，同时却增加", en: "it begins to exit with this change, and grows in it" },
    subject: request(staged("production"), { ...before, objectGb: 200 }),
    verdict: "violation",
  },
  {
    example: { zh: "取消退出后增加", en: "it grows once the exit is called off" },
    subject: request(before, staged("production", { servers: [{ ...db, count: 2 }] })),
    verdict: "not-applicable",
  },
  {
    example: { zh: "系统在运行", en: "a system in production" },
    subject: request(staged("production"), staged("production")),
    verdict: "not-applicable",
  },
];
