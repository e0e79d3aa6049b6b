import { type PlannedResource, referredTo, stringValue } from "./planned-resource.ts";

/** A port of a server that can be reached from outside its system. */
export interface Reachable {
  /** Name of the server in the cloud. */
  readonly server: string;
  /** `tcp`, `udp`, `icmp`, a protocol number, or `any`. */
  readonly protocol: string;
  /** `443`, `8000-8010` or `any`. */
  readonly ports: string;
  /** `internet`, `anyone` (any source, no public address), a CIDR, or `unknown`. */
  readonly from: string;
}

export type ExposureChange = Reachable & { readonly change: "opened" | "closed" | "unchanged" };

const ANYWHERE = new Set(["0.0.0.0/0", "::/0"]);

/** What can be reached from outside the system, as Neutron understands the rules: what a rule leaves out, it allows. */
export function readExposure(resources: readonly PlannedResource[]): Reachable[] {
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  const rules = ofType("openstack_networking_secgroup_rule_v2").filter((rule) => stringValue(rule, "direction") !== "egress");
  const publicPorts = new Set(
    [...ofType("openstack_networking_floatingip_associate_v2"), ...ofType("openstack_networking_floatingip_v2")].flatMap((address) =>
      referredTo(address, "port_id"),
    ),
  );

  const found = new Map<string, Reachable>();
  for (const server of ofType("openstack_compute_instance_v2")) {
    for (const portAddress of referredTo(server, "network.port")) {
      const port = byAddress.get(portAddress);
      if (port === undefined) continue;
      const isPublic = publicPorts.has(portAddress);
      for (const open of openings(port, rules)) {
        const from = open.from === "anyone" && isPublic ? "internet" : open.from;
        const reachable = { server: stringValue(server, "name") ?? server.name, protocol: open.protocol, ports: open.ports, from };
        found.set(exposureKey(reachable), reachable);
      }
    }
  }
  return [...found.values()].sort((a, b) => (exposureKey(a) < exposureKey(b) ? -1 : 1));
}

function openings(port: PlannedResource, rules: readonly PlannedResource[]): Omit<Reachable, "server">[] {
  // Without port security no group applies at all.
  if (port.values["port_security_enabled"] === false) return [{ protocol: "any", ports: "any", from: "anyone" }];
  const groups = referredTo(port, "security_group_ids");
  // What is left as a plain id is a group made elsewhere, whose rules are not in this stack.
  const foreign = port.values["security_group_ids"];
  const unknown = Array.isArray(foreign) && foreign.length > 0 ? [{ protocol: "any", ports: "any", from: "unknown" }] : [];
  const known = rules
    .filter((rule) => referredTo(rule, "security_group_id").some((group) => groups.includes(group)))
    .flatMap((rule) => {
      const from = ruleSource(rule);
      return from === undefined ? [] : [{ protocol: ruleProtocol(rule), ports: rulePorts(rule), from }];
    });
  return [...unknown, ...known];
}

/** Undefined where the source is a group of this same system: that is no exposure. */
function ruleSource(rule: PlannedResource): string | undefined {
  if (referredTo(rule, "remote_group_id").length > 0) return undefined;
  if (
    stringValue(rule, "remote_group_id") !== undefined ||
    stringValue(rule, "remote_address_group_id") !== undefined ||
    rule.unknown.has("remote_ip_prefix")
  )
    return "unknown";
  const prefix = stringValue(rule, "remote_ip_prefix");
  return prefix === undefined || prefix === "" || ANYWHERE.has(prefix) ? "anyone" : prefix;
}

function ruleProtocol(rule: PlannedResource): string {
  const protocol = stringValue(rule, "protocol") ?? "";
  return protocol === "" || protocol === "0" || protocol === "any" ? "any" : protocol;
}

function rulePorts(rule: PlannedResource): string {
  const { port_range_min: low, port_range_max: high } = rule.values;
  const from = typeof low === "number" ? low : 0;
  const to = typeof high === "number" ? high : from;
  if ((from === 0 && to === 0) || (from <= 1 && to >= 65_535)) return "any";
  return from === to ? String(from) : `${from}-${to}`;
}

/** Exposure before and after a change, each opening once. */
export function compareExposure(base: readonly Reachable[], head: readonly Reachable[]): ExposureChange[] {
  const before = new Set(base.map(exposureKey));
  const after = new Set(head.map(exposureKey));
  return [
    ...head.map((each): ExposureChange => ({ ...each, change: before.has(exposureKey(each)) ? "unchanged" : "opened" })),
    ...base.filter((each) => !after.has(exposureKey(each))).map((each): ExposureChange => ({ ...each, change: "closed" })),
  ].sort((a, b) => (exposureKey(a) < exposureKey(b) ? -1 : 1));
}

function exposureKey({ server, protocol, ports, from }: Reachable): string {
  return [server, protocol, ports.padStart(11, "0"), from].join("|");
}
