import { BlockstorageQuotasetV3 } from "@cdktf/provider-openstack/blockstorage-quotaset-v3";
import { ComputeQuotasetV2 } from "@cdktf/provider-openstack/compute-quotaset-v2";
import { IdentityProjectV3 } from "@cdktf/provider-openstack/identity-project-v3";
import { IdentityRoleAssignmentV3 } from "@cdktf/provider-openstack/identity-role-assignment-v3";
import { NetworkingQuotaV2 } from "@cdktf/provider-openstack/networking-quota-v2";
import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { literal } from "./literal.ts";
import { computeCeilings, NETWORK_CEILINGS, noneOf, volumeCeilings } from "./quota-ceilings.ts";
import { type SystemContext, tagsOf } from "./system-context.ts";

/** A system's own project, the operator's role in it, and its quotas (backup space, Annex 1 line 21); with `nothingMore` these are all 0. */
export class Project extends Construct {
  readonly projectId: string;
  readonly #roleAssignment: TerraformResource;
  readonly #quotas: { readonly compute: TerraformResource; readonly volume: TerraformResource; readonly network: TerraformResource };

  constructor(scope: Construct, context: SystemContext, { nothingMore = false }: { readonly nothingMore?: boolean } = {}) {
    super(scope, "project");
    const { declaration, tenant, pool, name, catalogue, vending: provider } = context;
    const project = new IdentityProjectV3(this, "project", {
      provider,
      name,
      description: literal(`${tenant.name} ${declaration.name}`),
      domainId: pool.openstack.domainId,
      enabled: true,
      isDomain: false,
      tags: [...tagsOf(context), `stage:${declaration.stage}`, `mlps:${declaration.mlps}`],
    });
    const projectId = project.id;
    const { userId, roleId } = pool.openstack.operator;
    this.projectId = projectId;
    this.#roleAssignment = new IdentityRoleAssignmentV3(this, "role-assignment", { provider, projectId, userId, roleId });
    // Every field is given: one that is left out was set to 0 by some versions (#973, #1430).
    const [compute, volume] = [computeCeilings(pool, catalogue.flavors), volumeCeilings(pool, declaration.backupGb)];
    const [cores, disks, ports] = nothingMore
      ? [noneOf(compute), noneOf(volume), noneOf(NETWORK_CEILINGS)]
      : [compute, volume, NETWORK_CEILINGS];
    this.#quotas = {
      compute: new ComputeQuotasetV2(this, "compute-quota", { provider, projectId, ...cores }),
      volume: new BlockstorageQuotasetV3(this, "volume-quota", { provider, projectId, ...disks }),
      network: new NetworkingQuotaV2(this, "network-quota", { provider, projectId, ...ports }),
    };
  }

  /**
   * Makes everything inside the project wait for the role assignment, without which the default provider configuration has no access, and what counts
   * against a quota for that quota. Called once, when the whole stack is built; deletion then runs the other way round, the project last.
   */
  precede(stack: Construct): void {
    for (const each of stack.node.findAll()) {
      if (
        !TerraformResource.isTerraformResource(each) ||
        each.provider !== undefined ||
        !each.terraformResourceType.startsWith("openstack_")
      )
        continue;
      const needed = [this.#roleAssignment, ...this.#quotasOf(each.terraformResourceType)];
      each.dependsOn = [
        ...(each.dependsOn ?? []),
        ...needed.map((resource) => `${resource.terraformResourceType}.${resource.friendlyUniqueId}`),
      ];
    }
  }

  #quotasOf(type: string): readonly TerraformResource[] {
    const { compute, volume, network } = this.#quotas;
    switch (type) {
      case "openstack_compute_instance_v2":
        return [compute, volume];
      case "openstack_compute_servergroup_v2":
        return [compute];
      case "openstack_blockstorage_volume_v3":
        return [volume];
      case "openstack_networking_network_v2":
      case "openstack_networking_router_v2":
      case "openstack_networking_secgroup_v2":
      case "openstack_networking_floatingip_v2":
        return [network];
      default:
        return [];
    }
  }
}
