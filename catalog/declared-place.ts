import { isDeepStrictEqual } from "node:util";
import type { Component } from "./component.ts";
import type { Declaration, Listen, SystemId } from "./declaration.ts";
import { gpuFlavorId, serverFlavorId } from "./flavor.ts";
import type { Path } from "./source/source-file.ts";
import type { ResourceChange } from "./terraform-plan/planned-resource.ts";

/** The server group, and in it the data volume, that a resource belongs to: `servers_db-2_data` is volume `data` of group `db`. */
export interface GroupPlace {
  readonly group: string;
  readonly disk: string | undefined;
}

/**
 * Path in a system's declaration of what a bureau wrote to get the resource at a Terraform address: `openstack_compute_instance_v2.servers_app-1`
 * comes of `servers.app`. What was removed gets the path that it had; what nobody wrote by itself gets the key that brings it, and the empty path is
 * the file as a whole. With the catalogue's components those of the cryptography bundle are told from those of the MLPS bundle.
 */
export function declaredPath(declaration: Declaration, address: string, components: readonly Component[] = []): Path {
  const { type, name } = splitAddress(address);
  const [area = "", ...rest] = name.split("_");
  const [first, second] = rest;
  switch (area) {
    case "servers":
    case "gpu-servers": {
      const key = area === "servers" ? "servers" : "gpuServers";
      if (first === undefined) return [key];
      const group = withoutIndex(first);
      return second === undefined ? [key, group] : [key, group, "dataDisks", second];
    }
    case "server-groups":
      return first === undefined ? ["servers"] : ["servers", first];
    case "security-groups":
      return first === undefined ? anyServers(declaration) : securityGroupPath(declaration, first, second);
    case "membership":
    case "network":
      return declaration.subnet === undefined ? anyServers(declaration) : ["subnet"];
    case "firewall":
      return (first === "ingress" && second !== undefined ? anyListenPath(declaration, second) : undefined) ?? ["mlps"];
    case "flavors":
      return flavorPath(declaration, rest.join("_"));
    case "storage":
      return ["storage", type === "openstack_objectstorage_container_v1" ? "objectGb" : "fileGb"];
    case "project":
      return type === "openstack_blockstorage_quotaset_v3" && declaration.backupGb > 0
        ? ["backupGb"]
        : [type === "openstack_identity_project_v3" ? "name" : "pool"];
    case "managed-nodes":
      return ["managedNodes"];
    case "bundle":
      return [isCryptographyAlone(components, first) ? "cryptography" : "mlps"];
    case "records":
      return recordPath(declaration, decoded(rest.join("_")));
    default:
      return [];
  }
}

/** The server group that a resource serves alone; undefined for what a whole system shares (network, project, storage, bundle). */
export function declaredGroup(address: string): GroupPlace | undefined {
  const [area, first, second] = splitAddress(address).name.split("_");
  if (first === undefined) return undefined;
  if (area === "servers" || area === "gpu-servers") return { group: withoutIndex(first), disk: second };
  return area === "server-groups" || area === "security-groups" ? { group: first, disk: undefined } : undefined;
}

/** Key of the security or cryptography component that a resource runs or reaches; undefined for what serves none alone. */
export function declaredComponent(address: string): string | undefined {
  const [area, component] = splitAddress(address).name.split("_");
  return area === "bundle" ? component : undefined;
}

/** `db.data`, `storage.object` or `storage.file`: what a bureau calls a thing beside server groups. */
export function declaredName(address: string): string | undefined {
  const place = declaredGroup(address);
  if (place?.disk !== undefined) return `${place.group}.${place.disk}`;
  if (/^openstack_objectstorage_container_v1\.storage$/.test(address)) return "storage.object";
  return /^openstack_sharedfilesystem_share(_access)?_v2\.storage$/.test(address) ? "storage.file" : undefined;
}

/**
 * Path of what causes a change of a resource, as far as one key does: another image is `servers.db.image`, a server less is `servers.db.count`. The
 * declaration before tells which half of a size changed.
 */
export function declaredCause(
  declaration: Declaration,
  before: Declaration | undefined,
  change: ResourceChange,
  components: readonly Component[] = [],
): Path {
  const path = declaredPath(declaration, change.address, components);
  const [key, group, disks] = path;
  if ((key !== "servers" && key !== "gpuServers") || typeof group !== "string") return path;
  const now = declaration[key].find((each) => each.key === group);
  if (now === undefined) return path;
  const then = before?.[key].find((each) => each.key === group);
  if (change.action === "delete") {
    const stays = disks !== undefined && then !== undefined && then.count <= now.count;
    return then !== undefined && then.count > now.count && !stays ? [key, group, "count"] : path;
  }
  const [attribute = ""] = change.cause;
  if (disks !== undefined) return attribute === "size" ? [...path, "sizeGb"] : attribute === "volume_type" ? [...path, "type"] : path;
  if (change.type !== "openstack_compute_instance_v2") return path;
  switch (attribute) {
    case "image_id":
    case "image_name":
    case "block_device.uuid":
      return [...path, "image"];
    case "block_device.volume_size":
      return [...path, "systemDisk", "sizeGb"];
    case "block_device.volume_type":
      return [...path, "systemDisk", "type"];
    case "flavor_id": {
      const size = key === "servers" ? (["cpu", "memoryGb", "family"] as const) : (["box", "cards"] as const);
      const changed = size.find((each) => then !== undefined && !isDeepStrictEqual(part(then, each), part(now, each)));
      return changed === undefined ? path : [...path, changed];
    }
    default:
      return path;
  }
}

