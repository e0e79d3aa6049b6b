import type { SystemSubject } from "../../../policies/policy.ts";
import { declaration, server } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM, systemSubject } from "../subjects.ts";
import { deployment, FEW_COMPONENTS, inNamespace, resources, SECURED } from "./secured.ts";

const LEVEL_3 = declaration({ mlps: 3, cryptography: true, servers: [server()] });
const planned = (changes: Parameters<typeof resources>[0] = {}, declared = LEVEL_3) =>
  systemSubject(declared, { catalogue: FEW_COMPONENTS, resources: resources({ ...SECURED, ...changes }) });

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "三级系统，两套组件都部署齐了", en: "a level-3 system with both bundles whole" },
    subject: planned(),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "二级系统只要二级的组件", en: "a level-2 system with the components of its own level only" },
    subject: planned(
      {
        "terraform_data.records_mlps-bundle": { input: { record: "mlps-bundle", level: 2, components: ["cloud-firewall", "waf"] } },
        "terraform_data.records_cryptography-bundle": undefined,
        "kubernetes_deployment_v1.bundle_database-audit": undefined,
        "kubernetes_deployment_v1.bundle_key-management": undefined,
      },
      declaration({ servers: [server()] }),
    ),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "只有机柜、没有网络的系统，不需要云防火墙", en: "a system of racks alone, which has no network to fence" },
    subject: planned(
      { "openstack_networking_router_interface_v2.network": undefined, "openstack_fw_group_v2.firewall": undefined },
      declaration({ mlps: 3, cryptography: true }),
    ),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "三级系统没有部署数据库审计", en: "a level-3 system without its database audit" },
    subject: planned({
      "kubernetes_deployment_v1.bundle_database-audit": undefined,
      "kubernetes_service_v1.bundle_database-audit": undefined,
    }),
    verdict: "violation",
    finds: [
      "violation hrss/social#mlps: Cannot do without every component of line 23: it lacks database-audit (no deployment, no service)",
    ],
  },
  {
    example: { zh: "组件部署了，但没有服务，别人访问不到", en: "a component that runs but cannot be reached, for it has no service" },
    subject: planned({ "kubernetes_service_v1.bundle_waf": undefined }),
    verdict: "violation",
    finds: ["violation hrss/social#mlps: Cannot do without every component of line 23: it lacks waf (no service)"],
  },
  {
    example: { zh: "组件部署在别的系统的命名空间里，不算数", en: "a component in another system's namespace, which is none of this one's" },
    subject: planned({ "kubernetes_service_v1.bundle_waf": inNamespace("waf", "hrss--other") }),
    verdict: "violation",
    finds: ["violation hrss/social#mlps: Cannot do without every component of line 23: it lacks waf (no service)"],
  },
  {
    example: { zh: "整套组件都没有部署，只报一次，逐个列出", en: "a bundle of which nothing runs, told once with each component" },
    subject: planned({
      "kubernetes_deployment_v1.bundle_waf": undefined,
      "kubernetes_service_v1.bundle_waf": undefined,
      "kubernetes_deployment_v1.bundle_database-audit": undefined,
    }),
    verdict: "violation",
    finds: [
      "violation hrss/social#mlps: Cannot do without every component of line 23: it lacks waf (no deployment, no service), database-audit (no deployment)",
    ],
  },
  {
    example: { zh: "密钥管理没有部署（商用密码）", en: "cryptography without its key management" },
    subject: planned({ "kubernetes_deployment_v1.bundle_key-management": undefined }),
    verdict: "violation",
    finds: ["violation hrss/social#cryptography: Cannot do without every component of line 24: it lacks key-management (no deployment)"],
  },
  {
    example: { zh: "组件运行 0 份，等于没有", en: "a component that runs in no copy" },
    subject: planned({ "kubernetes_deployment_v1.bundle_waf": { ...deployment("waf"), spec: { replicas: "0" } } }),
    verdict: "violation",
    finds: ["violation kubernetes_deployment_v1.bundle_waf#spec.replicas: Cannot run 0 copies of waf: wanted at least 1"],
  },
  {
    example: { zh: "运行几份要到执行后才知道", en: "a component in a number of copies that only the apply will tell" },
    subject: planned({ "kubernetes_deployment_v1.bundle_waf": { ...deployment("waf"), spec: { replicas: "${var.replicas}" } } }),
    verdict: "undetermined",
    finds: ["undetermined kubernetes_deployment_v1.bundle_waf#spec.replicas: Cannot tell how many copies of waf run before apply"],
  },
  {
    example: { zh: "账单记录里少写一个组件", en: "a record that leaves one component out" },
    subject: planned({
      "terraform_data.records_mlps-bundle": { input: { record: "mlps-bundle", level: 3, components: ["cloud-firewall", "waf"] } },
    }),
    verdict: "violation",
    finds: ["violation hrss/social#mlps: Cannot record line 23 with cloud-firewall, waf: wanted cloud-firewall, database-audit, waf"],
  },
  {
    example: { zh: "没有密码组件的账单记录", en: "cryptography that no record bills" },
    subject: planned({ "terraform_data.records_cryptography-bundle": undefined }),
    verdict: "violation",
    finds: ["violation hrss/social#cryptography: Cannot find the record cryptography-bundle of line 24 once: there are 0"],
  },
  {
    example: { zh: "有网络，没有云防火墙", en: "a network without the cloud firewall" },
    subject: planned({ "openstack_fw_group_v2.firewall": undefined }),
    verdict: "violation",
    finds: ["violation hrss/social#mlps: Cannot do without cloud-firewall of line 23: there is no openstack_fw_group_v2"],
  },
  {
    example: { zh: "云防火墙停用了", en: "a cloud firewall that is switched off" },
    subject: planned({
      "openstack_fw_group_v2.firewall": { admin_state_up: false, ports: ["${openstack_networking_router_interface_v2.network.port_id}"] },
    }),
    verdict: "violation",
    finds: ["violation openstack_fw_group_v2.firewall#admin_state_up: Cannot switch the cloud firewall off (admin_state_up = false)"],
  },
  {
    example: { zh: "云防火墙没有守住路由器接口", en: "a cloud firewall that guards no port" },
    subject: planned({ "openstack_fw_group_v2.firewall": { admin_state_up: true, ports: [] } }),
    verdict: "violation",
    finds: [
      "violation openstack_fw_group_v2.firewall#ports: Cannot leave openstack_networking_router_interface_v2.network outside the cloud firewall's ports",
    ],
  },
  {
    example: {
      zh: "防火墙守哪些端口要到执行后才知道（如 plans/firewall.json）",
      en: "a firewall whose ports only the apply will tell (as in plans/firewall.json)",
    },
    subject: planned({ "openstack_fw_group_v2.firewall": { admin_state_up: true, ports: "${var.ports}" } }),
    verdict: "undetermined",
    finds: [
      "undetermined openstack_fw_group_v2.firewall#ports: Cannot tell before apply whether the cloud firewall guards openstack_networking_router_interface_v2.network",
    ],
  },
  {
    example: { zh: "目录里没有这一项的组件", en: "a line that the catalogue lists no component for" },
    subject: {
      ...planned(),
      catalogue: { ...FEW_COMPONENTS, components: FEW_COMPONENTS.components.filter(({ bundles }) => bundles[0] !== "24") },
    },
    verdict: "undetermined",
    finds: ["undetermined hrss/social#cryptography: Cannot tell what line 24 consists of: the catalogue lists no component for it"],
  },
  {
    example: { zh: "已下线的系统", en: "a retired system" },
    subject: systemSubject(declaration({ mlps: 3, stage: "retired" })),
    verdict: "not-applicable",
  },
  { example: { zh: "平台", en: "the platform" }, subject: PLATFORM, verdict: "not-applicable" },
];
