import type { SystemSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { systemSubject } from "../subjects.ts";
import { accepts, changed, removal, SHOP, set, withDb } from "./changed.ts";

const DB = "openstack_compute_instance_v2.servers_db-1";
const PORT = "openstack_networking_port_v2.servers_db-1";
const VOLUME = "openstack_blockstorage_volume_v3.servers_db-1_data";
const NEW_VOLUME = { after: set(VOLUME, { snapshot_id: "s-1" }) };
const NEW_MAC = { after: set(PORT, { mac_address: "fa:16:3e:00:00:01" }) };

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: {
      zh: "改启动脚本使服务器重建（实录 user-data-change）",
      en: "another start script makes the server anew (recorded: user-data-change)",
    },
    subject: changed(SHOP, SHOP, { after: set(DB, { user_data: "#cloud-config" }) }),
    verdict: "violation",
    finds: [
      `violation ${DB}#user_data: Cannot replace the server: user_data of server db changes from none to "#cloud-config", so it is destroyed and made anew; accepts holds no root-disk-lost of db`,
    ],
  },
  {
    example: { zh: "换镜像重建，已接受丢失系统盘", en: "another image, with the root disk's loss accepted" },
    subject: changed(SHOP, withDb({ image: "openeuler-22.03-sp4" }, { accepts: [accepts("root-disk-lost", "db")] })),
    verdict: "pass",
    finds: [],
  },
  {
    example: {
      zh: "换 MAC 重建网卡和服务器，只接受了换地址（实录 port-mac-change）",
      en: "another MAC makes port and server anew, only the address was accepted (recorded: port-mac-change)",
    },
    subject: changed(SHOP, { ...SHOP, accepts: [accepts("re-addressed", "db")] }, NEW_MAC),
    verdict: "violation",
    finds: [
      `violation ${DB}#network.port: Cannot replace the server: what network.port of server db refers to changes, so it is destroyed and made anew; accepts holds no root-disk-lost of db`,
    ],
  },
  {
    example: { zh: "数据盘由快照重建，没有下线证明", en: "a data volume is made anew from a snapshot, without an attestation" },
    subject: changed(SHOP, SHOP, NEW_VOLUME),
    verdict: "violation",
    finds: [
      `violation ${VOLUME}#snapshot_id: Cannot replace the data volume: snapshot_id of volume db.data changes from none to "s-1", so it is destroyed and made anew; removals holds no attested removal of db.data`,
    ],
  },
  {
    example: { zh: "数据盘重建，已写明旧盘数据去向", en: "the same, with the attested removal of the old one" },
    subject: changed(SHOP, { ...SHOP, removals: [removal("db.data")] }, NEW_VOLUME),
    verdict: "pass",
  },
  {
    example: { zh: "文件存储换协议，要重建", en: "file storage of another protocol is made anew" },
    subject: changed(SHOP, SHOP, { after: set("openstack_sharedfilesystem_share_v2.storage", { share_proto: "CIFS" }) }),
    verdict: "violation",
    finds: [
      'violation openstack_sharedfilesystem_share_v2.storage#share_proto: Cannot replace the share: share_proto of share storage.file changes from "NFS" to "CIFS", so it is destroyed and made anew; removals holds no attested removal of storage.file',
    ],
  },
  {
    example: { zh: "对象存储换存储策略，要重建", en: "a container of another storage policy is made anew" },
    subject: changed(SHOP, SHOP, { after: set("openstack_objectstorage_container_v1.storage", { storage_policy: "other" }) }),
    verdict: "violation",
  },
  {
    example: { zh: "换网段使子网重建，任何接受都不管用", en: "another range makes the subnet anew, which nothing can accept" },
    subject: changed(
      { ...SHOP, subnet: "10.20.2.0/24" },
      { ...SHOP, subnet: "10.20.3.0/24", accepts: [accepts("outage", "app"), accepts("outage", "db")] },
    ),
    verdict: "violation",
    finds: [
      'violation openstack_networking_subnet_v2.network#cidr: Cannot replace the subnet: cidr of subnet hrss--social changes from "10.20.2.0/24" to "10.20.3.0/24", so it is destroyed and made anew; ports still use it, so it cannot be deleted, and by then its router interface is gone; nothing can accept that',
    ],
  },
  {
    example: {
      zh: "安全组规则只改说明，重建也无妨（实录 security-group-rule-description-change）",
      en: "a rule's description makes the rule anew, which harms nothing (recorded: security-group-rule-description-change)",
    },
    subject: changed(SHOP, SHOP, {
      after: set("openstack_networking_secgroup_rule_v2.security-groups_app_in-tcp-443-0-0-0-0-0", { description: "https" }),
    }),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "新系统没有原状可比", en: "a new system has nothing before it" },
    subject: systemSubject(SHOP),
    verdict: "not-applicable",
  },
];
