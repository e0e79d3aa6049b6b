import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { parse, parseDocument } from "yaml";
import type { ClusterFacts } from "../kubernetes/start.ts";
import { realTree } from "../tree.ts";
import type { CloudFacts } from "./start.ts";

/** What the platform's apply tells and catalog/pools.yaml has to name. */
export interface PlatformIds {
  readonly externalNetworkId: string;
  readonly subnetPoolId: string;
}

export interface CloudTreeOptions {
  /** Where images are fetched from; {@link serveImages}. */
  readonly imageSource: string;
  readonly kubernetes?: Pick<ClusterFacts, "host" | "caCertificate">;
  readonly ids?: PlatformIds;
  /** Whether the samples' systems are left out, as before the first request of any bureau. */
  readonly platformAlone?: boolean;
  /** Files of the tree, by path, in place of the samples' own or beside them; undefined leaves one out. */
  readonly files?: Readonly<Record<string, string | undefined>>;
}

/** Writes the samples' tree into a folder, with the loopback cloud as pool `gov`; other pools, and the bureaus with systems in them, are left out. */
export function writeCloudTree(folder: string, facts: CloudFacts, options: CloudTreeOptions): void {
  const files = new Map<string, string>();
  for (const [path, entry] of realTree().entries) if (entry.kind === "file") files.set(path, new TextDecoder().decode(entry.bytes()));
  if (options.platformAlone === true) for (const path of [...files.keys()]) if (path.startsWith("stacks/tenants/")) files.delete(path);
  files.set("catalog/pools.yaml", poolsFile(files.get("catalog/pools.yaml") ?? "", facts, options));
  files.set("catalog/images.yaml", imagesFile(files.get("catalog/images.yaml") ?? "", options.imageSource));
  const elsewhere = [...files].filter(([path, words]) => isElsewhere(path, words)).map(([path]) => path);
  // A bureau with a system in another pool has its range there too.
  for (const path of [...files.keys()]) if (elsewhere.some((system) => dirname(system) === dirname(path))) files.delete(path);
  for (const [path, words] of Object.entries(options.files ?? {})) {
    if (words === undefined) files.delete(path);
    else files.set(path, words);
  }
  for (const [path, words] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), words);
  }
}

function isElsewhere(path: string, words: string): boolean {
  if (!path.startsWith("stacks/tenants/")) return false;
  const { pool = "gov" } = parse(words) as { pool?: string };
  return pool !== "gov";
}

function poolsFile(words: string, facts: CloudFacts, { kubernetes, ids }: CloudTreeOptions): string {
  const document = parseDocument(words);
  const { pools } = document.toJS() as { pools: Record<string, unknown> };
  for (const key of Object.keys(pools)) if (key !== "gov") document.deleteIn(["pools", key]);
  const set = (path: readonly string[], value: unknown) => document.setIn(["pools", "gov", ...path], value);
  set(["openstack", "authUrl"], facts.authUrl);
  set(["openstack", "region"], facts.region);
  set(["openstack", "userDomain"], facts.domain);
  set(["openstack", "projectDomain"], facts.domain);
  set(["openstack", "domainId"], facts.domainId);
  set(["openstack", "vendingProject"], facts.vendingProject);
  set(["openstack", "operator"], { userId: facts.userId, roleId: facts.roleId });
  if (ids !== undefined) {
    set(["openstack", "externalNetwork", "id"], ids.externalNetworkId);
    set(["openstack", "subnetPool", "id"], ids.subnetPoolId);
  }
  // No node runs a pod, so no rollout ever ends.
  if (kubernetes !== undefined)
    set(["securityCluster"], { host: kubernetes.host, caCertificate: kubernetes.caCertificate, waitForRollout: false });
  return document.toString();
}

function imagesFile(words: string, source: string): string {
  const document = parseDocument(words);
  const { images } = document.toJS() as { images: Record<string, { pools: Record<string, string> }> };
  for (const [key, { pools }] of Object.entries(images)) {
    document.setIn(["images", key, "source"], `${source}/${key}.qcow2`);
    for (const pool of Object.keys(pools)) if (pool !== "gov") document.deleteIn(["images", key, "pools", pool]);
  }
  return document.toString();
}

/** Serves small images on a free port of loopback: Glance fetches them itself, and nothing ever boots from one. */
export async function serveImages(): Promise<{ readonly source: string; readonly server: Server }> {
  const server = createServer((_, response) => response.end(Buffer.alloc(64 * 1024)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { source: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
