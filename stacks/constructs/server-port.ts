import { NetworkingFloatingipAssociateV2 } from "@cdktf/provider-openstack/networking-floatingip-associate-v2";
import { NetworkingFloatingipV2 } from "@cdktf/provider-openstack/networking-floatingip-v2";
import { NetworkingPortV2 } from "@cdktf/provider-openstack/networking-port-v2";
import type { Construct } from "constructs";
import type { Listen } from "../../catalog/declaration.ts";
import type { Firewall } from "./firewall.ts";
import type { Network } from "./network.ts";
import type { Membership, ServerSecurityGroup } from "./security-groups.ts";
import { type SystemContext, tagsOf } from "./system-context.ts";

/** Where a system's servers are connected. */
export interface Surroundings {
  readonly network: Network;
  readonly membership: Membership;
  readonly firewall: Firewall | undefined;
}

export interface ServerPortProps extends Surroundings {
  /** Name of the server. */
  readonly name: string;
  readonly group: ServerSecurityGroup;
  readonly listens: readonly Listen[];
}

/**
 * Adds a server's only port, and a public address where one of its ports listens to the internet; returns the port's id. The server names the port
 * alone: any other way of connecting it replaces the server when a network is renamed. Leaf ids are capitalised: a data disk may be called "port".
 */
export function addServerPort(scope: Construct, context: SystemContext, props: ServerPortProps): string {
  const { name, network, membership, group, firewall, listens } = props;
  const tags = tagsOf(context);
  // Address and MAC are Neutron's to choose; groups and port security are explicit, for what is left out keeps its last value.
  const port = new NetworkingPortV2(scope, "Port", {
    name,
    networkId: network.networkId,
    adminStateUp: true,
    portSecurityEnabled: true,
    securityGroupIds: [membership.groupId, group.groupId],
    fixedIp: [{ subnetId: network.subnetId }],
    tags,
  });
  if (listens.some(({ from }) => from.kind === "internet")) {
    const address = new NetworkingFloatingipV2(scope, "FloatingIp", {
      pool: context.pool.openstack.externalNetwork.name,
      description: name,
      tags,
    });
    // Neutron refuses an address without a way to the external network; and nothing is public before the firewall stands.
    const dependsOn = firewall === undefined ? [network.routerInterface] : [network.routerInterface, firewall.group];
    new NetworkingFloatingipAssociateV2(scope, "Association", { floatingIp: address.address, portId: port.id, dependsOn });
  }
  return port.id;
}
