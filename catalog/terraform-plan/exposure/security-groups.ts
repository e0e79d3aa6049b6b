import { blocks, type PlannedResource, stringValue } from "../planned-resource.ts";
import { type AddressRange, isHost, rangeContains, readAddressRange } from "./address-range.ts";
import { PUBLIC_SPACE } from "./public-space.ts";
import { append, type StackIndex, type Target, targetKey, textsAt } from "./stack-index.ts";
import { type Peer, type Ports, readFamily, readPorts, readPrefix, readProtocol } from "./traffic.ts";

export const RULE = "openstack_networking_secgroup_rule_v2";
export const GROUP = "openstack_networking_secgroup_v2";
export const PORT = "openstack_networking_port_v2";
export const SUBNET = "openstack_networking_subnet_v2";
export const NETWORK = "openstack_networking_network_v2";
const ADDRESS_GROUP = "openstack_networking_address_group_v2";
const ASSOCIATE = "openstack_networking_port_secgroup_associate_v2";

/** A rule as Neutron understands it. */
export interface Rule {
  readonly resource: PlannedResource;
  readonly direction: "ingress" | "egress" | "unknown";
  readonly protocol: string;
  readonly ports: Ports;
  /** Who is on the other side, without the system's own servers; empty where it is nobody else. */
  readonly peers: readonly Peer[];
  /** The attribute that tells who it is. */
  readonly peerAttribute: string;
}

/** The security groups of a stack: their rules, and which ports are in them. */
export class SecurityGroups {
  readonly #index: StackIndex;
  readonly #rules = new Map<string, Rule[]>();
  /** What {@link ingressOf} told: it is asked for every port of a group. */
  readonly #ingress = new Map<string, readonly Rule[]>();
  readonly #ofPort = new Map<string, Target[]>();
  readonly #members = new Map<string, PlannedResource[]>();
  readonly #ownRanges: readonly AddressRange[];
  /** Every rule of the stack. */
  readonly rules: readonly Rule[];

