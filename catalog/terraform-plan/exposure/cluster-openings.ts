import type { Text } from "../../text.ts";
import type { PlannedResource } from "../planned-resource.ts";
import { readAddressRange } from "./address-range.ts";
import type { PublicSpace } from "./public-space.ts";
import { indexStack, textsAt } from "./stack-index.ts";

/** What opens something of a Kubernetes cluster to whoever is outside it, or may do so as far as anybody can tell. */
export interface ClusterOpening {
  readonly kind: "open" | "unknown";
  readonly resource: PlannedResource;
  readonly attribute: string;
  /** By what: `NodePort`, `host_port 22`. */
  readonly by: Text;
}

type Block = Readonly<Record<string, unknown>>;
type Reader = (resource: PlannedResource, space: PublicSpace) => ClusterOpening[];

const POD = ["spec"];
const TEMPLATE = ["spec", "template", "spec"];
const CONTAINER_PORT = ["container", "port"];
const INGRESS = ["spec", "ingress"];

/** Types by their names without a version: the provider has most of them with and without `_v1`. */
const READERS: Readonly<Record<string, Reader>> = {
  kubernetes_service: readService,
  kubernetes_ingress: (resource) => [open(resource, "spec", "Ingress")],
  kubernetes_manifest: (resource) => [unknown(resource, "manifest", { zh: "任意清单（manifest）", en: "an arbitrary manifest" })],
  kubernetes_network_policy: readNetworkPolicy,
  kubernetes_pod: (resource) => readPod(resource, POD),
  kubernetes_deployment: (resource) => readPod(resource, TEMPLATE),
  kubernetes_daemonset: (resource) => readPod(resource, TEMPLATE),
  kubernetes_daemon_set: (resource) => readPod(resource, TEMPLATE),
  kubernetes_stateful_set: (resource) => readPod(resource, TEMPLATE),
  kubernetes_replication_controller: (resource) => readPod(resource, TEMPLATE),
  kubernetes_job: (resource) => readPod(resource, TEMPLATE),
  kubernetes_cron_job: (resource) => readPod(resource, ["spec", "job_template", ...TEMPLATE]),
};

const READER_BY_TYPE = new Map(
  Object.entries(READERS).flatMap(([type, read]) => ["", "_v1", "_v1beta1"].map((version) => [`${type}${version}`, read] as const)),
);

const TYPES = [...READER_BY_TYPE.keys()];

/** Resources of a cluster that may let in more than it. */
export function clusterOpeners(resources: readonly PlannedResource[]): readonly PlannedResource[] {
  const index = indexStack(resources);
  return TYPES.flatMap((type) => index.ofType(type));
}

/** Services, pods and network policies that let in more than their cluster. Whoever stands inside it is no concern here. */
export function readClusterOpenings(openers: readonly PlannedResource[], space: PublicSpace): ClusterOpening[] {
  return openers.flatMap((resource) => READER_BY_TYPE.get(resource.type)?.(resource, space) ?? []);
}

/** A service of another kind than ClusterIP opens a port of every node, or a public address. */
function readService(service: PlannedResource): ClusterOpening[] {
  const attribute = "spec.type";
  if (isLater(service, ["spec", "spec.type", "spec.external_ips"]))
    return [unknown(service, attribute, { zh: "服务类型", en: "the kind of service" })];
  const [spec] = blocksAt(service.values, ["spec"]);
  const type = spec?.["type"] ?? "ClusterIP";
  if (type !== "ClusterIP") return [open(service, attribute, String(type))];
  return textsAt(spec?.["external_ips"], []).length > 0 ? [open(service, attribute, "external_ips")] : [];
}

/** Parts of a pod that say where it is reached. */
const PORTS = ["host_network", "container", "container.port", "container.port.host_port"];

/** A pod in the node's own network, or at a port of the node, is reached at the node's address, past the service. */
function readPod(resource: PlannedResource, path: readonly string[]): ClusterOpening[] {
  const at = path.join(".");
  const isPart = (later: string) => `${at}.`.startsWith(`${later}.`) || PORTS.some((part) => later === `${at}.${part}`);
  if (resource.unknown.size > 0 && [...resource.unknown].some(isPart)) return [unknown(resource, at, { zh: "容器组", en: "the pod" })];
  return blocksAt(resource.values, path).flatMap((pod) => [
    ...(pod["host_network"] === true || pod["host_network"] === "true" ? [open(resource, `${at}.host_network`, "host_network")] : []),
    ...blocksAt(pod, CONTAINER_PORT).flatMap(({ host_port: port }) =>
      Number(port ?? 0) > 0 ? [open(resource, `${at}.container.port.host_port`, `host_port ${String(port)}`)] : [],
    ),
  ]);
}

/** A rule without a source lets in everybody, and so do networks that together are the world. */
function readNetworkPolicy(policy: PlannedResource, space: PublicSpace): ClusterOpening[] {
  const attribute = "spec.ingress";
  if (policy.unknown.size > 0 && [...policy.unknown].some((path) => path === "spec" || path.startsWith(attribute)))
    return [unknown(policy, attribute, { zh: "网络策略", en: "the network policy" })];
  const rules = blocksAt(policy.values, INGRESS);
  if (rules.length === 0) return [];
  const cidrs = rules.flatMap((rule) => textsAt(rule, ["from", "ip_block", "cidr"]));
  const ranges = cidrs.map(readAddressRange);
  return [
    ...(rules.some((rule) => blocksAt(rule, ["from"]).length === 0) ? [open(policy, attribute, "ingress without from")] : []),
    ...(space.isWorld(ranges.filter((range) => range !== undefined)) ? [open(policy, attribute, cidrs.join(", "))] : []),
    ...(ranges.includes(undefined) ? [unknown(policy, attribute, { zh: "网络策略", en: "the network policy" })] : []),
  ];
}

function open(resource: PlannedResource, attribute: string, by: string): ClusterOpening {
  return { kind: "open", resource, attribute, by: { zh: by, en: by } };
}

function unknown(resource: PlannedResource, attribute: string, by: Text): ClusterOpening {
  return { kind: "unknown", resource, attribute, by };
}

function isLater(resource: PlannedResource, paths: readonly string[]): boolean {
  return paths.some((path) => resource.unknown.has(path));
}

/** Blocks at a path, through lists, whichever way the JSON writes a single one. */
function blocksAt(value: unknown, path: readonly string[]): Block[] {
  const found: Block[] = [];
  addBlocks(found, value, path, 0);
  return found;
}

function addBlocks(found: Block[], value: unknown, path: readonly string[], depth: number): void {
  if (Array.isArray(value)) {
    for (const each of value) addBlocks(found, each, path, depth);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const key = path[depth];
  if (key === undefined) found.push(value as Block);
  else addBlocks(found, (value as Block)[key], path, depth + 1);
}
