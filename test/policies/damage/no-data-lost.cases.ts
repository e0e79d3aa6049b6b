import type { SystemSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { systemSubject } from "../subjects.ts";
import { changed, removal, SHOP, set, withApp, withDb } from "./changed.ts";

const VOLUME = "openstack_blockstorage_volume_v3.servers_db-1_data";
const WITHOUT_DB = { ...SHOP, servers: SHOP.servers.filter(({ key }) => key !== "db") };
const NO_DISK = { dataDisks: [] };
const OLD = removal("db.data", "2025-12-01");

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: {
      zh: "删掉数据盘，没有下线证明（实录 volume-remove）",
      en: "a data volume goes without an attestation (recorded: volume-remove)",
    },
    subject: changed(SHOP, withDb(NO_DISK)),
    verdict: "violation",
    finds: [`violation ${VOLUME}#: Cannot let data be lost: volume db.data is deleted; removals holds no attested removal of db.data`],
  },
  {
    example: { zh: "删掉数据盘，数据去向已写明", en: "the same with its attested removal" },
    subject: changed(SHOP, withDb(NO_DISK, { removals: [removal("db.data")] })),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "下线日期就是今天", en: "the removal is dated today" },
    subject: changed(SHOP, withDb(NO_DISK, { removals: [removal("db.data", "2026-01-15")] })),
    verdict: "pass",
  },
  {
    example: { zh: "下线日期是明天", en: "the removal is dated tomorrow" },
    subject: changed(SHOP, withDb(NO_DISK, { removals: [removal("db.data", "2026-01-16")] })),
    verdict: "violation",
    finds: [
      `violation ${VOLUME}#: Cannot let data be lost: volume db.data is deleted; the removal of db.data is dated 2026-01-16, after 2026-01-15`,
    ],
  },
  {
    example: { zh: "补记三十天前的下线", en: "the removal is dated thirty days ago" },
    subject: changed(SHOP, withDb(NO_DISK, { removals: [removal("db.data", "2025-12-16")] })),
    verdict: "pass",
  },
  {
    example: { zh: "下线日期在三十一天以前", en: "the removal is dated thirty-one days ago" },
    subject: changed(SHOP, withDb(NO_DISK, { removals: [removal("db.data", "2025-12-15")] })),
    verdict: "violation",
    finds: [
      `violation ${VOLUME}#: Cannot let data be lost: volume db.data is deleted; the removal of db.data is dated 2025-12-15, before 2025-12-16: a new one is at most 30 days past`,
    ],
  },
  {
    example: { zh: "证明只写了“无”", en: "the attestation says next to nothing" },
    subject: changed(SHOP, withDb(NO_DISK, { removals: [removal("db.data", "2026-01-10", "无")] })),
    verdict: "violation",
    finds: [
      `violation ${VOLUME}#: Cannot let data be lost: volume db.data is deleted; the attestation "无" of db.data does not say what became of the data (wanted 10 characters or more)`,
    ],
  },
  {
    example: { zh: "证明是一串横线和重复的字", en: "the attestation is the same sign over and over" },
    subject: changed(
      SHOP,
      withDb(NO_DISK, {
        removals: [removal("db.data", "2026-01-10", "----------"), removal("db.data", "2026-01-10", "啊啊啊啊啊啊啊啊啊啊啊")],
      }),
    ),
    verdict: "violation",
  },
  {
    example: { zh: "拿以前留下的下线记录来删新的数据盘", en: "an entry left by an earlier change does for no later one" },
    subject: changed({ ...SHOP, removals: [OLD] }, withDb(NO_DISK, { removals: [OLD] })),
    verdict: "violation",
    finds: [
      `violation ${VOLUME}#: Cannot let data be lost: volume db.data is deleted; the removal of db.data on 2025-12-01 was there before and belongs to an earlier change: this one needs its own`,
    ],
  },
  {
    example: { zh: "服务器写了下线，却只删它的数据盘", en: "the servers' removal does not cover a volume of servers that stay" },
    subject: changed(SHOP, withDb(NO_DISK, { removals: [removal("db")] })),
    verdict: "violation",
  },
  {
    example: { zh: "服务器少一台（实录 server-remove）", en: "there is a server less (recorded: server-remove)" },
    subject: changed(SHOP, withApp({ count: 1 })),
    verdict: "violation",
    finds: [
      "violation openstack_compute_instance_v2.servers_app-2#: Cannot let data be lost: server app is deleted; removals holds no attested removal of app",
    ],
  },
  {
    example: { zh: "整组服务器带数据盘下线，有证明", en: "servers go with their volumes, attested" },
    subject: changed(SHOP, { ...WITHOUT_DB, removals: [removal("db")] }),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "整组服务器下线，证明只写了数据盘", en: "servers go, and the attestation is of their volume only" },
    subject: changed(SHOP, { ...WITHOUT_DB, removals: [removal("db.data")] }),
    verdict: "violation",
    finds: [
      "violation openstack_compute_instance_v2.servers_db-1#: Cannot let data be lost: server db is deleted; removals holds no attested removal of db",
    ],
  },
  {
    example: { zh: "对象存储和文件存储都没了", en: "object and file storage go" },
    subject: changed(SHOP, { ...SHOP, objectGb: 0, fileGb: 0 }),
    verdict: "violation",
    finds: [
      "violation openstack_objectstorage_container_v1.storage#: Cannot let data be lost: container storage.object is deleted; removals holds no attested removal of storage.object",
      "violation openstack_sharedfilesystem_share_v2.storage#: Cannot let data be lost: share storage.file is deleted; removals holds no attested removal of storage.file",
    ],
  },
  {
    example: { zh: "两种存储都写明下线", en: "the same, both attested" },
    subject: changed(SHOP, { ...SHOP, objectGb: 0, fileGb: 0, removals: [removal("storage.object"), removal("storage.file")] }),
    verdict: "pass",
  },
  {
    example: {
      zh: "文件存储缩小，数据可能放不下（实录 share-shrink）",
      en: "file storage shrinks below what it may hold (recorded: share-shrink)",
    },
    subject: changed(SHOP, { ...SHOP, fileGb: 40 }),
    verdict: "violation",
    finds: [
      "violation openstack_sharedfilesystem_share_v2.storage#size: Cannot let data be lost: size of share storage.file changes from 80 to 40, so it is changed in place; removals holds no attested removal of storage.file",
    ],
  },
  {
    example: { zh: "项目被重建，里面的一切都没了", en: "the project is made anew, and all in it is gone" },
    subject: changed(
      SHOP,
      { ...SHOP, removals: [removal("app"), removal("db")] },
      { after: set("openstack_identity_project_v3.project", { domain_id: "d1" }) },
    ),
    verdict: "violation",
    finds: [
      'violation openstack_identity_project_v3.project#domain_id: Cannot let data be lost: domain_id of project hrss--social changes from "5a1f6d0c83b94e7f9d26c4b7e0a81352" to "d1", so it is destroyed and made anew; nothing in removals can name it',
    ],
  },
  {
    example: {
      zh: "系统下线，有自己的日期和证明（实录 retire-all）",
      en: "the system retires, with its own date and attestation (recorded: retire-all)",
    },
    subject: changed(
      { ...SHOP, stage: "exiting" },
      { ...SHOP, stage: "retired", retirement: { on: "2026-01-10", attestation: "数据已返还并清除，清单编号 TC-2026-011" } },
    ),
    verdict: "not-applicable",
  },
  {
    example: { zh: "数据盘扩容（实录 volume-grow-online）", en: "a volume grows (recorded: volume-grow-online)" },
    subject: changed(SHOP, withDb({ dataDisks: [{ key: "data", type: "sas", sizeGb: 200 }] })),
    verdict: "pass",
  },
  {
    example: { zh: "新系统没有原状可比", en: "a new system has nothing before it" },
    subject: systemSubject(SHOP),
    verdict: "not-applicable",
  },
];
