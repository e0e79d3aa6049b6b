import type { SystemSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { systemSubject } from "../subjects.ts";
import { accepts, changed, drop, SHOP, set } from "./changed.ts";

const CUT_OFF = { after: drop("openstack_networking_router_interface_v2.network") };
const DETACHED = { after: drop("openstack_compute_volume_attach_v2.servers_db-1_data") };

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "网络从路由器上断开，谁也没有接受", en: "the network is cut off its router and nobody accepted that" },
    subject: changed(SHOP, SHOP, CUT_OFF),
    verdict: "violation",
    finds: [
      "violation openstack_networking_router_interface_v2.network#: Cannot let service be interrupted: router interface network is deleted; accepts holds no outage of app, db",
    ],
  },
  {
    example: { zh: "网络断开，只有一组服务器接受了中断", en: "the same, accepted for one of the two groups of servers" },
    subject: changed(SHOP, { ...SHOP, accepts: [accepts("outage", "app")] }, CUT_OFF),
    verdict: "violation",
    finds: [
      "violation openstack_networking_router_interface_v2.network#: Cannot let service be interrupted: router interface network is deleted; accepts holds no outage of db",
    ],
  },
  {
    example: { zh: "网络断开，每组服务器都接受了中断", en: "the same, accepted for each group" },
    subject: changed(SHOP, { ...SHOP, accepts: [accepts("outage", "app"), accepts("outage", "db")] }, CUT_OFF),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "数据盘从运行中的数据库上摘下", en: "the data volume is taken off the running database" },
    subject: changed(SHOP, SHOP, DETACHED),
    verdict: "violation",
    finds: [
      "violation openstack_compute_volume_attach_v2.servers_db-1_data#: Cannot let service be interrupted: volume attachment db.data is deleted; accepts holds no outage of db",
    ],
  },
  {
    example: { zh: "摘盘已对这块数据盘写明接受", en: "the same, accepted for that very volume" },
    subject: changed(SHOP, { ...SHOP, accepts: [accepts("outage", "db.data")] }, DETACHED),
    verdict: "pass",
  },
  {
    example: { zh: "等保三级降为二级，三级的安全组件撤掉了", en: "MLPS level 3 becomes level 2 and its components go" },
    subject: changed({ ...SHOP, mlps: 3 }, SHOP),
    verdict: "violation",
    finds: [
      "violation hrss/social#mlps: Cannot let protection be interrupted: it takes away Cloud anti-tampering, Cloud database audit, Cloud vulnerability scan; accepts holds no outage of app, db",
    ],
  },
  {
    example: {
      zh: "商用密码关掉了：整套组件一起撤掉，只说一次",
      en: "cryptography is switched off: the whole bundle goes, which is told once",
    },
    subject: changed({ ...SHOP, cryptography: true }, SHOP),
    verdict: "violation",
    finds: [
      "violation hrss/social#cryptography: Cannot let protection be interrupted: it takes away Cipher resource platform, National-cipher VPN and identity service, Database encryption service, Encryption and signature service, Key management and co-signing service; accepts holds no outage of app, db",
    ],
  },
  {
    example: { zh: "项目被停用（实录 project-disable）", en: "the project is disabled (recorded: project-disable)" },
    subject: changed(SHOP, SHOP, { after: set("openstack_identity_project_v3.project", { enabled: false }) }),
    verdict: "violation",
    finds: [
      "violation openstack_identity_project_v3.project#enabled: Cannot let service be interrupted: enabled of project hrss--social changes from true to false, so it is changed in place; accepts holds no outage of app, db",
    ],
  },
  { example: { zh: "什么也没有改（实录 no-op）", en: "nothing changes (recorded: no-op)" }, subject: changed(SHOP, SHOP), verdict: "pass" },
  {
    example: { zh: "新系统没有原状可比", en: "a new system has nothing before it" },
    subject: systemSubject(SHOP),
    verdict: "not-applicable",
  },
];
