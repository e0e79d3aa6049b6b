import { BlockstorageVolumeV3 } from "@cdktf/provider-openstack/blockstorage-volume-v3";
import { ComputeInstanceV2 } from "@cdktf/provider-openstack/compute-instance-v2";
import { ComputeServergroupV2 } from "@cdktf/provider-openstack/compute-servergroup-v2";
import { ComputeVolumeAttachV2 } from "@cdktf/provider-openstack/compute-volume-attach-v2";
import { Construct } from "constructs";
import type { ServerGroup } from "../../catalog/declaration.ts";
import { type NamedFlavor, type SystemFlavors, serverFlavor } from "./flavor.ts";
import { imageIdIn } from "./image.ts";
import { ServerSecurityGroup } from "./security-groups.ts";
import { addServerPort, type Surroundings } from "./server-port.ts";
import { metadataOf, type SystemContext, tagsOf } from "./system-context.ts";

export interface ServersProps extends Surroundings {
  readonly flavors: SystemFlavors;
  /** Scope of the security groups, one for each key of servers and GPU servers. */
  readonly securityGroups: Construct;
}

/** What the servers of one key have in common. */
interface Shared extends ServersProps {
  readonly flavor: NamedFlavor;
  readonly group: ServerSecurityGroup;
  readonly serverGroupId: string;
}

/** A system's servers (云服务器, Annex 1 lines 1 to 4) with their boot and data volumes (lines 14, 15). */
export class Servers extends Construct {
  readonly #context: SystemContext;

  constructor(scope: Construct, context: SystemContext, props: ServersProps) {
    super(scope, "servers");
    this.#context = context;
    const { servers } = context.declaration;
    if (servers.length === 0) return;
    const serverGroups = new Construct(scope, "server-groups");
    for (const server of servers) {
      // Also where the count is 1: a hint that came with the second server would replace the first.
      const together = new ComputeServergroupV2(new Construct(serverGroups, server.key), "group", {
        name: `${context.name}-${server.key}`,
        policies: ["soft-anti-affinity"],
      });
      const shared: Shared = {
        ...props,
        flavor: props.flavors.named(serverFlavor(server)),
        group: new ServerSecurityGroup(props.securityGroups, context, {
          key: server.key,
          listens: server.listens,
          membership: props.membership,
        }),
        serverGroupId: together.id,
      };
      for (let index = 1; index <= server.count; index += 1) this.#addServer(server, index, shared);
    }
  }

  #addServer(server: ServerGroup, index: number, { flavor, group, serverGroupId, network, membership, firewall }: Shared): void {
    const { pool, name: system, catalogue } = this.#context;
    const scope = new Construct(this, `${server.key}-${index}`);
    const name = `${system}-${server.key}-${index}`;
    const port = addServerPort(scope, this.#context, { name, network, membership, firewall, group, listens: server.listens });
    const instance = new ComputeInstanceV2(scope, "Instance", {
      ...instanceArguments(this.#context, { name, key: server.key, index, port, flavor }),
      // The image stands here alone: `image_id` beside a boot volume is an endless difference, and every apply rebuilds the server (#62, #397).
      blockDevice: [
        {
          uuid: imageIdIn(catalogue, pool, server.image),
          sourceType: "image",
          destinationType: "volume",
          volumeSize: server.systemDisk.sizeGb,
          volumeType: pool.openstack.volumeTypes[server.systemDisk.type],
          bootIndex: 0,
          // Default false: the disk of a server that is gone would stay, billed and in no state (#1597).
          deleteOnTermination: true,
        },
      ],
      schedulerHints: [{ group: serverGroupId }],
      timeouts: { create: "30m", update: "30m", delete: "30m" },
      dependsOn: [network.routerInterface, ...flavor.dependsOn],
    });
    this.#addDataDisks(scope, server, index, name, instance.id);
  }

  /** Separate volumes: they outlive the server. Attached one after the other, or their order is random (#8); mount them by volume id. */
  #addDataDisks(scope: Construct, server: ServerGroup, index: number, serverName: string, instanceId: string): void {
    let previous: ComputeVolumeAttachV2 | undefined;
    for (const disk of server.dataDisks) {
      const diskScope = new Construct(scope, disk.key);
      const volume = new BlockstorageVolumeV3(diskScope, "volume", {
        name: `${serverName}-${disk.key}`,
        size: disk.sizeGb,
        volumeType: this.#context.pool.openstack.volumeTypes[disk.type],
        enableOnlineResize: true,
        // Default "never": apply reports success, nothing happens, and the difference stays (#1004).
        volumeRetypePolicy: "on-demand",
        metadata: metadataOf(this.#context, { server: server.key, index: String(index), disk: disk.key }),
        timeouts: { create: "30m", delete: "30m" },
        lifecycle: { preventDestroy: true },
      });
      previous = new ComputeVolumeAttachV2(diskScope, "attachment", {
        instanceId,
        volumeId: volume.id,
        ...(previous === undefined ? {} : { dependsOn: [previous] }),
      });
    }
  }
}

export interface InstanceProps {
  readonly name: string;
  /** Key of the servers, and which of them this is, from 1. */
  readonly key: string;
  readonly index: number;
  readonly port: string;
  readonly flavor: NamedFlavor;
}

/** Arguments that servers and GPU boxes share. */
export function instanceArguments(context: SystemContext, { name, key, index, port, flavor }: InstanceProps) {
  return {
    name,
    flavorId: flavor.id,
    network: [{ port }],
    metadata: metadataOf(context, { server: key, index: String(index) }),
    tags: [...tagsOf(context), `server:${key}`],
    stopBeforeDestroy: true,
    vendorOptions: {
      // Else a replaced server may find its port still in use (#858).
      detachPortsBeforeDestroy: true,
      ignoreResizeConfirmation: context.pool.openstack.resizeConfirmedByCloud ?? false,
    },
    // A server that was stopped on purpose stays stopped.
    lifecycle: { ignoreChanges: ["power_state"] },
  };
}
