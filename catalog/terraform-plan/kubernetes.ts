import type { PlannedResource } from "./planned-resource.ts";

/** What a Kubernetes resource says of itself; undefined where it is left out or not known before apply. */
export interface KubernetesName {
  readonly name: string | undefined;
  readonly namespace: string | undefined;
}

/** Whether a resource lies in a Kubernetes cluster. */
export function isKubernetes({ type }: PlannedResource): boolean {
  return type.startsWith("kubernetes_");
}

/** A namespace bears its own name; everything else stands in one. */
export function kubernetesName(resource: PlannedResource): KubernetesName {
  const metadata = only(resource.values["metadata"]);
  const name = words(metadata?.["name"]);
  return { name, namespace: resource.type === "kubernetes_namespace_v1" ? name : words(metadata?.["namespace"]) };
}

/** Containers of a deployment, those that only prepare the others too; an image is undefined where it is not known before apply. */
export function containersOf(deployment: PlannedResource): { readonly name: string; readonly image: string | undefined }[] {
  const pod = only(only(only(deployment.values["spec"])?.["template"])?.["spec"]);
  return ["init_container", "container"]
    .flatMap((kind) => list(pod?.[kind]))
    .map((container) => ({ name: words(container["name"]) ?? "", image: words(container["image"]) }));
}

/** Copies of a deployment that run; Kubernetes' own default is 1. */
export function replicasOf(deployment: PlannedResource): number {
  return Number(only(deployment.values["spec"])?.["replicas"] ?? 1);
}

/** Whether a network policy closes its whole namespace, both ways: every pod, and nothing let in or out. */
export function deniesEverything(policy: PlannedResource): boolean {
  if (policy.unknown.size > 0 && [...policy.unknown].some((path) => path === "spec" || path.startsWith("spec."))) return false;
  const spec = only(policy.values["spec"]);
  const types = spec?.["policy_types"];
  const closes = (direction: string) => Array.isArray(types) && types.includes(direction);
  const selector = only(spec?.["pod_selector"]);
  const isEmpty = (value: unknown) => list(value).length === 0;
  return (
    selector !== undefined &&
    Object.values(selector).every((each) => each === null || (typeof each === "object" && Object.keys(each).length === 0)) &&
    closes("Ingress") &&
    closes("Egress") &&
    isEmpty(spec?.["ingress"]) &&
    isEmpty(spec?.["egress"])
  );
}

type Block = Readonly<Record<string, unknown>>;

/** Blocks of a name, whether the JSON writes a list or a single one. */
function list(value: unknown): readonly Block[] {
  return (Array.isArray(value) ? value : [value]).filter(isBlock);
}

function only(value: unknown): Block | undefined {
  if (Array.isArray(value)) return value.find(isBlock);
  return isBlock(value) ? value : undefined;
}

function isBlock(value: unknown): value is Block {
  return typeof value === "object" && value !== null;
}

function words(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
