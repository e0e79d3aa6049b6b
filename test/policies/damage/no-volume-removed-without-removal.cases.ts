import type { SystemSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM, systemSubject } from "../subjects.ts";
import { changed, removal, SHOP, withDb } from "./changed.ts";

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: {
      zh: "数据盘删掉，服务器还在（实录 volume-remove）",
      en: "a data volume goes and its server stays (recorded: volume-remove)",
    },
    subject: changed(SHOP, withDb({ dataDisks: [] })),
    verdict: "violation",
    finds: [
      "violation servers.db.dataDisks#data: Cannot remove data volume data of db (100 GB), on line 1 before: removals holds no attested removal of db.data",
    ],
  },
  {
    example: { zh: "数据盘改名，等于删旧建新", en: "a volume is renamed: the old one goes" },
    subject: changed(SHOP, withDb({ dataDisks: [{ key: "archive", type: "sas", sizeGb: 100 }] })),
    verdict: "violation",
    finds: [
      "violation servers.db.dataDisks#data: Cannot remove data volume data of db (100 GB), on line 1 before: removals holds no attested removal of db.data",
    ],
  },
  {
    example: { zh: "数据盘删掉，数据去向已写明", en: "a volume goes with its attested removal" },
    subject: changed(SHOP, withDb({ dataDisks: [] }, { removals: [removal("db.data")] })),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "不再要对象存储和文件存储", en: "object and file storage are no longer declared" },
    subject: changed(SHOP, { ...SHOP, objectGb: 0, fileGb: 0, removals: [removal("storage.object")] }),
    verdict: "violation",
    finds: [
      "violation storage#fileGb: Cannot remove the file storage (80 GB), on line 1 before: removals holds no attested removal of storage.file",
    ],
  },
  {
    example: { zh: "服务器和数据盘一起没了，由服务器那一条去问", en: "servers go with their volumes: another policy asks for that" },
    subject: changed(SHOP, { ...SHOP, servers: SHOP.servers.filter(({ key }) => key !== "db") }),
    verdict: "pass",
  },
  {
    example: { zh: "多加一块数据盘", en: "a volume is added" },
    subject: changed(
      SHOP,
      withDb({
        dataDisks: [
          { key: "archive", type: "sas", sizeGb: 100 },
          { key: "data", type: "sas", sizeGb: 100 },
        ],
      }),
    ),
    verdict: "pass",
  },
  {
    example: { zh: "系统下线", en: "the system retires" },
    subject: systemSubject({ ...withDb({ dataDisks: [] }), stage: "retired" }, { base: changed(SHOP, SHOP).base }),
    verdict: "not-applicable",
  },
  {
    example: { zh: "新系统没有原状可比", en: "a new system has nothing before it" },
    subject: systemSubject(SHOP),
    verdict: "not-applicable",
  },
  { example: { zh: "平台没有数据盘", en: "the platform has no volumes" }, subject: PLATFORM, verdict: "not-applicable" },
];
