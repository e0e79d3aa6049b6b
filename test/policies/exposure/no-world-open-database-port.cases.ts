import type { SystemSubject } from "../../../policies/policy.ts";
import { openRules } from "../../catalog/terraform-plan/exposure-plans.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM } from "../subjects.ts";
import { appWith, built, MEMBERS, PUBLIC, tcp } from "./built.ts";

const RULE = "openstack_networking_secgroup_rule_v2.security-groups_app";

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "数据库只对本系统的应用开放", en: "The database is open to the system's own applications" },
    subject: built(appWith({ db: tcp(5432, undefined, { remote_group_id: MEMBERS }) })),
    verdict: "pass",
  },
  {
    example: { zh: "数据库对另一个系统的网段开放", en: "The database is open to the network of one other system" },
    subject: built(appWith({ db: tcp(3306, "10.21.8.0/24") })),
    verdict: "pass",
  },
  {
    example: { zh: "MySQL 对互联网开放", en: "MySQL is open to the internet" },
    subject: built(appWith({ db: tcp(3306, "0.0.0.0/0") }, { more: PUBLIC })),
    verdict: "violation",
    finds: [
      `violation ${RULE}_db#remote_ip_prefix: Cannot open the database port tcp 3306 (MySQL) of hrss--social-app-1 to the internet: wanted the applications alone`,
    ],
  },
  {
    example: { zh: "达梦数据库（5236）对任何地址开放", en: "Dameng (5236) is open to any address" },
    subject: built(appWith({ db: tcp(5236, "0.0.0.0/0") })),
    verdict: "violation",
    finds: [
      `violation ${RULE}_db#remote_ip_prefix: Cannot open the database port tcp 5236 (Dameng) of hrss--social-app-1 to any address: wanted the applications alone`,
    ],
  },
  {
    example: { zh: "人大金仓（54321）对所有 IPv6 地址开放", en: "Kingbase (54321) is open to every IPv6 address" },
    subject: built(appWith({ db: tcp(54_321, "::/0", { ethertype: "IPv6" }) })),
    verdict: "violation",
  },
  {
    example: { zh: "端口 6000 到 7000 对任何地址开放，其中有 Redis", en: "Ports 6000 to 7000 are open to any address, Redis among them" },
    subject: built(appWith({ range: { protocol: "tcp", port_range_min: 6000, port_range_max: 7000, remote_ip_prefix: "0.0.0.0/0" } })),
    verdict: "violation",
    finds: [
      `violation ${RULE}_range#remote_ip_prefix: Cannot open the database port tcp 6030 (TDengine), tcp 6041 (TDengine), tcp 6379-6380 (Redis) and 2 more of hrss--social-app-1 to any address: wanted the applications alone`,
    ],
  },
  {
    example: { zh: "Memcached 的 udp 端口对任何地址开放", en: "The udp port of Memcached is open to any address" },
    subject: built(appWith({ cache: tcp(11_211, "0.0.0.0/0", { protocol: "17" }) })),
    verdict: "violation",
  },
  {
    example: {
      zh: "数据库对 0.0.0.0/1 开放，一半地址就等于任何地址",
      en: "The database is open to 0.0.0.0/1: half of all addresses means any",
    },
    subject: built(appWith({ db: tcp(1521, "0.0.0.0/1") })),
    verdict: "violation",
    finds: [
      `violation ${RULE}_db#remote_ip_prefix: Cannot open the database port tcp 1521 (Oracle) of hrss--social-app-1 to 0.0.0.0/1, more public addresses than a /24, which means any address: wanted the applications alone`,
    ],
  },
  {
    example: { zh: "数据库的来源是别处建的安全组", en: "The database's source is a group that is made elsewhere" },
    subject: built(appWith({ db: tcp(5432, undefined, { remote_group_id: "5327c8cf" }) })),
    verdict: "undetermined",
    finds: [
      `undetermined ${RULE}_db#remote_group_id: Cannot tell whether the database port tcp 5432 (PostgreSQL) of hrss--social-app-1 is open to the world: source, protocol or port is not known here`,
    ],
  },
  {
    example: { zh: "80 端口对互联网开放", en: "Port 80 is open to the internet" },
    subject: built(appWith({ web: tcp(80, "0.0.0.0/0") }, { more: PUBLIC })),
    verdict: "pass",
  },
  {
    example: { zh: "录制的计划：十一条不写全的规则", en: "The recorded plan of eleven rules that leave something out" },
    subject: built(openRules()),
    verdict: "violation",
    finds: [
      "violation openstack_networking_secgroup_rule_v2.in-everything#remote_ip_prefix: Cannot open the database port tcp 389 (LDAP), udp 389 (LDAP), tcp 636 (LDAP) and 55 more of api-1 to any address: wanted the applications alone",
    ],
  },
  { example: { zh: "什么也不建", en: "Nothing is built" }, subject: { ...PLATFORM, resources: [] }, verdict: "not-applicable" },
];