function part(group: object, key: string): unknown {
  return (group as Record<string, unknown>)[key];
}

/** Where a finding on a change stands: at the resource and the attribute that causes it, led back to what a bureau wrote. */
export function placeOfChange(
  system: {
    readonly id: SystemId;
    readonly declaration: Declaration | undefined;
    readonly base: { readonly declaration: Declaration | undefined } | undefined;
    readonly catalogue: { readonly components: readonly Component[] };
  },
  change: ResourceChange,
) {
  const { id, declaration, base, catalogue } = system;
  const place = { system: id, address: change.address, attribute: change.cause[0] ?? "" };
  if (declaration === undefined) return place;
  return {
    ...place,
    at: { file: declaration.source.path, path: declaredCause(declaration, base?.declaration, change, catalogue.components) },
  };
}

function splitAddress(address: string): { readonly type: string; readonly name: string } {
  const dot = address.indexOf(".");
  return { type: address.slice(0, Math.max(dot, 0)), name: address.slice(dot + 1) };
}

/** `app-1` is the first server of `app`; keys may end in a number themselves. */
function withoutIndex(server: string): string {
  return server.replace(/-\d+$/, "");
}

/** Writes out again what an address cannot hold: `A_x2e_07` is `A.07`. */
function decoded(name: string): string {
  return name.replace(/_x([0-9a-f]+)_/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
}

/** What has a network has servers of one kind or the other. */
function anyServers({ servers, gpuServers }: Declaration): Path {
  return [servers.length === 0 && gpuServers.length > 0 ? "gpuServers" : "servers"];
}

function securityGroupPath(declaration: Declaration, group: string, rule: string | undefined): Path {
  const key = declaration.gpuServers.some((each) => each.key === group) ? "gpuServers" : "servers";
  const path: Path = [key, group];
  if (rule === undefined) return path;
  return listenPath(declaration, path, declaration[key].find((each) => each.key === group)?.listens ?? [], rule) ?? [...path, "listens"];
}

function anyListenPath(declaration: Declaration, rule: string): Path | undefined {
  for (const key of ["servers", "gpuServers"] as const) {
    for (const group of declaration[key]) {
      const path = listenPath(declaration, [key, group.key], group.listens, rule);
      if (path !== undefined) return path;
    }
  }
  return undefined;
}

/** The line of `listens` that a rule comes of; rules are named after their content (`in-tcp-443-0-0-0-0-0`). */
function listenPath(declaration: Declaration, group: Path, listens: readonly Listen[], rule: string): Path | undefined {
  const listen = listens.find((each) => rule === ruleName(each) || rule === `in-${ruleName(each)}`);
  if (listen === undefined) return undefined;
  const path: Path = [...group, "listens"];
  const index = writtenListens(declaration, path).findIndex((each) => isWritten(each, listen));
  return index < 0 ? path : [...path, index];
}

function ruleName({ protocol, port, from }: Listen): string {
  const peer = from.kind === "self" ? "self" : (from.kind === "internet" ? "0.0.0.0/0" : from.cidr).replace(/[./]/g, "-");
  return `${protocol}-${port}-${peer}`;
}

/** In the order of the file: a declaration's own list is sorted. */
function writtenListens({ source }: Declaration, path: Path): readonly unknown[] {
  let value: unknown = source.value;
  for (const key of path) value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return Array.isArray(value) ? value : [];
}

function isWritten(written: unknown, { protocol, port, from }: Listen): boolean {
  if (typeof written !== "object" || written === null) return false;
  const found = written as { readonly port?: unknown; readonly protocol?: unknown; readonly from?: unknown };
  return found.port === port && (found.protocol ?? "tcp") === protocol && found.from === (from.kind === "cidr" ? from.cidr : from.kind);
}

function flavorPath({ servers, gpuServers }: Declaration, flavor: string): Path {
  const server = servers.find(({ family, cpu, memoryGb }) => serverFlavorId(family, cpu, memoryGb) === flavor);
  if (server !== undefined) return ["servers", server.key];
  const box = gpuServers.find((each) => gpuFlavorId(each.box, each.cards) === flavor);
  if (box !== undefined) return ["gpuServers", box.key];
  return [flavor.startsWith("gpu") ? "gpuServers" : "servers"];
}

/** Whether a component is in the cryptography bundle (line 24) and in no MLPS bundle. */
function isCryptographyAlone(components: readonly Component[], key: string | undefined): boolean {
  const component = components.find((each) => each.key === key);
  return component?.bundles.every((line) => line === "24") ?? false;
}

function recordPath({ rackUnits, cabinets }: Declaration, record: string): Path {
  switch (record) {
    case "mlps-bundle":
      return ["mlps"];
    case "cryptography-bundle":
      return ["cryptography"];
    case "migration":
    case "retirement":
      return [record];
  }
  const units = rackUnits.findIndex(({ rack, from }) => record === `rack-units-${rack}-${from}`);
  if (units >= 0) return ["colocation", "rackUnits", units];
  const cabinet = cabinets.findIndex((rack) => record === `cabinet-${rack}`);
  if (cabinet >= 0) return ["colocation", "cabinets", cabinet];
  return /^(rack-units|cabinet)-/.test(record) ? ["colocation", record.startsWith("cabinet-") ? "cabinets" : "rackUnits"] : [];
}
