import { type PlannedResource, stringValue } from "../planned-resource.ts";
import { type AddressRange, isEveryAddress, readAddressRange } from "./address-range.ts";

/** Ports (of icmp: a type, with its code) that a rule lets through. */
export type Ports =
  | { readonly kind: "any" }
  | { readonly kind: "range"; readonly from: number; readonly to: number }
  | { readonly kind: "icmp"; readonly type: number; readonly code: number | undefined }
  | { readonly kind: "unknown" };

/** The other side of a rule: every address (of one family, or of both), a network, or what nobody knows here. */
export type Peer =
  | { readonly kind: "anyone"; readonly family?: 4 | 6 }
  | { readonly kind: "network"; readonly range: AddressRange }
  | { readonly kind: "unknown" };

export const ANY_PORT: Ports = { kind: "any" };
const LAST_PORT = 65_535;

/** Numbers and other names of the protocols that have ports or types (IANA); Neutron takes either. The rest keep what they are called by. */
const PROTOCOLS: Readonly<Record<string, string>> = {
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "33": "dccp",
  "58": "ipv6-icmp",
  "132": "sctp",
  "136": "udplite",
  icmpv6: "ipv6-icmp",
  icmp6: "ipv6-icmp",
};

/** Words that are no protocol but all of them. */
const EVERY_PROTOCOL = new Set(["", "any", "all", "ip", "-1", "0"]);
const WITH_PORTS = new Set(["tcp", "udp", "sctp", "dccp", "udplite"]);
const ICMP = new Set(["icmp", "ipv6-icmp"]);

/** `tcp`, `udp`, `icmp`, another name, a number without one, `any` (also where it is left out), or `unknown`. */
export function readProtocol(resource: PlannedResource): string {
  if (resource.unknown.has("protocol")) return "unknown";
  const value = resource.values["protocol"];
  // Most rules say it as it is said here.
  if (value === "tcp" || value === "udp") return value;
  const words = (typeof value === "number" ? String(value) : typeof value === "string" ? value : "").trim().toLowerCase();
  const number = /^\d+$/.test(words) ? String(Number(words)) : words;
  return EVERY_PROTOCOL.has(number) ? "any" : (PROTOCOLS[number] ?? number);
}

/** Ports of a security group's rule. What is left out, and 0 which the provider leaves out, is every one. */
export function readPorts(rule: PlannedResource, protocol: string): Ports {
  if (rule.unknown.has("port_range_min") || rule.unknown.has("port_range_max")) return { kind: "unknown" };
  const low = portOf(rule.values["port_range_min"]);
  const high = portOf(rule.values["port_range_max"]);
  if (ICMP.has(protocol)) return low === 0 ? ANY_PORT : { kind: "icmp", type: low, code: high === 0 ? undefined : high };
  // No other protocol has ports: Neutron refuses such a rule, and what is refused counts here as the most that it could mean.
  return WITH_PORTS.has(protocol) || protocol === "unknown" ? rangeOf(low, high) : ANY_PORT;
}

/** Destination ports of a firewall rule: `443`, `8000:8010`, or every one where they are left out. */
export function readFirewallPorts(rule: PlannedResource, attribute: string): Ports {
  if (rule.unknown.has(attribute)) return { kind: "unknown" };
  const value = rule.values[attribute];
  if (value === undefined || value === null || value === "") return ANY_PORT;
  const match = /^(\d{1,5})(?:[:-](\d{1,5}))?$/.exec(String(value));
  return match === null ? { kind: "unknown" } : rangeOf(Number(match[1]), Number(match[2] ?? match[1]));
}

/** A prefix; left out or empty it is every address, of the family that the rule is for. */
export function readPrefix(prefix: unknown, family?: 4 | 6): Peer {
  if (prefix === undefined || prefix === null || prefix === "") return anyone(family);
  const range = typeof prefix === "string" ? readAddressRange(prefix) : undefined;
  if (range === undefined) return { kind: "unknown" };
  return isEveryAddress(range) ? anyone(range.family) : { kind: "network", range };
}

function anyone(family: 4 | 6 | undefined): Peer {
  return family === undefined ? { kind: "anyone" } : { kind: "anyone", family };
}

/** Addresses that a rule is for, by its `ethertype`; undefined where that does not tell. */
export function readFamily(rule: PlannedResource): 4 | 6 | undefined {
  const words = stringValue(rule, "ethertype")?.toLowerCase();
  return words === "ipv4" ? 4 : words === "ipv6" ? 6 : undefined;
}

/** Whether all of `inner` is in `outer`; false where that cannot be told. */
export function portsContain(outer: Ports, inner: Ports): boolean {
  switch (outer.kind) {
    case "any":
      return true;
    case "range":
      return inner.kind === "range" && outer.from <= inner.from && inner.to <= outer.to;
    case "icmp":
      return inner.kind === "icmp" && outer.type === inner.type && (outer.code === undefined || outer.code === inner.code);
    case "unknown":
      return false;
  }
}

export function printPorts(ports: Ports): string {
  switch (ports.kind) {
    case "range":
      return ports.from === ports.to ? String(ports.from) : `${ports.from}-${ports.to}`;
    case "icmp":
      return ports.code === undefined ? String(ports.type) : `${ports.type}/${ports.code}`;
    default:
      return ports.kind;
  }
}

/** Whether a rule's protocol and ports hold a port of this protocol; `unknown` where that cannot be told. */
export function holdsPort(
  protocol: string,
  ports: Ports,
  wanted: { readonly protocol: string; readonly from: number; readonly to: number },
) {
  const isProtocol = protocol === "any" || protocol === wanted.protocol;
  if (!isProtocol && protocol !== "unknown") return "no";
  if (ports.kind === "icmp" || (ports.kind === "range" && (ports.to < wanted.from || ports.from > wanted.to))) return "no";
  return isProtocol && ports.kind !== "unknown" ? "yes" : "unknown";
}

function portOf(value: unknown): number {
  const number = typeof value === "string" ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) && number > 0 ? number : 0;
}

/** With one bound alone, or both the wrong way round, Neutron refuses the rule: it counts as the most that it could mean. */
function rangeOf(low: number, high: number): Ports {
  if (high === 0 || (low <= 1 && high >= LAST_PORT)) return ANY_PORT;
  return { kind: "range", from: Math.min(low, high), to: Math.max(low, high) };
}
