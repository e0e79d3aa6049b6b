import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider/index.js";
import { OpenstackProvider } from "@cdktf/provider-openstack/provider";
import type { Construct } from "constructs";
import type { Pool } from "../../catalog/pool.ts";

/** What a configuration says beside its scope. User and password come from OS_USERNAME and OS_PASSWORD; `cloud` would override the scope silently. */
function access({ openstack }: Pool, tenantName: string) {
  return {
    authUrl: openstack.authUrl,
    region: openstack.region,
    userDomainName: openstack.userDomain,
    projectDomainName: openstack.projectDomain,
    tenantName,
  };
}

/**
 * Adds a system's provider configurations and returns `vending`, which makes the project, the operator's role in it, quotas, aggregates and private
 * flavors. The default one works inside that project, by its name: it can be planned before the project exists. A retired system keeps all of them,
 * for Terraform cannot delete what it has no configuration for.
 */
export function addSystemProviders(stack: Construct, pool: Pool, projectName: string): OpenstackProvider {
  new OpenstackProvider(stack, "openstack", access(pool, projectName));
  const { host, caCertificate } = pool.securityCluster;
  // The token comes from KUBE_TOKEN.
  new KubernetesProvider(stack, "kubernetes", { host, ...(caCertificate === undefined ? {} : { clusterCaCertificate: caCertificate }) });
  return new OpenstackProvider(stack, "vending", { alias: "vending", ...access(pool, pool.openstack.vendingProject) });
}

/** Adds one administrative configuration for each pool, the first pool's as the default one too. */
export function addPlatformProviders(stack: Construct, pools: Iterable<Pool>): ReadonlyMap<string, OpenstackProvider> {
  const providers = new Map<string, OpenstackProvider>();
  for (const pool of pools) {
    const config = access(pool, pool.openstack.vendingProject);
    if (providers.size === 0) new OpenstackProvider(stack, "openstack", config);
    providers.set(pool.key, new OpenstackProvider(stack, `openstack-${pool.key}`, { alias: pool.key, ...config }));
  }
  return providers;
}
