import { type PlannedResource, stringValue } from "../planned-resource.ts";
import { PORT } from "./security-groups.ts";
import { append, type StackIndex, type Target, textsAt } from "./stack-index.ts";

export const BALANCER = "openstack_lb_loadbalancer_v2";
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

/** Ports with a public address: by an association, by the address itself, by port forwarding, or by the fixed address that it names. */
export function readPublicAddresses(index: StackIndex): PublicAddresses {
  const byFixedAddress = new Map<string, PlannedResource[]>();
  for (const port of index.ofType(PORT))
    for (const address of textsAt(port.values["fixed_ip"], ["ip_address"])) append(byFixedAddress, address, port);

  const associated = new Set(
    index
      .ofType("openstack_networking_floatingip_associate_v2")
      .flatMap((each) => (each.references.get("floating_ip") ?? []).map(({ address }) => address)),
  );
  const of = new Set<string>();
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
