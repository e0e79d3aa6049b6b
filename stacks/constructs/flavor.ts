import { ComputeFlavorAccessV2 } from "@cdktf/provider-openstack/compute-flavor-access-v2";
import { ComputeFlavorV2 } from "@cdktf/provider-openstack/compute-flavor-v2";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { GpuServerGroup, ServerGroup } from "../../catalog/declaration.ts";
import { type Flavor, type Flavors, gpuFlavorId, serverFlavorId } from "../../catalog/flavor.ts";
import type { SystemContext } from "./system-context.ts";

/** The flavor of a declared server size, offered or not. */
export function serverFlavor({ family, cpu, memoryGb }: ServerGroup): Flavor {
  return { kind: "server", id: serverFlavorId(family, cpu, memoryGb), family, cpu, memoryGb };
}

/** The flavor of a declared GPU box with its cards, offered or not. */
export function gpuFlavor({ box, cards }: GpuServerGroup, flavors: Flavors): Flavor {
  const { cpu, memoryGb, diskGb } = flavors.gpuBoxes[`${box}`];
  return { kind: "gpu-box", id: gpuFlavorId(box, cards), box, cpu, memoryGb, diskGb, cards };
}

/**
 * A flavor's Nova arguments. Servers have no disk of their own: they boot from a priced volume; a GPU box has its own. The `govcloud:` specs say what
 * it stands for in Annex 1; Nova's filters leave keys with an unknown scope alone.
 */
export function flavorArguments(flavor: Flavor, flavors: Flavors) {
  const common = { vcpus: flavor.cpu, ram: 1024 * flavor.memoryGb, swap: 0, ephemeral: 0, rxTxFactor: 1 };
  if (flavor.kind === "server") {
    return { ...common, disk: 0, extraSpecs: { ...flavors.families[flavor.family].extraSpecs, "govcloud:family": flavor.family } };
  }
  const { box, cards, diskGb } = flavor;
  const cardSpecs = cards === undefined ? {} : { "govcloud:card-type": String(cards.type), "govcloud:card-count": String(cards.count) };
  return { ...common, disk: diskGb, extraSpecs: { ...flavors.gpuBoxes[`${box}`].extraSpecs, "govcloud:box": String(box), ...cardSpecs } };
}

/** A flavor as a server names it: a literal id, and what has to exist before. */
export interface NamedFlavor {
  readonly id: string;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** The flavors that a system's servers use: offered ones by name, and a private one for each size that the platform does not offer. */
export class SystemFlavors extends Construct {
  readonly #context: SystemContext;
  readonly #projectId: string;
  readonly #private = new Map<string, NamedFlavor>();

  constructor(scope: Construct, context: SystemContext, projectId: string) {
    super(scope, "flavors");
    this.#context = context;
    this.#projectId = projectId;
  }

  named(flavor: Flavor): NamedFlavor {
    if (this.#context.catalogue.flavors.offered.has(flavor.id)) return { id: flavor.id, dependsOn: [] };
    const known = this.#private.get(flavor.id);
    if (known !== undefined) return known;
    const made = this.#make(flavor);
    this.#private.set(flavor.id, made);
    return made;
  }

  #make(flavor: Flavor): NamedFlavor {
    const { name, vending: provider, catalogue } = this.#context;
    const scope = new Construct(this, flavor.id);
    const id = `${name}.${flavor.id}`;
    // Terraform deletes what is no longer needed before it changes what needed it; Nova cannot resize a server whose flavor is gone (#420).
    const lifecycle = { createBeforeDestroy: true };
    const made = new ComputeFlavorV2(scope, "flavor", {
      provider,
      lifecycle,
      flavorId: id,
      name: id,
      isPublic: false,
      ...flavorArguments(flavor, catalogue.flavors),
    });
    const access = new ComputeFlavorAccessV2(scope, "access", { provider, lifecycle, flavorId: made.id, tenantId: this.#projectId });
    return { id, dependsOn: [made, access] };
  }
}
