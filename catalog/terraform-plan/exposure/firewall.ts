import { type PlannedResource, stringValue } from "../planned-resource.ts";
import { indexStack } from "./stack-index.ts";
import { type Peer, type Ports, readFirewallPorts, readPrefix, readProtocol } from "./traffic.ts";

/** What a rule of the cloud firewall (FWaaS) lets through; its direction is that of the policies that it is in. */
export interface FirewallRule {
  readonly resource: PlannedResource;
  readonly direction: "ingress" | "egress" | "both";
  readonly protocol: string;
  readonly ports: Ports;
  readonly source: Peer;
  readonly destination: Peer;
}

const POLICY = "openstack_fw_policy_v2";
const RULE = "openstack_fw_rule_v2";

/** Rules that let something through and are on; one that is in no policy of a group yet may be used either way. */
export function readFirewallRules(resources: readonly PlannedResource[]): FirewallRule[] {
  const index = indexStack(resources);
  const directions = new Map<string, Set<"ingress" | "egress">>();
  for (const group of index.ofType("openstack_fw_group_v2")) {
    for (const direction of ["ingress", "egress"] as const) {
      for (const policy of index.resolve(group, `${direction}_firewall_policy_id`, POLICY)) {
        if (policy.kind !== "own") continue;
        for (const rule of index.resolve(policy.resource, "rules", RULE)) {
          if (rule.kind !== "own") continue;
          const known = directions.get(rule.resource.address) ?? new Set();
          directions.set(rule.resource.address, known.add(direction));
        }
      }
    }
  }
  return index.ofType(RULE).flatMap((resource) => {
    const action = stringValue(resource, "action")?.toLowerCase();
    if (action === "deny" || action === "reject" || resource.values["enabled"] === false) return [];
    const [direction, ...others] = directions.get(resource.address) ?? [];
    return [
      {
        resource,
        direction: direction === undefined || others.length > 0 ? "both" : direction,
        protocol: readProtocol(resource),
        ports: readFirewallPorts(resource, "destination_port"),
        source: peerOf(resource, "source_ip_address"),
        destination: peerOf(resource, "destination_ip_address"),
      },
    ];
  });
}

function peerOf(rule: PlannedResource, attribute: string): Peer {
  return rule.unknown.has(attribute) ? { kind: "unknown" } : readPrefix(rule.values[attribute]);
}
