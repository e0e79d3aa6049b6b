import type { SystemSubject } from "../../../policies/policy.ts";
import { api, firewall, openRules } from "../../catalog/terraform-plan/exposure-plans.ts";
import type { PolicyCase } from "../cases.ts";
import { appWith, built, MEMBERS, tcp } from "./built.ts";

const RULE = "openstack_networking_secgroup_rule_v2.security-groups_app_r";
const of = (rule: Readonly<Record<string, unknown>>) => built(appWith({ r: rule }));
const FROM = { remote_ip_prefix: "10.0.9.0/28" };
const NO_PORTS = "wanted them written out, such as 443";

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "写明 tcp、443 和来源", en: "tcp, 443 and the source are written out" },
    subject: of(tcp(443, "10.0.9.0/28")),
    verdict: "pass",
  },
  {
    example: { zh: "写明对互联网开放", en: "The internet is written out as the source" },
    subject: of(tcp(443, "0.0.0.0/0")),
    verdict: "pass",
  },
  {
    example: { zh: "来源是本系统的安全组", en: "The source is the system's own group" },
    subject: of(tcp(5432, undefined, { remote_group_id: MEMBERS })),
    verdict: "pass",
  },
  {
    example: { zh: "没有写来源", en: "No source is written" },
    subject: of(tcp(443, undefined)),
    verdict: "violation",
    finds: [
      `violation ${RULE}#remote_ip_prefix: Cannot leave the source out, which is every address: wanted a network, or "0.0.0.0/0" where that is meant`,
    ],
  },
  { example: { zh: "来源是空字符串", en: "The source is an empty text" }, subject: of(tcp(443, "")), verdict: "violation" },
  {
    example: { zh: "没有写协议", en: "No protocol is written" },
    subject: of(FROM),
    verdict: "violation",
    finds: [`violation ${RULE}#protocol: Cannot let in every protocol (none is named): wanted one, such as "tcp"`],
  },
  {
    example: { zh: '协议写成 "0"', en: 'The protocol is "0"' },
    subject: of({ ...FROM, protocol: "0" }),
    verdict: "violation",
    finds: [`violation ${RULE}#protocol: Cannot let in every protocol ("0"): wanted one, such as "tcp"`],
  },
  {
    example: { zh: '协议写成 "any"', en: 'The protocol is "any"' },
    subject: of({ ...FROM, protocol: "any" }),
    verdict: "violation",
    finds: [`violation ${RULE}#protocol: Cannot let in every protocol ("any"): wanted one, such as "tcp"`],
  },
  {
    example: { zh: "没有写端口", en: "No ports are written" },
    subject: of({ ...FROM, protocol: "tcp" }),
    verdict: "violation",
    finds: [`violation ${RULE}#port_range_min: Cannot let in every port (none is named): ${NO_PORTS}`],
  },
  {
    example: { zh: "端口写成 0-0", en: "The ports are 0-0" },
    subject: of({ ...FROM, protocol: "tcp", port_range_min: 0, port_range_max: 0 }),
    verdict: "violation",
    finds: [`violation ${RULE}#port_range_min: Cannot let in every port (0-0): ${NO_PORTS}`],
  },
  {
    example: { zh: "端口写成 1-65535", en: "The ports are 1-65535" },
    subject: of({ ...FROM, protocol: "udp", port_range_min: 1, port_range_max: 65_535 }),
    verdict: "violation",
    finds: [`violation ${RULE}#port_range_min: Cannot let in every port (1-65535): ${NO_PORTS}`],
  },
  {
    example: { zh: "端口写成 2-65535，少一个也等于全部", en: "The ports are 2-65535: one less is still all" },
    subject: of({ ...FROM, protocol: "tcp", port_range_min: 2, port_range_max: 65_535 }),
    verdict: "violation",
    finds: [
      `violation ${RULE}#port_range_min: Cannot let in ports 2-65535: more than half of all ports is no limit; wanted those that are used`,
    ],
  },
  {
    example: { zh: "端口 10000 到 20000，用于语音", en: "Ports 10000 to 20000, for voice" },
    subject: of({ ...FROM, protocol: "udp", port_range_min: 10_000, port_range_max: 20_000 }),
    verdict: "pass",
  },
  {
    example: { zh: "ICMP 类型 8，即 ping", en: "ICMP type 8, which is ping" },
    subject: of({ ...FROM, protocol: "icmp", port_range_min: 8 }),
    verdict: "pass",
  },
  {
    example: { zh: "ICMP 写成 0-0，即所有类型", en: "ICMP with 0-0, which is every type" },
    subject: of({ ...FROM, protocol: "1", port_range_min: 0, port_range_max: 0 }),
    verdict: "violation",
    finds: [`violation ${RULE}#port_range_min: Cannot let in every ICMP type (0-0): wanted one, such as 8`],
  },
  {
    example: { zh: "ESP 没有端口可写", en: "ESP has no ports to write" },
    subject: of({ ...FROM, protocol: "50" }),
    verdict: "pass",
  },
  {
    example: { zh: "协议、端口、来源都没有写", en: "Neither protocol, ports nor source are written" },
    subject: of({}),
    verdict: "violation",
    finds: [
      `violation ${RULE}#protocol: Cannot let in every protocol (none is named): wanted one, such as "tcp"`,
      `violation ${RULE}#remote_ip_prefix: Cannot leave the source out, which is every address: wanted a network, or "0.0.0.0/0" where that is meant`,
    ],
  },
  {
    example: { zh: "协议、端口和来源要到执行后才知道", en: "Protocol, ports and source are known only after the apply" },
    subject: of({
      protocol: "${var.protocol}",
      port_range_min: "${var.port}",
      port_range_max: "${var.port}",
      remote_ip_prefix: "${var.source}",
    }),
    verdict: "undetermined",
    finds: [
      `undetermined ${RULE}#protocol: Cannot tell the protocol before apply: wanted it written out`,
      `undetermined ${RULE}#port_range_min: Cannot tell the ports before apply: wanted them written out`,
      `undetermined ${RULE}#remote_ip_prefix: Cannot tell the source before apply, it may be none: wanted it written out`,
    ],
  },
  {
    example: { zh: "录制的计划：一条写全的规则", en: "The recorded plan of a rule that says everything" },
    subject: built(api()),
    verdict: "pass",
  },
  {
    example: { zh: "录制的计划：十一条不写全的规则", en: "The recorded plan of eleven rules that leave something out" },
    subject: built(openRules()),
    verdict: "violation",
    finds: [
      'violation openstack_networking_secgroup_rule_v2.in-any-10-0-0-0-8#protocol: Cannot let in every protocol (none is named): wanted one, such as "tcp"',
      'violation openstack_networking_secgroup_rule_v2.in-everything#protocol: Cannot let in every protocol (none is named): wanted one, such as "tcp"',
      'violation openstack_networking_secgroup_rule_v2.in-everything#remote_ip_prefix: Cannot leave the source out, which is every address: wanted a network, or "0.0.0.0/0" where that is meant',
      "violation openstack_networking_secgroup_rule_v2.in-icmp-0-0#port_range_min: Cannot let in every ICMP type (0-0): wanted one, such as 8",
      'violation openstack_networking_secgroup_rule_v2.in-proto-0#protocol: Cannot let in every protocol ("0"): wanted one, such as "tcp"',
      `violation openstack_networking_secgroup_rule_v2.in-tcp-0-0-172-16#port_range_min: Cannot let in every port (0-0): ${NO_PORTS}`,
      `violation openstack_networking_secgroup_rule_v2.in-tcp-1-65535#port_range_min: Cannot let in every port (1-65535): ${NO_PORTS}`,
      'violation openstack_networking_secgroup_rule_v2.in-tcp-443-no-source#remote_ip_prefix: Cannot leave the source out, which is every address: wanted a network, or "0.0.0.0/0" where that is meant',
      `violation openstack_networking_secgroup_rule_v2.in-tcp-no-ports-172-17#port_range_min: Cannot let in every port (none is named): ${NO_PORTS}`,
    ],
  },
  {
    example: { zh: "录制的计划：防火墙规则写全", en: "The recorded plan of a firewall rule that says everything" },
    subject: built(firewall("10.99.0.0/16")),
    verdict: "pass",
  },
  { example: { zh: "没有规则", en: "There are no rules" }, subject: built({}), verdict: "not-applicable" },
];
