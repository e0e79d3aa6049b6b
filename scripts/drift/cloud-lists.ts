import type { CloudClient, CloudObject, Service } from "../cloud/cloud-client.ts";

/** Kinds of things that a project holds. */
export const KINDS = [
  "server",
  "volume",
  "snapshot",
  "backup",
  "image",
  "port",
  "floating-ip",
  "security-group",
  "security-group-rule",
  "network",
  "subnet",
  "router",
  "container",
  "share",
  "load-balancer",
  "key-pair",
] as const;
export type Kind = (typeof KINDS)[number];

/** The cloud's own lists of one project; a service that the region does not have holds nothing. */
export type CloudLists = Readonly<Record<Kind, readonly CloudObject[]>>;

/** Reads everything that a project holds. The client has to be signed in to that project: servers, volumes, shares and containers are told by scope alone. */
export async function readCloudLists(client: CloudClient): Promise<CloudLists> {
  const { id } = client.session.project;
  // An administrator sees every project's unless one is named.
  const ofProject = { query: { project_id: id } };
  const list = async (service: Service, path: string, key: string, options = {}) =>
    client.has(service) ? await client.list(service, path, key, options) : [];
  // One after the other: a cloud in trouble is not asked sixteen things at once.
  const groups = await list("network", "security-groups", "security_groups", ofProject);
  return {
    server: await list("compute", "servers/detail", "servers", { version: "2.46" }),
    volume: await list("volume", "volumes/detail", "volumes"),
    snapshot: await list("volume", "snapshots/detail", "snapshots"),
    backup: await list("volume", "backups/detail", "backups"),
    image: (await list("image", "images", "images", { query: { owner: id } })).filter(({ owner }) => owner === id),
    port: await list("network", "ports", "ports", ofProject),
    "floating-ip": await list("network", "floatingips", "floatingips", ofProject),
    "security-group": groups,
    "security-group-rule": await list("network", "security-group-rules", "security_group_rules", ofProject),
    network: await list("network", "networks", "networks", ofProject),
    subnet: await list("network", "subnets", "subnets", ofProject),
    router: await list("network", "routers", "routers", ofProject),
    container: await readContainers(client),
    share: client.has("share") ? await client.listBy("offset", "share", "shares/detail", { key: "shares", version: "2.51" }) : [],
    "load-balancer": await list("load-balancer", "lbaas/loadbalancers", "loadbalancers", ofProject),
    "key-pair": (await list("compute", "os-keypairs", "keypairs", { version: "2.35" })).map(({ keypair }) => keypair as CloudObject),
  };
}

/** Containers with the headers that tell who may read them and how much they may hold: Swift's list does not. */
async function readContainers(client: CloudClient): Promise<CloudObject[]> {
  if (!client.has("object")) return [];
  const containers: CloudObject[] = [];
  for (const container of await client.listBy("name", "object", "", { query: { format: "json" } })) {
    const headers = await client.headers("object", encodeURIComponent(String(container["name"])), { query: { limit: "1" } });
    containers.push({
      ...container,
      id: container["name"],
      read: headers["x-container-read"],
      write: headers["x-container-write"],
      quotaBytes: headers["x-container-meta-quota-bytes"],
    });
  }
  return containers;
}
