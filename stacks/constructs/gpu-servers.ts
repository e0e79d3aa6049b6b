import { ComputeInstanceV2 } from "@cdktf/provider-openstack/compute-instance-v2";
import { Construct } from "constructs";
import { gpuFlavor } from "./flavor.ts";
import { imageIdIn } from "./image.ts";
import { ServerSecurityGroup } from "./security-groups.ts";
import { addServerPort } from "./server-port.ts";
import { instanceArguments, type ServersProps } from "./servers.ts";
import type { SystemContext } from "./system-context.ts";

/**
 * A system's GPU boxes (GPU服务器, Annex 1 lines 5 to 13): whole machines, so the disk is the box's own and no group keeps them apart. A box boots from
 * that disk by `image_id`: another image is planned as an update and executed as a rebuild that loses the disk (#1986), which the plan's damage says.
 */
export class GpuServers extends Construct {
  constructor(scope: Construct, context: SystemContext, { flavors, securityGroups, ...surroundings }: ServersProps) {
    super(scope, "gpu-servers");
    const { declaration, catalogue, pool, name: system } = context;
    for (const server of declaration.gpuServers) {
      const { key, listens } = server;
      const flavor = flavors.named(gpuFlavor(server, catalogue.flavors));
      const group = new ServerSecurityGroup(securityGroups, context, { key, listens, membership: surroundings.membership });
      for (let index = 1; index <= server.count; index += 1) {
        const box = new Construct(this, `${key}-${index}`);
        const name = `${system}-${key}-${index}`;
        const port = addServerPort(box, context, { ...surroundings, name, group, listens });
        new ComputeInstanceV2(box, "Instance", {
          ...instanceArguments(context, { name, key, index, port, flavor }),
          imageId: imageIdIn(catalogue, pool, server.image),
          // A machine takes far longer to write its disk and start than a virtual one.
          timeouts: { create: "90m", update: "90m", delete: "60m" },
          dependsOn: [surroundings.network.routerInterface, ...flavor.dependsOn],
        });
      }
    }
  }
}
