import type { SystemSubject } from "../../../policies/policy.ts";
import { gpuServer } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM, systemSubject } from "../subjects.ts";
import { changed, removal, SHOP, withApp } from "./changed.ts";

const WITHOUT_DB = { ...SHOP, servers: SHOP.servers.filter(({ key }) => key !== "db") };
const RENAMED = { ...SHOP, servers: SHOP.servers.map((each) => (each.key === "db" ? { ...each, key: "database" } : each)) };
const ATTESTED = "三台的数据均已返还，清单编号 TC-2026-012";
const OLD = removal("app", "2025-12-01", "数据已于十一月返还，清单编号 TC-2025-003");
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
    example: { zh: "减三台，下线记录只写了一台", en: "three of four leave, and the removal is of one" },
    subject: changed(withApp({ count: 4 }), withApp({ count: 1 }, { removals: [removal("app")] })),
    verdict: "violation",
    finds: ["violation servers.app#count: Cannot remove 3 of 4 servers of app: removals attests to 1 of the 3 servers of app that leave"],
  },
  {
    example: { zh: "减三台，记录写明三台", en: "the same, with its number" },
    subject: changed(withApp({ count: 4 }), withApp({ count: 1 }, { removals: [removal("app", "2026-01-10", ATTESTED, 3)] })),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "减三台，分两条写明", en: "the same, in two removals" },
    subject: changed(
      withApp({ count: 4 }),
      withApp({ count: 1 }, { removals: [removal("app", "2026-01-10", ATTESTED, 2), removal("app")] }),
    ),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "减一台，却证明了三台", en: "one leaves, and three are attested" },
    subject: changed(SHOP, withApp({ count: 1 }, { removals: [removal("app", "2026-01-10", ATTESTED, 3)] })),
    verdict: "violation",
    finds: ["violation servers.app#count: Cannot remove 1 of 2 servers of app: removals attests to 3 of the one server of app that leaves"],
  },
  {
    example: { zh: "把以前的记录改一改再用", en: "the removal of an earlier change is edited and used again" },
    subject: changed(
      { ...SHOP, removals: [OLD] },
      withApp({ count: 1 }, { removals: [{ ...OLD, on: "2026-01-09", attestation: `${OLD.attestation}。` }] }),
    ),
    verdict: "violation",
    finds: [
      "violation servers.app#count: Cannot remove 1 of 2 servers of app: the earlier removal of app on 2025-12-01 was edited or taken out: what is recorded stays as it was written",
    ],
  },
  {
    example: { zh: "新加一条，证明照抄以前的", en: "there is a new removal, with the attestation of an earlier one" },
    subject: changed(
      { ...SHOP, removals: [OLD] },
      withApp({ count: 1 }, { removals: [OLD, { ...OLD, on: "2026-01-09", attestation: `${OLD.attestation}。` }] }),
    ),
    verdict: "violation",
    finds: [
      "violation servers.app#count: Cannot remove 1 of 2 servers of app: the attestation of app is that of an earlier removal: this one needs its own",
    ],
  },
  {
    example: { zh: "以前的记录照旧，这次另有一条", en: "the earlier removal stays, and this change has its own" },
    subject: changed({ ...SHOP, removals: [OLD] }, withApp({ count: 1 }, { removals: [OLD, removal("app")] })),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "数据库整段删掉", en: "the block of the database is gone" },
    subject: changed(SHOP, WITHOUT_DB),
    verdict: "violation",
    finds: ["violation servers#db: Cannot remove 1 of 1 server of db, on line 1 before: removals holds no attested removal of db"],
  },
  {
    example: { zh: "把 db 改名为 database", en: "db is renamed to database" },
    subject: changed(SHOP, RENAMED),
    verdict: "violation",
    finds: [
      "violation servers#db: Cannot remove 1 of 1 server of db, on line 1 before: removals holds no attested removal of db; it looks renamed to database, and a new name is a new server",
    ],
  },
  {
    example: { zh: "GPU 服务器删掉了", en: "a GPU box is gone" },
    subject: changed(WITH_GPU, SHOP),
    verdict: "violation",
    finds: [
      "violation gpuServers#train: Cannot remove 1 of 1 server of train, on line 1 before: removals holds no attested removal of train",
    ],
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
