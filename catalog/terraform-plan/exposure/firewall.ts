import { type PlannedResource, stringValue } from "../planned-resource.ts";
import { rangeContains } from "./address-range.ts";
import { append, indexStack, type StackIndex, textsAt } from "./stack-index.ts";
import { ANY_PORT, type Peer, type Ports, portsContain, readFirewallPorts, readPrefix, readProtocol } from "./traffic.ts";

type Direction = "ingress" | "egress";

/** What a rule of the cloud firewall (FWaaS) lets through; its direction is that of the policies that it is in. */
export interface FirewallRule {
  readonly resource: PlannedResource;
  readonly direction: Direction | "both";
  readonly protocol: string;
  readonly ports: Ports;
  readonly source: Peer;
  readonly destination: Peer;
  /** Where the rule is made elsewhere: the attribute of `resource` that names it. */
  readonly attribute?: string;
}

const GROUP = "openstack_fw_group_v2";
const POLICY = "openstack_fw_policy_v2";
const RULE = "openstack_fw_rule_v2";

/**
 * Rules that let something through: those that are on, allow, and that no rule before them in their policy denies altogether. One that is in no
 * policy of a group yet may be used either way. What a firewall drops is not taken from what security groups let in: the firewall stands at the
 * router alone, and a packet may come another way.
 */
export function readFirewallRules(resources: readonly PlannedResource[]): readonly FirewallRule[] {
  const index = indexStack(resources);
  const rules = READ.get(index) ?? readRules(index);
  READ.set(index, rules);
  return rules;
}

const READ = new WeakMap<StackIndex, readonly FirewallRule[]>();

function readRules(index: StackIndex): FirewallRule[] {
  const unseen: FirewallRule[] = [];
  const directionsOf = new Map<string, Set<Direction>>();
  for (const group of index.ofType(GROUP)) {
    for (const direction of ["ingress", "egress"] as const) {
      const attribute = `${direction}_firewall_policy_id`;
      for (const policy of index.resolve(group, attribute, POLICY)) {
        if (policy.kind !== "own") unseen.push(unseenRule(group, attribute, direction));
        else directionsOf.set(policy.resource.address, (directionsOf.get(policy.resource.address) ?? new Set()).add(direction));
      }
    }
  }
  const read = new Map(
    index.ofType(RULE).map((resource): [PlannedResource, ReadRule] => [resource, { resource, traffic: trafficOf(resource) }]),
  );
  const places = new Map<string, { readonly direction: Direction | "both"; readonly isDead: boolean }[]>();
  for (const policy of index.ofType(POLICY)) {
    const [only, ...others] = directionsOf.get(policy.address) ?? [];
    const direction = only === undefined || others.length > 0 ? "both" : only;
    const { rules, hasUnseen } = rulesOf(index, policy, read);
    if (hasUnseen) unseen.push(unseenRule(policy, "rules", direction));
    const denying: ReadRule[] = [];
    for (const rule of rules) {
      const isDead = !hasUnseen && denying.some((earlier) => holds(earlier, rule));
      append(places, rule.resource.address, { direction, isDead });
      if (denies(rule.resource)) denying.push(rule);
    }
  }
  const seen = [...read.values()].flatMap(({ resource, traffic }): FirewallRule[] => {
    const action = stringValue(resource, "action")?.toLowerCase();
    if (action === "deny" || action === "reject" || resource.values["enabled"] === false) return [];
    const all = places.get(resource.address) ?? [];
    const live = all.filter(({ isDead }) => !isDead).map(({ direction }) => direction);
    if (all.length > 0 && live.length === 0) return [];
    const [direction = "both"] = live;
    return [{ resource, direction: live.every((each) => each === direction) ? direction : "both", ...traffic }];
  });
  return [...seen, ...unseen];
}

/** Rules of a policy in their order; where some are made elsewhere, nobody here knows what stands before what. */
function rulesOf(
  index: StackIndex,
  policy: PlannedResource,
  read: ReadonlyMap<PlannedResource, ReadRule>,
): { readonly rules: readonly ReadRule[]; readonly hasUnseen: boolean } {
  const targets = index.resolve(policy, "rules", RULE);
  const rules = targets.flatMap((target) => (target.kind === "own" ? (read.get(target.resource) ?? []) : []));
  const isMixed = policy.unknown.has("rules") && textsAt(policy.values["rules"], []).length > 0;
  return { rules, hasUnseen: isMixed || rules.length < targets.length };
}

function unseenRule(resource: PlannedResource, attribute: string, direction: FirewallRule["direction"]): FirewallRule {
  const unknown = { kind: "unknown" } as const;
  return { resource, attribute, direction, protocol: "unknown", ports: ANY_PORT, source: unknown, destination: unknown };
}

type Traffic = Pick<FirewallRule, "protocol" | "ports" | "source" | "destination">;

function trafficOf(rule: PlannedResource): Traffic {
  return {
    protocol: readProtocol(rule),
    ports: readFirewallPorts(rule, "destination_port"),
    source: peerOf(rule, "source_ip_address"),
    destination: peerOf(rule, "destination_ip_address"),
  };
}

/** A rule with what it is about, which it is held against others by. */
interface ReadRule {
  readonly resource: PlannedResource;
  readonly traffic: Traffic;
}

function denies(rule: PlannedResource): boolean {
  const action = stringValue(rule, "action")?.toLowerCase();
  return (action === "deny" || action === "reject") && rule.values["enabled"] !== false && !rule.unknown.has("enabled");
}

/** Whether all traffic of `inner` is traffic of `outer`; false where that cannot be told. */
function holds({ resource: outer, traffic: wide }: ReadRule, { resource: inner, traffic: narrow }: ReadRule): boolean {
  const version = (rule: PlannedResource) => (rule.unknown.has("ip_version") ? undefined : Number(rule.values["ip_version"] ?? 4));
  const isNarrow = outer.unknown.has("source_port") || (stringValue(outer, "source_port") ?? "") !== "";
  if (isNarrow || version(outer) === undefined || version(outer) !== version(inner)) return false;
  return (
    (wide.protocol === "any" || (wide.protocol !== "unknown" && wide.protocol === narrow.protocol)) &&
    portsContain(wide.ports, narrow.ports) &&
    peerContains(wide.source, narrow.source) &&
    peerContains(wide.destination, narrow.destination)
  );
}

function peerContains(outer: Peer, inner: Peer): boolean {
  if (outer.kind === "anyone") return true;
  return outer.kind === "network" && inner.kind === "network" && rangeContains(outer.range, inner.range);
}

function peerOf(rule: PlannedResource, attribute: string): Peer {
  if (rule.unknown.has(attribute)) return { kind: "unknown" };
  const version = rule.values["ip_version"];
  return readPrefix(rule.values[attribute], version === 6 ? 6 : version === 4 || version === undefined ? 4 : undefined);
}
