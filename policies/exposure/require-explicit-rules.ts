import { readFirewallRules } from "../../catalog/terraform-plan/exposure/firewall.ts";
import { placeOfResource } from "../../catalog/terraform-plan/exposure/place.ts";
import { readSecurityGroups } from "../../catalog/terraform-plan/exposure/security-groups.ts";
import { indexStack } from "../../catalog/terraform-plan/exposure/stack-index.ts";
import { type Ports, printPorts } from "../../catalog/terraform-plan/exposure/traffic.ts";
import type { PlannedResource } from "../../catalog/terraform-plan/planned-resource.ts";
import { defineSystemPolicy, notApplicable, pass, type SystemSubject, undetermined, type Verdict, violation } from "../policy.ts";

/** A range of more ports than this is every port but in name: half of all. */
const MOST_PORTS = 32_768;

/** Rejects rules that leave protocol, ports or source open: what Neutron does not find in a rule, it allows. */
export const requireExplicitRules = defineSystemPolicy({
  id: "exposure/require-explicit-rules",
  level: "mandatory",
  title: { zh: "放行规则写明协议、端口和来源", en: "Every ingress rule names protocol, ports and source" },
  why: {
    zh: "访问规则（安全组）里没写的，云平台一律放行：不写来源就是任何人，端口 0-0 就是全部端口，协议 0 就是全部协议",
    en: "What a rule leaves out Neutron allows: no source is everybody, ports 0-0 are every port, protocol 0 is every protocol",
  },
  clause: "GB/T 22239-2019 8.1.3.2 访问控制；GB/T 22239-2019 8.1.3.1 边界防护",
  remedy: {
    zh: "申请里每个端口写一条 listens；其余由平台工程师处理：规则写明 protocol、port_range_min、port_range_max，和 remote_ip_prefix 或 remote_group_id",
    en: "In a request write one listens for each port; the rest is for the platform's engineers: protocol, port_range_min, port_range_max and remote_ip_prefix or remote_group_id in each rule",
  },
  check(subject) {
    const groups = readSecurityGroups(indexStack(subject.resources)).rules.filter(({ direction }) => direction !== "egress");
    const firewall = readFirewallRules(subject.resources).filter(({ direction }) => direction !== "egress");
    if (groups.length + firewall.length === 0) return [notApplicable("没有放行规则", "there are no ingress rules")];
    return [
      ...groups.flatMap(({ resource, direction, protocol, ports }) => [
        ...(direction === "unknown" ? [directionVerdict(subject, resource)] : []),
        ...protocolVerdicts(subject, resource, protocol),
        ...portVerdicts(subject, resource, protocol, ports, "port_range_min"),
        ...sourceVerdicts(subject, resource, ["remote_ip_prefix", "remote_group_id", "remote_address_group_id"]),
      ]),
      ...firewall.flatMap(({ resource, attribute, protocol, ports }) =>
        attribute === undefined
          ? [
              ...protocolVerdicts(subject, resource, protocol),
              ...portVerdicts(subject, resource, protocol, ports, "destination_port"),
              ...sourceVerdicts(subject, resource, ["source_ip_address"]),
            ]
          : [unseenVerdict(subject, resource, attribute)],
      ),
    ];
  },
});

function directionVerdict(subject: SystemSubject, rule: PlannedResource): Verdict {
  const place = placeOfResource(subject, rule, "direction");
  return undetermined(place, "无法判断方向，应为 ingress 或 egress", "Cannot tell the direction: wanted ingress or egress");
}

function unseenVerdict(subject: SystemSubject, resource: PlannedResource, attribute: string): Verdict {
  return undetermined(
    placeOfResource(subject, resource, attribute),
    "防火墙用到的规则不在本系统里或尚不知道，应写在本系统里",
    "Cannot tell what the firewall lets in: its rules are not in this system or not known yet; wanted them written out here",
  );
}

function protocolVerdicts(subject: SystemSubject, rule: PlannedResource, protocol: string): Verdict[] {
  if (protocol !== "any" && protocol !== "unknown") return [pass()];
  const place = placeOfResource(subject, rule, "protocol");
  if (protocol === "unknown")
    return [undetermined(place, "协议要到执行后才知道，应写明", "Cannot tell the protocol before apply: wanted it written out")];
  const found = quoted(rule.values["protocol"]);
  return [
    violation(
      place,
      `${found.zh}，即所有协议，应写明一个，如 "tcp"`,
      `Cannot let in every protocol (${found.en}): wanted one, such as "tcp"`,
    ),
  ];
}

function portVerdicts(subject: SystemSubject, rule: PlannedResource, protocol: string, ports: Ports, attribute: string): Verdict[] {
  // Without a protocol there are no ports, and protocols like GRE or ESP have none.
  if (protocol === "any" || (ports.kind === "any" && !/^(tcp|udp|sctp|dccp|udplite|icmp|ipv6-icmp|unknown)$/.test(protocol))) return [];
  if (ports.kind === "icmp" || (ports.kind === "range" && ports.to - ports.from < MOST_PORTS)) return [pass()];
  const place = placeOfResource(subject, rule, attribute);
  const isIcmp = protocol.endsWith("icmp");
  if (ports.kind === "unknown")
    return [undetermined(place, "端口要到执行后才知道，应写明", "Cannot tell the ports before apply: wanted them written out")];
  if (ports.kind === "any") {
    const found = portsFound(rule);
    return isIcmp
      ? [
          violation(
            place,
            `${found.zh}，即所有 ICMP 类型，应写明一种，如 8`,
            `Cannot let in every ICMP type (${found.en}): wanted one, such as 8`,
          ),
        ]
      : [
          violation(
            place,
            `${found.zh}，即所有端口，应写明，如 443`,
            `Cannot let in every port (${found.en}): wanted them written out, such as 443`,
          ),
        ];
  }
  const range = printPorts(ports);
  return [
    violation(
      place,
      `端口 ${range} 超过全部端口的一半，等于没有限制`,
      `Cannot let in ports ${range}: more than half of all ports is no limit; wanted those that are used`,
    ),
  ];
}

function sourceVerdicts(subject: SystemSubject, rule: PlannedResource, attributes: readonly string[]): Verdict[] {
  const isGiven = (each: string) => typeof rule.values[each] === "string" && rule.values[each] !== "";
  if (attributes.some((each) => isGiven(each) || (rule.references.get(each)?.length ?? 0) > 0)) return [pass()];
  const place = placeOfResource(subject, rule, attributes[0] ?? "");
  if (attributes.some((each) => rule.unknown.has(each)))
    return [
      undetermined(
        place,
        "来源要到执行后才知道，可能为空，应写明",
        "Cannot tell the source before apply, it may be none: wanted it written out",
      ),
    ];
  return [
    violation(
      place,
      '没有写来源，即任何地址；确要开放给任何地址也应写 "0.0.0.0/0"',
      'Cannot leave the source out, which is every address: wanted a network, or "0.0.0.0/0" where that is meant',
    ),
  ];
}

function quoted(value: unknown) {
  return value === undefined || value === null || value === ""
    ? { zh: "没有写协议", en: "none is named" }
    : { zh: `协议为 "${String(value)}"`, en: `"${String(value)}"` };
}

function portsFound({ values }: PlannedResource) {
  const [low, high] = [values["port_range_min"], values["port_range_max"]];
  const isGiven = typeof low === "number" || typeof high === "number";
  return isGiven ? { zh: `端口为 ${low ?? 0}-${high ?? 0}`, en: `${low ?? 0}-${high ?? 0}` } : { zh: "没有写端口", en: "none is named" };
}
