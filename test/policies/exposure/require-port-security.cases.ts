import type { SystemSubject } from "../../../policies/policy.ts";
import { addressWithoutRouter, portSecurity } from "../../catalog/terraform-plan/exposure-plans.ts";
import type { PolicyCase } from "../cases.ts";
import { appWith, built } from "./built.ts";

const PORT = "openstack_networking_port_v2.servers_app-1";
const SERVER = "openstack_compute_instance_v2.servers_app-1";
const of = (port: Readonly<Record<string, unknown>>) => built(appWith({}, { port }));
const server = (values: Readonly<Record<string, unknown>>) =>
  built({ ...appWith({}), compute_instance_v2: { "servers_app-1": { name: "hrss--social-app-1", ...values } } });

export const cases: readonly PolicyCase<SystemSubject>[] = [
  { example: { zh: "写明 true，列出安全组", en: "It says true and lists its groups" }, subject: of({}), verdict: "pass" },
  {
    example: { zh: "端口安全写成 false", en: "Port security is false" },
    subject: of({ port_security_enabled: false }),
    verdict: "violation",
    finds: [`violation ${PORT}#port_security_enabled: Cannot turn port security off (false): no group applies any more; wanted true`],
  },
  {
    example: { zh: "没有写端口安全", en: "Port security is left out" },
    subject: of({ port_security_enabled: null }),
    verdict: "violation",
    finds: [
      `violation ${PORT}#port_security_enabled: Cannot leave port_security_enabled out, which keeps its last value: wanted true, written out`,
    ],
  },
  {
    example: { zh: "端口安全要到执行后才知道", en: "Port security is known only after the apply" },
    subject: of({ port_security_enabled: "${var.on}" }),
    verdict: "undetermined",
  },
  {
    example: { zh: "不要安全组（no_security_groups）", en: "It wants no groups (no_security_groups)" },
    subject: of({ security_group_ids: null, no_security_groups: true }),
    verdict: "violation",
    finds: [
      `violation ${PORT}#no_security_groups: Cannot do without security groups (no_security_groups is true): wanted them listed`,
      `violation ${PORT}#security_group_ids: Cannot leave the security groups out, which means the project's default group: wanted them listed`,
    ],
  },
  {
    example: { zh: "没有写安全组，会落到项目的 default 组", en: "No groups are written, which means the project's default group" },
    subject: of({ security_group_ids: null }),
    verdict: "violation",
    finds: [
      `violation ${PORT}#security_group_ids: Cannot leave the security groups out, which means the project's default group: wanted them listed`,
    ],
  },
  {
    example: { zh: "安全组要到执行后才知道", en: "The groups are known only after the apply" },
    subject: of({ security_group_ids: "${var.groups}" }),
    verdict: "undetermined",
  },
  {
    example: { zh: "用 value_specs 把参数直接交给 Neutron", en: "value_specs passes arguments to Neutron unseen" },
    subject: of({ value_specs: { port_security_enabled: "false" } }),
    verdict: "violation",
    finds: [`violation ${PORT}#value_specs: Cannot pass port_security_enabled to Neutron unseen by value_specs: wanted it left out`],
  },
  {
    example: { zh: "网络关了端口安全", en: "The network turns port security off" },
    subject: built(appWith({}, { more: { networking_network_v2: { network: { port_security_enabled: false } } } })),
    verdict: "violation",
  },
  {
    example: { zh: "服务器按名称直接连网络", en: "A server is connected to a network by its name" },
    subject: server({ network: [{ name: "internet" }] }),
    verdict: "violation",
    finds: [
      `violation ${SERVER}#network: Cannot connect to the network "internet" directly, by a port that Nova makes: wanted a port that is written out (network { port })`,
    ],
  },
  {
    example: { zh: "服务器没有写网络，由 Nova 选", en: "A server names no network, and Nova chooses" },
    subject: server({}),
    verdict: "violation",
  },
  {
    example: { zh: "服务器写明不要网络", en: "A server says that it wants no network" },
    subject: server({ network_mode: "none" }),
    verdict: "pass",
  },
  {
    example: { zh: "服务器连着别处建的端口", en: "A server is at a port that is made elsewhere" },
    subject: server({ network: [{ port: "5327c8cf" }] }),
    verdict: "undetermined",
    finds: [`undetermined ${SERVER}#network: Cannot tell how this server is guarded: its port is not in this system or not known yet`],
  },
  {
    example: { zh: "后来按网络再接一个接口", en: "Another interface is attached later by its network" },
    subject: built(
      appWith({}, { more: { compute_interface_attach_v2: { more: { instance_id: `\${${SERVER}.id}`, network_id: "5327c8cf" } } } }),
    ),
    verdict: "violation",
  },
  {
    example: {
      zh: "录制的计划：端口安全从 false 改为不写，仍然关着",
      en: "The recorded plan that leaves port security out after false, and it stays off",
    },
    subject: built(portSecurity(false)),
    verdict: "violation",
    finds: [
      "violation openstack_networking_port_v2.p#port_security_enabled: Cannot leave port_security_enabled out, which keeps its last value: wanted true, written out",
      "violation openstack_networking_port_v2.p#security_group_ids: Cannot leave the security groups out, which means the project's default group: wanted them listed",
    ],
  },
  {
    example: { zh: "录制的计划：公网地址所在的端口没有安全组", en: "The recorded plan of a public address at a port without groups" },
    subject: built(addressWithoutRouter()),
    verdict: "violation",
  },
  { example: { zh: "没有端口", en: "There are no ports" }, subject: built({}), verdict: "not-applicable" },
];
