import type { SystemSubject } from "../../../policies/policy.ts";
import { declaration, server } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM, systemSubject } from "../subjects.ts";

const NONE = "violation hrss/social#backupGb: Cannot run at level 3 (mlps: 3) without backup space: wanted backupGb above 0";

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "三级系统，有备份空间", en: "a level-3 system with backup space" },
    subject: systemSubject(declaration({ mlps: 3, servers: [server()], backupGb: 500 })),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "三级系统有服务器，没有备份空间", en: "a level-3 system with servers and no backup" },
    subject: systemSubject(declaration({ mlps: 3, servers: [server()] })),
    verdict: "violation",
    finds: [NONE],
  },
  {
    example: { zh: "三级系统只有文件存储，也要备份", en: "a level-3 system with file storage alone, which needs it too" },
    subject: systemSubject(declaration({ mlps: 3, fileGb: 100 })),
    verdict: "violation",
    finds: [NONE],
  },
  {
    example: { zh: "三级系统只有机柜，平台上没有数据", en: "a level-3 system of racks alone, with no data on the platform" },
    subject: systemSubject(declaration({ mlps: 3, cabinets: ["B03"] })),
    verdict: "not-applicable",
  },
  {
    example: { zh: "二级系统没有备份", en: "a level-2 system without backup" },
    subject: systemSubject(declaration({ servers: [server()] })),
    verdict: "not-applicable",
  },
  {
    example: { zh: "已下线的三级系统", en: "a retired level-3 system" },
    subject: systemSubject(declaration({ mlps: 3, stage: "retired", servers: [server()] })),
    verdict: "not-applicable",
  },
  { example: { zh: "平台", en: "the platform" }, subject: PLATFORM, verdict: "not-applicable" },
];
