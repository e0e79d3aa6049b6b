import type { SystemSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { systemSubject } from "../subjects.ts";
import { accepts, changed, SHOP, set, setBlock, withApp, withDb } from "./changed.ts";

const PORT = "openstack_networking_port_v2.servers_db-1";
const MOVED = { after: setBlock(PORT, "fixed_ip", { ip_address: "10.20.3.9" }) };

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: {
      zh: "数据库换了内网地址（实录 port-fixed-ip-change）",
      en: "the database gets another address (recorded: port-fixed-ip-change)",
    },
    subject: changed(SHOP, SHOP, MOVED),
    verdict: "violation",
    finds: [
      `violation ${PORT}#fixed_ip.ip_address: Cannot let an address change: fixed_ip.ip_address of port db changes from none to "10.20.3.9", so it is changed in place; accepts holds no re-addressed of db`,
    ],
  },
  {
    example: { zh: "换地址并写明接受", en: "the same, accepted" },
    subject: changed(SHOP, { ...SHOP, accepts: [accepts("re-addressed", "db")] }, MOVED),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "网卡换了 MAC（实录 port-mac-change）", en: "its port gets another MAC address (recorded: port-mac-change)" },
    subject: changed(SHOP, SHOP, { after: set(PORT, { mac_address: "fa:16:3e:00:00:01" }) }),
    verdict: "violation",
    finds: [
      "violation openstack_compute_instance_v2.servers_db-1#network.port: Cannot let an address change: what network.port of server db refers to changes, so it is destroyed and made anew; accepts holds no re-addressed of db",
      `violation ${PORT}#mac_address: Cannot let an address change: mac_address of port db changes from none to "fa:16:3e:00:00:01", so it is destroyed and made anew; accepts holds no re-addressed of db`,
    ],
  },
  {
    example: {
      zh: "系统换网段：执行时会失败，由 no-change-that-fails 说（实录 subnet-cidr-change）",
      en: "the system gets another range, which fails, as no-change-that-fails tells (recorded: subnet-cidr-change)",
    },
    subject: changed({ ...SHOP, subnet: "10.20.2.0/24" }, { ...SHOP, subnet: "10.20.3.0/24" }),
    verdict: "pass",
    finds: [],
  },
  {
    example: {
      zh: "不再对互联网开放，公网地址随之释放",
      en: "a port is no longer open to the internet, and the public addresses are released with it",
    },
    subject: changed(SHOP, withApp({ listens: [] })),
    verdict: "violation",
    finds: [
      "violation openstack_networking_floatingip_v2.servers_app-1#: Cannot let an address change: public address app is deleted; accepts holds no re-addressed of app",
      "violation openstack_networking_floatingip_v2.servers_app-2#: Cannot let an address change: public address app is deleted; accepts holds no re-addressed of app",
    ],
  },
  {
    example: {
      zh: "只改网络名称，地址不变（实录 network-rename）",
      en: "the network's name changes, no address does (recorded: network-rename)",
    },
    subject: changed(SHOP, SHOP, { after: set("openstack_networking_network_v2.network", { name: "other" }) }),
    verdict: "pass",
  },
  {
    example: { zh: "重建服务器时网卡和地址保留", en: "a server that is made anew keeps its port and address" },
    subject: changed(SHOP, withDb({ image: "openeuler-22.03-sp4" })),
    verdict: "pass",
  },
  {
    example: { zh: "新系统没有原状可比", en: "a new system has nothing before it" },
    subject: systemSubject(SHOP),
    verdict: "not-applicable",
  },
];
