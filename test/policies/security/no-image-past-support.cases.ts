import { Decimal } from "decimal.js";
import { Temporal } from "temporal-polyfill";
import type { Declaration } from "../../../catalog/declaration.ts";
import type { SystemSubject } from "../../../policies/policy.ts";
import { declaration, gpuServer, server } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM, systemSubject } from "../subjects.ts";

// The catalogue's openEuler is supported until 2028-03-31.
const servers = [server({ image: "openeuler-22.03-sp4" })];
const on = (day: string, declared: Declaration, base?: Declaration) =>
  systemSubject(declared, {
    at: Temporal.PlainDate.from(day),
    base: base === undefined ? undefined : { declaration: base, resources: [], monthly: new Decimal(1) },
  });
const OVER =
  "violation servers.app#image: Cannot start servers from image openeuler-22.03-sp4: its support ended on 2028-03-31, before 2028-04-01";

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "维护期的最后一天", en: "the last day of support" },
    subject: on("2028-03-31", declaration({ servers })),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "新系统用的镜像昨天停止维护", en: "a new system from an image whose support ended yesterday" },
    subject: on("2028-04-01", declaration({ servers })),
    verdict: "violation",
    finds: [OVER],
  },
  {
    example: { zh: "原有服务器一点没动", en: "servers that stand as they stood" },
    subject: on("2028-04-01", declaration({ servers, backupGb: 9 }), declaration({ servers })),
    verdict: "not-applicable",
    finds: [],
  },
  {
    example: { zh: "给原有服务器再加一台，新的一台不该用旧镜像", en: "one more server beside those that stood" },
    subject: on("2028-04-01", declaration({ servers: [server({ image: "openeuler-22.03-sp4", count: 2 })] }), declaration({ servers })),
    verdict: "violation",
    finds: [OVER],
  },
  {
    example: { zh: "原来在下线状态，现在重新启用", en: "servers of a system that was retired and comes back" },
    subject: on("2028-04-01", declaration({ servers }), declaration({ servers, stage: "retired" })),
    verdict: "violation",
    finds: [OVER],
  },
  {
    example: { zh: "GPU 服务器的镜像过了维护期", en: "a GPU box from an image past its support" },
    subject: on("2032-11-01", declaration({ gpuServers: [gpuServer()] })),
    verdict: "violation",
    finds: [
      "violation gpuServers.train#image: Cannot start servers from image kylin-v10-sp3: its support ended on 2032-10-31, before 2032-11-01",
    ],
  },
  {
    example: { zh: "目录里没有的镜像", en: "an image that the catalogue does not have" },
    subject: on("2026-01-15", declaration({ servers: [server({ image: "windows-95" })] })),
    verdict: "undetermined",
    finds: ["undetermined servers.app#image: Cannot tell until when image windows-95 is supported: the catalogue has no such image"],
  },
  { example: { zh: "平台", en: "the platform" }, subject: PLATFORM, verdict: "not-applicable" },
];
