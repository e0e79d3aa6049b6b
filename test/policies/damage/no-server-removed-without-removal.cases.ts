import type { SystemSubject } from "../../../policies/policy.ts";
import { gpuServer } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM, systemSubject } from "../subjects.ts";
import { changed, removal, SHOP, withApp } from "./changed.ts";

const WITHOUT_DB = { ...SHOP, servers: SHOP.servers.filter(({ key }) => key !== "db") };
const RENAMED = { ...SHOP, servers: SHOP.servers.map((each) => (each.key === "db" ? { ...each, key: "database" } : each)) };
const WITH_GPU = { ...SHOP, gpuServers: [gpuServer()] };

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: {
      zh: "台数从 2 减到 1，没有下线记录（实录 server-remove）",
      en: "two servers become one without a removal (recorded: server-remove)",
    },
    subject: changed(SHOP, withApp({ count: 1 })),
    verdict: "violation",
    finds: ["violation servers.app#count: Cannot remove 1 of 2 servers of app: removals holds no attested removal of app"],
  },
  {
    example: { zh: "台数减少，有下线记录", en: "the same with its removal" },
    subject: changed(SHOP, withApp({ count: 1 }, { removals: [removal("app")] })),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "数据库整段删掉", en: "the block of the database is gone" },
    subject: changed(SHOP, WITHOUT_DB),
    verdict: "violation",
    finds: ["violation servers#db: Cannot remove 1 of 1 servers of db: removals holds no attested removal of db"],
  },
  {
    example: { zh: "把 db 改名为 database", en: "db is renamed to database" },
    subject: changed(SHOP, RENAMED),
    verdict: "violation",
    finds: [
      "violation servers#db: Cannot remove 1 of 1 servers of db: removals holds no attested removal of db; it looks renamed to database, and a new name is a new server",
    ],
  },
  {
    example: { zh: "GPU 服务器删掉了", en: "a GPU box is gone" },
    subject: changed(WITH_GPU, SHOP),
    verdict: "violation",
    finds: ["violation gpuServers#train: Cannot remove 1 of 1 servers of train: removals holds no attested removal of train"],
  },
  {
    example: { zh: "增加一台（实录 server-add）", en: "there is a server more (recorded: server-add)" },
    subject: changed(SHOP, withApp({ count: 3 })),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "系统下线，服务器随之撤掉", en: "the system retires, and its servers with it" },
    subject: systemSubject(
      { ...SHOP, stage: "retired", servers: [], retirement: { on: "2026-01-10", attestation: "数据已返还并清除，清单编号 TC-2026-011" } },
      { base: changed(SHOP, SHOP).base },
    ),
    verdict: "not-applicable",
  },
  {
    example: { zh: "新系统没有原状可比", en: "a new system has nothing before it" },
    subject: systemSubject(SHOP),
    verdict: "not-applicable",
  },
  { example: { zh: "平台没有服务器", en: "the platform has no servers" }, subject: PLATFORM, verdict: "not-applicable" },
];
