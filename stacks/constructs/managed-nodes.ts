import { ComputeAggregateV2 } from "@cdktf/provider-openstack/compute-aggregate-v2";
import { Construct } from "constructs";
import type { SystemContext } from "./system-context.ts";

/** Hosts that are managed for this system alone (纳管节点, Annex 1 line 27): `filter_tenant_id` keeps every other project's servers off them. */
export class ManagedNodes extends Construct {
  constructor(scope: Construct, { declaration, name, vending: provider }: SystemContext, projectId: string) {
    super(scope, "managed-nodes");
    if (declaration.managedNodes.length === 0) return;
    const serials = declaration.managedNodes.map((node) => [`serial:${node.name}`, node.serial] as const);
    new ComputeAggregateV2(this, "aggregate", {
      provider,
      name,
      hosts: declaration.managedNodes.map((node) => node.name).sort(),
      metadata: { filter_tenant_id: projectId, ...Object.fromEntries(serials) },
    });
  }
}
