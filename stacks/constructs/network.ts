import { NetworkingNetworkV2 } from "@cdktf/provider-openstack/networking-network-v2";
import { NetworkingRouterInterfaceV2 } from "@cdktf/provider-openstack/networking-router-interface-v2";
import { NetworkingRouterV2 } from "@cdktf/provider-openstack/networking-router-v2";
import { NetworkingSubnetV2 } from "@cdktf/provider-openstack/networking-subnet-v2";
import { Construct } from "constructs";
import { addressAt, readCidr } from "../../catalog/cidr.ts";
import { type SystemContext, tagsOf } from "./system-context.ts";

/** A system's private network, its only subnet, and the router to the pool's external network. */
export class Network extends Construct {
  readonly networkId: string;
  readonly subnetId: string;
  /** The declared range, or a reference to the one that the subnet pool allots. */
  readonly cidr: string;
  readonly routerInterface: NetworkingRouterInterfaceV2;

  constructor(scope: Construct, context: SystemContext) {
    super(scope, "network");
    const { declaration, pool, name } = context;
    const { externalNetwork, subnetPool, dnsServers } = pool.openstack;
    const tags = tagsOf(context);
    const network = new NetworkingNetworkV2(this, "network", { name, adminStateUp: true, portSecurityEnabled: true, tags });
    const subnet = new NetworkingSubnetV2(this, "subnet", {
      name,
      networkId: network.id,
      ipVersion: 4,
      enableDhcp: true,
      dnsNameservers: [...dnsServers],
      tags,
      ...(declaration.subnet === undefined
        ? { subnetpoolId: subnetPool.id, prefixLength: subnetPool.prefixLength }
        : { cidr: declaration.subnet, gatewayIp: gatewayOf(declaration.subnet) }),
    });
    const router = new NetworkingRouterV2(this, "router", { name, adminStateUp: true, externalNetworkId: externalNetwork.id, tags });
    this.networkId = network.id;
    this.subnetId = subnet.id;
    this.cidr = declaration.subnet ?? subnet.cidr;
    this.routerInterface = new NetworkingRouterInterfaceV2(this, "router-interface", { routerId: router.id, subnetId: subnet.id });
  }
}

/** The first usable address, where Neutron puts the gateway of an allotted subnet too. */
function gatewayOf(subnet: string): string {
  const cidr = readCidr(subnet);
  if (cidr === undefined) throw new Error(`Cannot place a gateway: "${subnet}" is no network, wanted one such as 10.20.3.0/24`);
  return addressAt(cidr, 1);
}
