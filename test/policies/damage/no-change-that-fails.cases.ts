import type { SystemSubject } from "../../../policies/policy.ts";
import { gpuServer } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { systemSubject } from "../subjects.ts";
import { accepts, changed, SHOP, set, withDb } from "./changed.ts";

const VOLUME = "openstack_blockstorage_volume_v3.servers_db-1_data";
const BOX = gpuServer({ key: "train", box: 3, cards: { type: 4, count: 8 } });

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: {
      zh: "数据盘从 100 GB 缩小到 50 GB（实录 volume-shrink）",
      en: "a data volume shrinks from 100 GB to 50 GB (recorded: volume-shrink)",
    },
    subject: changed(SHOP, withDb({ dataDisks: [{ key: "data", type: "sas", sizeGb: 50 }] })),
    verdict: "violation",
    finds: [
      `violation ${VOLUME}#size: Cannot apply the change, the cloud refuses it: size of volume db.data changes from 100 to 50, so it is changed in place; the cloud only enlarges a volume`,
    ],
  },
  {
    example: {
      zh: "在用的数据盘扩容，却没有开启在线扩容（实录 volume-grow-attached）",
      en: "an attached volume grows without growing online (recorded: volume-grow-attached)",
    },
    subject: changed(SHOP, SHOP, {
      before: set(VOLUME, { enable_online_resize: false }),
      after: set(VOLUME, { enable_online_resize: false, size: 200 }),
    }),
    verdict: "violation",
    finds: [
      `violation ${VOLUME}#size: Cannot apply the change, the cloud refuses it: size of volume db.data changes from 100 to 200, so it is changed in place; it is in use and does not grow online`,
    ],
  },
  {
    example: {
      zh: "换网段，写了接受也没有用（实录 subnet-cidr-change）",
      en: "another range, and accepting it does not help (recorded: subnet-cidr-change)",
    },
    subject: changed(
      { ...SHOP, subnet: "10.20.2.0/24" },
      {
        ...SHOP,
        subnet: "10.20.3.0/24",
        accepts: [accepts("re-addressed", "app"), accepts("re-addressed", "db"), accepts("fails-at-apply", "db")],
      },
    ),
    verdict: "violation",
    finds: [
      'violation openstack_networking_subnet_v2.network#cidr: Cannot apply the change, the cloud refuses it: cidr of subnet hrss--social changes from "10.20.2.0/24" to "10.20.3.0/24", so it is destroyed and made anew; ports still use it, so it cannot be deleted, and by then its router interface is gone',
    ],
  },
  {
    example: { zh: "GPU 整机换卡：裸机不能就地改配", en: "a GPU box gets other cards: a whole machine cannot be resized" },
    subject: changed({ ...SHOP, gpuServers: [BOX] }, { ...SHOP, gpuServers: [{ ...BOX, cards: { type: 5, count: 8 } }] }),
    verdict: "violation",
    finds: [
      'violation openstack_compute_instance_v2.gpu-servers_train-1#flavor_id: Cannot apply the change, the cloud refuses it: flavor_id of server train changes from "gpu3-card4x8" to "gpu3-card5x8", so it is changed in place; a whole machine is never resized',
    ],
  },
  {
    example: { zh: "数据盘在线扩容（实录 volume-grow-online）", en: "a volume grows online (recorded: volume-grow-online)" },
    subject: changed(SHOP, withDb({ dataDisks: [{ key: "data", type: "sas", sizeGb: 200 }] })),
    verdict: "pass",
    finds: [],
  },
  {
    example: {
      zh: "数据盘从 SAS 换成 SSD（实录 volume-retype-on-demand）",
      en: "a volume goes from SAS to SSD (recorded: volume-retype-on-demand)",
    },
    subject: changed(SHOP, withDb({ dataDisks: [{ key: "data", type: "ssd", sizeGb: 100 }] })),
    verdict: "pass",
  },
  {
    example: { zh: "新系统没有原状可比", en: "a new system has nothing before it" },
    subject: systemSubject(SHOP),
    verdict: "not-applicable",
  },
];
