import { Construct } from "constructs";
import type { Catalogue } from "../catalog/catalogue.ts";
import { type Declaration, isProvided, stackName, type Tenant } from "../catalog/declaration.ts";
import type { Pool } from "../catalog/pool.ts";
import { Bundle, bundlesOf, recordBundles } from "./constructs/bundle.ts";
import { recordColocation } from "./constructs/colocation.ts";
import { Firewall } from "./constructs/firewall.ts";
import { SystemFlavors } from "./constructs/flavor.ts";
import { GpuServers } from "./constructs/gpu-servers.ts";
import { literal } from "./constructs/literal.ts";
import { ManagedNodes } from "./constructs/managed-nodes.ts";
import { Network } from "./constructs/network.ts";
import { Project } from "./constructs/project.ts";
import { addSystemProviders } from "./constructs/providers.ts";
import { Records } from "./constructs/record.ts";
import { Membership } from "./constructs/security-groups.ts";
import { Servers } from "./constructs/servers.ts";
import { Storage } from "./constructs/storage.ts";
import type { SystemContext } from "./constructs/system-context.ts";
import { NamedStack } from "./named-stack.ts";

/** Everything that one system is given, whole in itself and in one state: `hrss--social-insurance`. */
export class SystemStack extends NamedStack {
  /** `windingDown`: what a retired system is left with in between, when its service has ended: a project in which nothing more can be made. */
  constructor(
    scope: Construct,
    declaration: Declaration,
    catalogue: Catalogue,
    tenant: Tenant,
    { windingDown = false }: { readonly windingDown?: boolean } = {},
  ) {
    const name = stackName(declaration.id);
    super(scope, name);
    const pool = poolIn(catalogue, declaration.pool);
    const vending = addSystemProviders(this, pool, name);
    const records = new Records(this);
    const context: SystemContext = { declaration, tenant, catalogue, pool, name, vending };
    if (!isProvided(declaration)) {
      recordRetirement(records, declaration);
      if (windingDown) new Project(this, context, { nothingMore: true });
      return;
    }
    const project = new Project(this, context);
    this.#addServers(context, project.projectId);
    new ManagedNodes(this, context, project.projectId);
    new Bundle(this, context);
    recordBundles(records, context);
    recordColocation(records, context);
    if (declaration.migration) records.add("migration", { record: "migration" });
    project.precede(this);
  }

  /** Network, firewall, servers and storage. A system that has only racks, nodes or storage gets no network. */
  #addServers(context: SystemContext, projectId: string): void {
    const { servers, gpuServers } = context.declaration;
    if (servers.length + gpuServers.length === 0) {
      new Storage(this, context, undefined);
      return;
    }
    const network = new Network(this, context);
    const hasFirewall = bundlesOf(context).mlps.some(({ kind }) => kind === "cloud-firewall");
    const firewall = hasFirewall ? new Firewall(this, context, network) : undefined;
    const props = {
      network,
      firewall,
      membership: new Membership(this, context),
      flavors: new SystemFlavors(this, context, projectId),
      securityGroups: new Construct(this, "security-groups"),
    };
    new Servers(this, context, props);
    new GpuServers(this, context, props);
    new Storage(this, context, network);
  }
}

/** What is left of a retired system: when it ended, and the attestation that its data were returned and erased. */
function recordRetirement(records: Records, { id, retirement }: Declaration): void {
  if (retirement === undefined) throw new Error(`Cannot retire ${id}: wanted its date and attestation`);
  records.add("retirement", { record: "retirement", on: retirement.on, attestation: literal(retirement.attestation) });
}

function poolIn({ pools }: Catalogue, key: string): Pool {
  const pool = pools.get(key);
  if (pool === undefined) throw new Error(`Cannot find pool ${key}: wanted one of ${[...pools.keys()].join(", ")}`);
  return pool;
}
