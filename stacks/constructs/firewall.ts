import { FwGroupV2 } from "@cdktf/provider-openstack/fw-group-v2";
import { FwPolicyV2 } from "@cdktf/provider-openstack/fw-policy-v2";
import { FwRuleV2 } from "@cdktf/provider-openstack/fw-rule-v2";
import { Construct } from "constructs";
import type { Network } from "./network.ts";
import { egressOf, type Opening, openingKey, openingsOf, passesRouter } from "./opening.ts";
import type { SystemContext } from "./system-context.ts";

/**
 * The cloud firewall (云防火墙, Annex 1 lines 22 and 23) on the inner port of the system's router.
 *
 * On such a port FWaaS v2 calls ingress what comes into the system's network and egress what leaves it (neutron-fwaas' iptables driver: "packets
 * ingressing tenant's network will be on the output direction on internal-interfaces"); answers pass (established), and what no rule names is dropped.
 * Rules only allow, so their order decides nothing: a deny among them would (plans/firewall-rule-order.json). A floating address is translated
 * before the rules and the fixed one after them, so rules see the servers' own addresses.
 */
export class Firewall extends Construct {
  readonly group: FwGroupV2;

  constructor(scope: Construct, { name, ...context }: SystemContext, network: Network) {
    super(scope, "firewall");
    const { servers, gpuServers } = context.declaration;
    const listens = [...servers, ...gpuServers].flatMap((server) => server.listens);
    // Both policies always exist: a direction without one drops everything, and the first opening would have to change the group as well.
    const ingress = this.#policy("ingress", name, openingsOf(listens).filter(passesRouter));
    const egress = this.#policy("egress", name, egressOf({ name, ...context }).filter(passesRouter));
    this.group = new FwGroupV2(this, "group", {
      name,
      adminStateUp: true,
      ingressFirewallPolicyId: ingress.id,
      egressFirewallPolicyId: egress.id,
      ports: [network.routerInterface.portId],
    });
  }

  #policy(direction: "ingress" | "egress", name: string, openings: readonly Opening[]): FwPolicyV2 {
    const scope = new Construct(this, direction);
    const rules = openings.map((opening) => {
      const key = openingKey(opening);
      const { protocol, port, peer } = opening;
      const cidr = peer.kind === "network" ? peer.cidr : undefined;
      if (cidr === undefined) throw new Error(`Cannot make a firewall rule of ${key}: it does not pass the router`);
      return new FwRuleV2(new Construct(scope, key), "rule", {
        name: `${name}-${direction}-${key}`,
        // The policy lets go of a rule before it is deleted. The other way round the provider takes each rule out of the policy by itself; two at a time
        // overwrite each other, and Neutron answers 409 FirewallRuleInUse (seen on a real cloud).
        lifecycle: { createBeforeDestroy: true },
        action: "allow",
        enabled: true,
        ipVersion: 4,
        protocol,
        ...(port === "any" ? {} : { destinationPort: String(port) }),
        ...(direction === "ingress" ? { sourceIpAddress: cidr } : { destinationIpAddress: cidr }),
      });
    });
    return new FwPolicyV2(scope, "policy", { name: `${name}-${direction}`, rules: rules.map(({ id }) => id) });
  }
}
