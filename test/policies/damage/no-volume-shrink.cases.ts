import type { SystemSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { systemSubject } from "../subjects.ts";
import { changed, SHOP, set, withDb } from "./changed.ts";

const VOLUME = "openstack_blockstorage_volume_v3.servers_db-1_data";
const sized = (sizeGb: number) => withDb({ dataDisks: [{ key: "data", type: "sas", sizeGb }] });

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: {
      zh: "数据盘从 100 GB 缩小到 99 GB（实录 volume-shrink）",
      en: "a data volume shrinks from 100 GB to 99 GB (recorded: volume-shrink)",
    },
    subject: changed(SHOP, sized(99)),
    verdict: "violation",
    finds: [`violation ${VOLUME}#size: Cannot shrink the volume from 100 GB to 99 GB: wanted 100 GB or more, or migrate to a new one`],
  },
  {
    example: {
      zh: "文件存储从 80 GB 缩小到 40 GB（实录 share-shrink）",
      en: "file storage shrinks from 80 GB to 40 GB (recorded: share-shrink)",
    },
    subject: changed(SHOP, { ...SHOP, fileGb: 40 }),
    verdict: "violation",
    finds: [
      "violation openstack_sharedfilesystem_share_v2.storage#size: Cannot shrink the share from 80 GB to 40 GB: wanted 80 GB or more, or migrate to a new one",
    ],
  },
  {
    example: { zh: "数据盘扩到 200 GB（实录 volume-grow-online）", en: "it grows to 200 GB (recorded: volume-grow-online)" },
    subject: changed(SHOP, sized(200)),
    verdict: "pass",
    finds: [],
  },
  { example: { zh: "大小不变", en: "its size stays" }, subject: changed(SHOP, SHOP), verdict: "pass", finds: [] },
  {
    example: { zh: "新的大小要到执行时才知道", en: "its new size is known at apply only" },
    subject: changed(SHOP, SHOP, { after: set(VOLUME, { size: "${var.size}" }) }),
    verdict: "undetermined",
    finds: [`undetermined ${VOLUME}#size: Cannot tell whether the volume shrinks: its size is not known in the plan`],
  },
  {
    example: {
      zh: "对象存储的额度减半只是限额（实录 container-quota-and-share-grow）",
      en: "half the quota of the object storage is a limit only (recorded: container-quota-and-share-grow)",
    },
    subject: changed(SHOP, { ...SHOP, objectGb: 50, fileGb: 120 }),
    verdict: "pass",
  },
  {
    example: { zh: "新系统没有原状可比", en: "a new system has nothing before it" },
    subject: systemSubject(SHOP),
    verdict: "not-applicable",
  },
];
