import type { SystemSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { systemSubject } from "../subjects.ts";
import { accepts, changed, drop, edited, SHOP, set, withDb } from "./changed.ts";

const IMAGE = { image: "openeuler-22.03-sp4" };
const REBUILD = 'image of server db changes from "rocky-9" to "openeuler-22.03-sp4"';
const DB = "openstack_compute_instance_v2.servers_db-1";

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: {
      zh: "数据库换操作系统镜像，没有声明接受（实录 boot-volume-image-change）",
      en: "the database gets another system image and nobody accepted that (recorded: boot-volume-image-change)",
    },
    subject: changed(SHOP, withDb(IMAGE)),
    verdict: "violation",
    finds: [
      `violation ${DB}#block_device.uuid: Cannot let the server lose its root disk: ${REBUILD}, so it is destroyed and made anew; accepts holds no root-disk-lost of db`,
    ],
  },
  {
    example: { zh: "同样换镜像，已写明接受，今天是有效期最后一天", en: "the same, accepted, on the last day that this holds" },
    subject: changed(SHOP, withDb(IMAGE, { accepts: [accepts("root-disk-lost", "db", "2026-01-15")] })),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "同样换镜像，接受已于昨天到期", en: "the same, accepted until yesterday" },
    subject: changed(SHOP, withDb(IMAGE, { accepts: [accepts("root-disk-lost", "db", "2026-01-14")] })),
    verdict: "violation",
    finds: [
      `violation ${DB}#block_device.uuid: Cannot let the server lose its root disk: ${REBUILD}, so it is destroyed and made anew; accepts held root-disk-lost of db until 2026-01-14 only, and it is 2026-01-15`,
    ],
  },
  {
    example: { zh: "接受写到 9999 年：以后每次变更都算数", en: "the same, accepted for ever" },
    subject: changed(SHOP, withDb(IMAGE, { accepts: [accepts("root-disk-lost", "db", "9999-12-31")] })),
    verdict: "violation",
    finds: [
      `violation ${DB}#block_device.uuid: Cannot let the server lose its root disk: ${REBUILD}, so it is destroyed and made anew; accepts holds root-disk-lost of db until 9999-12-31, which counts for nothing: wanted 2026-04-15 or earlier, 90 days ahead at most`,
    ],
  },
  {
    example: { zh: "接受写到最晚的一天", en: "the same, accepted for as long as it may be" },
    subject: changed(SHOP, withDb(IMAGE, { accepts: [accepts("root-disk-lost", "db", "2026-04-15")] })),
    verdict: "pass",
  },
  {
    example: { zh: "接受是以前的变更留下的", en: "it was accepted for an earlier change" },
    subject: changed(
      { ...SHOP, accepts: [accepts("root-disk-lost", "db")] },
      edited(withDb(IMAGE, { accepts: [accepts("root-disk-lost", "db")] })),
    ),
    verdict: "violation",
    finds: [
      `violation ${DB}#block_device.uuid: Cannot let the server lose its root disk: ${REBUILD}, so it is destroyed and made anew; the accepted root-disk-lost of db until 2026-01-31 was there before and belongs to an earlier change`,
    ],
  },
  {
    example: { zh: "为这次变更续写了接受", en: "what was accepted before is accepted anew for this change" },
    subject: changed(
      { ...SHOP, accepts: [accepts("root-disk-lost", "db")] },
      edited(withDb(IMAGE, { accepts: [accepts("root-disk-lost", "db", "2026-02-28")] })),
    ),
    verdict: "pass",
  },
  {
    example: {
      zh: "声明没有改，影响来自目录：先前的接受算数",
      en: "the declaration stays as it is and the change comes of the catalogue: what it accepts holds",
    },
    subject: changed(
      { ...SHOP, accepts: [accepts("root-disk-lost", "db")] },
      { ...SHOP, accepts: [accepts("root-disk-lost", "db")] },
      {
        after: set(DB, { user_data: "#cloud-config" }),
      },
    ),
    verdict: "pass",
  },
  {
    example: { zh: "接受写在别的服务器上，或只接受了重启", en: "what is accepted is of other servers, or a restart only" },
    subject: changed(SHOP, withDb(IMAGE, { accepts: [accepts("root-disk-lost", "app"), accepts("reboot", "db")] })),
    verdict: "violation",
  },
  {
    example: { zh: "系统盘从 60 GB 加大到 80 GB，也要重建", en: "the boot disk grows from 60 GB to 80 GB, which makes the server anew" },
    subject: changed(SHOP, withDb({ systemDisk: { type: "ssd", sizeGb: 80 } })),
    verdict: "violation",
    finds: [
      `violation ${DB}#block_device.volume_size: Cannot let the server lose its root disk: block_device.volume_size of server db changes from 60 to 80, so it is destroyed and made anew; accepts holds no root-disk-lost of db`,
    ],
  },
  {
    example: {
      zh: "带本地盘的服务器换镜像：计划写“就地修改”，实际重装（实录 image-id-change）",
      en: "another image on a local disk: planned as an update, done as a rebuild (recorded: image-id-change)",
    },
    subject: changed(SHOP, SHOP, {
      before: set(DB, { block_device: [], image_id: "image-a" }),
      after: set(DB, { block_device: [], image_id: "image-b" }),
    }),
    verdict: "violation",
    finds: [
      `violation ${DB}#image_id: Cannot let the server lose its root disk: image_id of server db changes from "image-a" to "image-b", so it is changed in place; accepts holds no root-disk-lost of db`,
    ],
  },
  {
    example: { zh: "改了启动脚本（实录 user-data-change）", en: "its start script changes (recorded: user-data-change)" },
    subject: changed(SHOP, SHOP, { after: set(DB, { user_data: "#cloud-config" }) }),
    verdict: "violation",
    finds: [
      `violation ${DB}#user_data: Cannot let the server lose its root disk: user_data of server db changes from none to "#cloud-config", so it is destroyed and made anew; accepts holds no root-disk-lost of db`,
    ],
  },
  {
    example: { zh: "改了密钥对（实录 key-pair-change）", en: "its key pair changes (recorded: key-pair-change)" },
    subject: changed(SHOP, SHOP, { after: set(DB, { key_pair: "other" }) }),
    verdict: "violation",
  },
  {
    example: {
      zh: "增加 CPU 核数只重启，不丢盘（实录 flavor-resize）",
      en: "more cores restart the server and keep its disk (recorded: flavor-resize)",
    },
    subject: changed(SHOP, withDb({ cpu: 8 })),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "只改服务器的名字（实录 server-rename）", en: "the server's name changes only (recorded: server-rename)" },
    subject: changed(SHOP, SHOP, { after: set(DB, { name: "shop-db" }) }),
    verdict: "pass",
  },
  {
    example: { zh: "删掉服务器是另一条策略的事", en: "a server that is deleted is for another policy" },
    subject: changed(SHOP, SHOP, {
      after: drop(
        DB,
        "openstack_compute_volume_attach_v2.servers_db-1_data",
        "openstack_networking_port_v2.servers_db-1",
        "openstack_blockstorage_volume_v3.servers_db-1_data",
      ),
    }),
    verdict: "pass",
  },
  {
    example: { zh: "新系统没有原状可比", en: "a new system has nothing before it" },
    subject: systemSubject(SHOP),
    verdict: "not-applicable",
  },
];
