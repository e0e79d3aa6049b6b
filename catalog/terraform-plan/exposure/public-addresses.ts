import { type PlannedResource, stringValue } from "../planned-resource.ts";
import { isHost, readAddressRange } from "./address-range.ts";
import { BALANCER } from "./load-balancers.ts";
import { PUBLIC_SPACE } from "./public-space.ts";
import { NETWORK, PORT, SUBNET } from "./security-groups.ts";
import { append, type StackIndex, type Target, textsAt } from "./stack-index.ts";

const FLOATING = "openstack_networking_floatingip_v2";

/** Attributes by which something says that a port gets a public address. */
const WAYS: readonly (readonly [type: string, attribute: string])[] = [
  [FLOATING, "port_id"],
  ["openstack_networking_floatingip_associate_v2", "port_id"],
  ["openstack_networking_portforwarding_v2", "internal_port_id"],
];

export interface PublicAddresses {
  /** Addresses of the ports and load balancers that have one. */
  readonly of: ReadonlySet<string>;
  /** What gives a public address to something that is not in this stack, or is not known yet. */
  readonly stray: readonly { readonly resource: PlannedResource; readonly attribute: string }[];
}

/**
 * Ports with a public address: by an association, by the address itself, by port forwarding, by the fixed address that it names, or because they
 * stand in a network with public addresses themselves.
 */
export function readPublicAddresses(index: StackIndex): PublicAddresses {
  const byFixedAddress = new Map<string, PlannedResource[]>();
  for (const port of index.ofType(PORT))
    for (const address of textsAt(port.values["fixed_ip"], ["ip_address"])) append(byFixedAddress, address, port);

  const associated = new Set(
    index
      .ofType("openstack_networking_floatingip_associate_v2")
      .flatMap((each) => (each.references.get("floating_ip") ?? []).map(({ address }) => address)),
  );
  const of = new Set([
    ...index.ofType(PORT).flatMap((port) => (standsOutside(index, port, "network_id", "fixed_ip.subnet_id") ? [port.address] : [])),
    ...index.ofType(BALANCER).flatMap((each) => (standsOutside(index, each, "vip_network_id", "vip_subnet_id") ? [each.address] : [])),
  ]);
  const stray: PublicAddresses["stray"][number][] = [];
  for (const [type, attribute] of WAYS) {
    for (const resource of index.ofType(type)) {
      const fixed = stringValue(resource, "fixed_ip") ?? stringValue(resource, "internal_ip_address");
      const named = fixed === undefined ? [] : (byFixedAddress.get(fixed) ?? []);
      for (const { address } of named) of.add(address);
      for (const target of targetsOf(index, resource, attribute)) {
        if (target.kind === "own") of.add(target.resource.address);
        // An address that is associated elsewhere in the stack says here only that it will know its port.
        else if (named.length === 0 && !(target.kind === "unknown" && associated.has(resource.address)))
          stray.push({ resource, attribute });
      }
    }
  }
  return { of, stray };
}

/** The port, or the load balancer whose port it is. */
function targetsOf(index: StackIndex, resource: PlannedResource, attribute: string): readonly Target[] {
  const balancers = index.resolve(resource, attribute, BALANCER).filter(({ kind }) => kind === "own");
  return balancers.length > 0 ? balancers : index.resolve(resource, attribute, PORT);
}

/**
 * Whether a port stands in a network of the provider's, or has public addresses of its own: no router and no floating address is needed then. A
 * network made elsewhere is taken for one, unless every address that the port has there is private.
 */
function standsOutside(index: StackIndex, port: PlannedResource, networkPath: string, subnetPath: string): boolean {
  const addresses = [...textsAt(port.values["fixed_ip"], ["ip_address"]), ...textsAt(port.values["vip_address"], [])];
  const subnets = index.resolve(port, subnetPath, SUBNET);
  const ranges = [
    ...addresses,
    ...subnets.flatMap((target) => (target.kind === "own" ? (stringValue(target.resource, "cidr") ?? []) : [])),
  ].flatMap((words) => readAddressRange(words) ?? []);
  // IPv6 addresses are global by nature; whether anybody routes them is not told here.
  if (ranges.some((range) => range.family === 4 && !PUBLIC_SPACE.isPrivate(range))) return true;
  const hasOwnSubnet = subnets.some(({ kind }) => kind === "own");
  const isInside = hasOwnSubnet || ranges.some((range) => range.family === 4 && isHost(range));
  return index.resolve(port, networkPath, NETWORK).some((target) => {
    if (target.kind !== "own") return !isInside;
    return target.resource.values["external"] === true || (target.resource.unknown.has("external") && !isInside);
  });
}
