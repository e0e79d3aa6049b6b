import type { AddressRange } from "../../catalog/terraform-plan/exposure/address-range.ts";
import { readFirewallRules } from "../../catalog/terraform-plan/exposure/firewall.ts";
import { placeOfResource } from "../../catalog/terraform-plan/exposure/place.ts";
import { type PublicSpace, publicSpaceOf } from "../../catalog/terraform-plan/exposure/public-space.ts";
import { GROUP, readSecurityGroups } from "../../catalog/terraform-plan/exposure/security-groups.ts";
import { indexStack } from "../../catalog/terraform-plan/exposure/stack-index.ts";
import type { Peer } from "../../catalog/terraform-plan/exposure/traffic.ts";
import { worldWords } from "../../catalog/terraform-plan/exposure/world-openings.ts";
import type { PlannedResource } from "../../catalog/terraform-plan/planned-resource.ts";
import { defineSystemPolicy, notApplicable, pass, type SystemSubject, undetermined, type Verdict, violation } from "../policy.ts";

interface Way {
  readonly resource: PlannedResource;
  readonly protocol: string;
  readonly peers: readonly Peer[];
  readonly attribute: string;
}

/** Rejects, at MLPS level 3, egress that is not spelled out: what leaves a server is what an intruder takes along. */
export const requireExplicitEgressAtLevel3 = defineSystemPolicy({
  id: "exposure/require-explicit-egress-at-level-3",
  level: "mandatory",
  waivableBy: "tenant",
  title: { zh: "等保三级系统对外访问写明协议和目的地", en: "At MLPS level 3 egress names protocol and destination" },
  why: {
    zh: "三级系统只允许必要的通信通过边界；对外访问不加限制，入侵者就能把数据送到任何地方",
    en: "Only what is needed passes the boundary of a level 3 system; with open egress an intruder sends its data anywhere",
  },
  clause: "GB/T 22239-2019 8.1.3.1 边界防护；GB/T 22239-2019 8.1.3.2 访问控制",
  remedy: {
    zh: "申请不用改，由平台工程师处理：访问规则（安全组）写 delete_default_rules = true，对外的规则写明协议和目的网段；系统都要访问的平台服务，写在 catalog/pools.yaml 的 egress 里",
    en: "The request needs no change; for the platform's engineers: give security groups delete_default_rules = true and egress rules their protocol and network; the services of a pool are egress in catalog/pools.yaml",
  },
  check(subject) {
    const { declaration, resources } = subject;
    if (declaration === undefined) return [notApplicable("平台不是业务系统", "the platform is no system of a bureau")];
    if (declaration.mlps !== 3) return [notApplicable("不是等保三级系统", "the system is not at MLPS level 3")];
    const index = indexStack(resources);
    const groups = index.ofType(GROUP).map((group) => groupVerdict(subject, group));
    const rules: Way[] = readSecurityGroups(index)
      .rules.filter(({ direction }) => direction !== "ingress")
      .map(({ resource, protocol, peers, peerAttribute }) => ({ resource, protocol, peers, attribute: peerAttribute }));
    const firewall: Way[] = readFirewallRules(resources)
      .filter(({ direction }) => direction === "egress")
      .map(({ resource, attribute = "destination_ip_address", protocol, destination }) => ({
        resource,
        protocol,
        peers: [destination],
        attribute,
      }));
    const verdicts = [...groups, ...waysVerdicts(subject, rules), ...waysVerdicts(subject, firewall)];
    return verdicts.length === 0 ? [notApplicable("没有安全组", "there are no security groups")] : verdicts;
  },
});

function groupVerdict(subject: SystemSubject, group: PlannedResource): Verdict {
  if (group.values["delete_default_rules"] === true) return pass();
  const place = placeOfResource(subject, group, "delete_default_rules");
  return group.unknown.has("delete_default_rules")
    ? undetermined(place, "delete_default_rules 要到执行后才知道，应为 true", "Cannot tell delete_default_rules before apply: wanted true")
    : violation(
        place,
        "delete_default_rules 不是 true：云平台自带的规则放行全部对外访问",
        "Cannot keep Neutron's default rules, which let everything out: wanted delete_default_rules = true",
      );
}

/** Networks that are narrow one by one may be the world together; then each is told. */
function waysVerdicts(subject: SystemSubject, ways: readonly Way[]): Verdict[] {
  const ranges = ways.flatMap(({ peers }) => peers.flatMap((peer) => (peer.kind === "network" ? [peer.range] : [])));
  const space = publicSpaceOf(subject.catalogue);
  const world = space.worldAmong(ranges);
  return ways.flatMap(({ resource, protocol, peers, attribute }) => {
    const isFine = protocol !== "any" && protocol !== "unknown" && peers.every((peer) => peer.kind === "network" && !world.has(peer.range));
    if (isFine) return [pass()];
    const verdicts: Verdict[] = [];
    const place = placeOfResource(subject, resource, "protocol");
    if (protocol === "any")
      verdicts.push(violation(place, '对外访问没有写明协议，应写明，如 "tcp"', 'Cannot let out every protocol: wanted one, such as "tcp"'));
    if (protocol === "unknown")
      verdicts.push(undetermined(place, "协议要到执行后才知道，应写明", "Cannot tell the protocol before apply: wanted it written out"));
    verdicts.push(...peers.flatMap((peer) => peerVerdict(placeOfResource(subject, resource, attribute), peer, world, space) ?? []));
    return verdicts;
  });
}

function peerVerdict(
  place: ReturnType<typeof placeOfResource>,
  peer: Peer,
  world: ReadonlySet<AddressRange>,
  space: PublicSpace,
): Verdict | undefined {
  switch (peer.kind) {
    case "anyone":
      return violation(
        place,
        "对外可访问任何地址，应写明目的网段",
        "Cannot let traffic out to any address: wanted the networks that are needed",
      );
    case "unknown":
      return undetermined(place, "目的地在这里看不到，应写明网段", "Cannot tell the destination: wanted a network, written out");
    case "network": {
      if (!world.has(peer.range)) return undefined;
      const words = worldWords(peer.range, world.size, space);
      return violation(
        place,
        `对外可访问 ${words.zh}，应写明目的网段`,
        `Cannot let traffic out to ${words.en}: wanted the networks that are needed`,
      );
    }
  }
}