  constructor(index: StackIndex) {
    this.#index = index;
    this.#ownRanges = index.ofType(SUBNET).flatMap((subnet) => readAddressRange(stringValue(subnet, "cidr") ?? "") ?? []);
    for (const port of index.ofType(PORT)) this.#join(port, index.resolve(port, "security_group_ids", GROUP));
    for (const association of index.ofType(ASSOCIATE)) {
      const groups = index.resolve(association, "security_group_ids", GROUP);
      for (const target of index.resolve(association, "port_id", PORT)) if (target.kind === "own") this.#join(target.resource, groups);
    }
    const rules: Rule[] = [];
    for (const resource of index.ofType(RULE)) {
      const rule = this.#readRule(resource);
      rules.push(rule);
      for (const group of index.resolve(resource, "security_group_id", GROUP)) append(this.#rules, targetKey(group), rule);
    }
    this.rules = rules;
  }

  /** Groups that a port is put into here, in whichever way. */
  ofPort(port: PlannedResource): readonly Target[] {
    return this.#ofPort.get(port.address) ?? [];
  }

  /** Rules that let something in to the members of a group; those whose group is not known yet may be any group's. */
  ingressOf(group: Target): readonly Rule[] {
    const key = targetKey(group);
    let ingress = this.#ingress.get(key);
    if (ingress === undefined) {
      const stray = group.kind === "unknown" ? [] : (this.#rules.get("unknown") ?? []);
      ingress = [...(this.#rules.get(key) ?? []), ...stray].filter(({ direction }) => direction !== "egress");
      this.#ingress.set(key, ingress);
    }
    return ingress;
  }

  /** A group of this stack by the name or the id that a server gives. */
  named(words: string): PlannedResource | undefined {
    return this.#index.ofType(GROUP).find((group) => stringValue(group, "name") === words || stringValue(group, "id") === words);
  }

  #join(port: PlannedResource, groups: readonly Target[]): void {
    for (const group of groups) {
      append(this.#ofPort, port.address, group);
      append(this.#members, targetKey(group), port);
    }
  }

  #readRule(resource: PlannedResource): Rule {
    const protocol = readProtocol(resource);
    const direction = stringValue(resource, "direction")?.toLowerCase();
    return {
      resource,
      direction: direction === "ingress" || direction === "egress" ? direction : "unknown",
      protocol,
      ports: readPorts(resource, protocol),
      ...this.#peersOf(resource),
    };
  }

  /** Neutron takes one of prefix, group and address group; of a rule with several each counts, and one that is known leaves no other to be known later. */
  #peersOf(rule: PlannedResource): Pick<Rule, "peers" | "peerAttribute"> {
    const prefix = rule.values["remote_ip_prefix"] ?? "";
    const groups = this.#index.resolve(rule, "remote_group_id", GROUP);
    const lists = this.#index.resolve(rule, "remote_address_group_id", ADDRESS_GROUP);
    if (groups.length + lists.length === 0) return { peers: [this.#peerOfPrefix(rule, prefix)], peerAttribute: "remote_ip_prefix" };
    const sources = [
      ...groups.map((target) => ({ attribute: "remote_group_id", target })),
      ...lists.map((target) => ({ attribute: "remote_address_group_id", target })),
    ];
    const named = sources.filter(({ target }) => target.kind !== "unknown");
    const given = named.length > 0 || prefix !== "" ? named : sources;
    const peers = given.flatMap(({ attribute, target }) =>
      attribute === "remote_group_id" ? this.#peersOfGroup(target) : peersOfAddressGroup(target),
    );
    const [first] = given;
    if (first !== undefined) return { peers: prefix === "" ? peers : [...peers, readPrefix(prefix)], peerAttribute: first.attribute };
    return { peers: [this.#peerOfPrefix(rule, prefix)], peerAttribute: "remote_ip_prefix" };
  }

  #peerOfPrefix(rule: PlannedResource, prefix: unknown): Peer {
    if (!rule.unknown.has("remote_ip_prefix")) return readPrefix(prefix, readFamily(rule));
    const cidr = stringValue(this.#index.own(rule, "remote_ip_prefix", SUBNET), "cidr");
    return cidr === undefined ? { kind: "unknown" } : readPrefix(cidr);
  }

  /**
   * A group stands for the addresses of its members. Those are the system's own servers, and no exposure; but an address pair of a member counts too,
   * so that a member with 0.0.0.0/0 there makes the group everybody.
   */
  #peersOfGroup(group: Target): Peer[] {
    if (group.kind !== "own") return [{ kind: "unknown" }];
    return (this.#members.get(targetKey(group)) ?? []).flatMap((port) => this.#pairsOf(port));
  }

  #pairsOf(port: PlannedResource): Peer[] {
    const known = textsAt(port.values["allowed_address_pairs"], ["ip_address"]).map((each) => readPrefix(each));
    const outside = known.filter((peer) => peer.kind !== "network" || !this.#isOwn(peer.range));
    return pairsAreUnknown(port, this.#index) ? [...outside, { kind: "unknown" }] : outside;
  }

  #isOwn(range: AddressRange): boolean {
    return (
      this.#ownRanges.some((own) => rangeContains(own, range)) ||
      (this.#ownRanges.length === 0 && isHost(range) && PUBLIC_SPACE.isPrivate(range))
    );
  }
}

const GROUPS = new WeakMap<StackIndex, SecurityGroups>();

/** The security groups of a stack, read once. */
export function readSecurityGroups(index: StackIndex): SecurityGroups {
  let groups = GROUPS.get(index);
  if (groups === undefined) {
    groups = new SecurityGroups(index);
    GROUPS.set(index, groups);
  }
  return groups;
}

/** True where a pair's address will only be known later and is not the address of a port of this stack. */
export function pairsAreUnknown(port: PlannedResource, index: StackIndex): boolean {
  if (port.unknown.has("allowed_address_pairs")) return true;
  if (!port.unknown.has("allowed_address_pairs.ip_address")) return false;
  const targets = index.resolve(port, "allowed_address_pairs.ip_address", PORT);
  const others = targets.filter(
    (target) => target.kind === "unknown" || (target.kind === "foreign" && readAddressRange(target.id) === undefined),
  );
  return others.length > 0;
}

function peersOfAddressGroup(list: Target): Peer[] {
  if (list.kind !== "own") return [{ kind: "unknown" }];
  const addresses = textsAt(list.resource.values["addresses"], []).map((each) => readPrefix(each));
  // An empty list lets nobody in until somebody fills it by hand.
  return addresses.length === 0 || list.resource.unknown.has("addresses") ? [...addresses, { kind: "unknown" }] : addresses;
}

/** Whether Neutron filters what enters a port. What is left out keeps its last value, and is the network's when the port is made. */
export function portSecurity(port: PlannedResource, index: StackIndex, before: PlannedResource | undefined): "on" | "off" | "unknown" {
  const extra = blocks(port, "value_specs");
  if (port.unknown.has("value_specs") || extra.some((each) => "port_security_enabled" in each || "security_groups" in each))
    return "unknown";
  const value = port.values["port_security_enabled"];
  if (typeof value === "boolean") return value ? "on" : "off";
  if (port.unknown.has("port_security_enabled")) return "unknown";
  const last = before?.values["port_security_enabled"];
  if (typeof last === "boolean") return last ? "on" : "off";
  if (before?.unknown.has("port_security_enabled")) return "unknown";
  const network = index.own(port, "network_id", NETWORK);
  if (network === undefined || network.unknown.has("port_security_enabled")) return "unknown";
  return network.values["port_security_enabled"] === false ? "off" : "on";
}
