import { readFileSync } from "node:fs";

const NAMED = ["metadata.name", "metadata.namespace"];

/** Attributes of Kubernetes types (provider 2.38), and of Terraform's own, whose change means destroy and create. */
const OTHER_TYPES: Readonly<Record<string, readonly string[]>> = {
  kubernetes_namespace: ["metadata.name"],
  kubernetes_deployment: [...NAMED, "spec.selector"],
  kubernetes_daemon_set: [...NAMED, "spec.selector"],
  kubernetes_stateful_set: [...NAMED, "spec.selector", "spec.service_name", "spec.volume_claim_template", "spec.pod_management_policy"],
  kubernetes_persistent_volume_claim: [
    ...NAMED,
    "spec.access_modes",
    "spec.selector",
    "spec.storage_class_name",
    "spec.volume_mode",
    "spec.volume_name",
  ],
  kubernetes_secret: [...NAMED, "type"],
  kubernetes_service: [...NAMED, "spec.cluster_ip"],
  terraform_data: ["triggers_replace"],
};

let facts: Readonly<Record<string, readonly string[]>> | undefined;

/** Whether changing this attribute (dotted path, list positions left out) replaces the resource; a whole block that comes or goes changes what is in it. */
export function forcesReplacement(type: string, path: string): boolean {
  facts ??= {
    ...(JSON.parse(readFileSync(new URL("../../providers/openstack/force-new.json", import.meta.url), "utf8")) as Record<string, string[]>),
    ...OTHER_TYPES,
  };
  const named = type.startsWith("kubernetes_") ? NAMED : [];
  const forcing = facts[type] ?? facts[withoutVersion(type)] ?? named;
  return forcing.some((attribute) => path === attribute || path.startsWith(`${attribute}.`) || attribute.startsWith(`${path}.`));
}

/** `kubernetes_secret` and `kubernetes_secret_v1` are two names of one resource. */
export function withoutVersion(type: string): string {
  return type.replace(/_v\d+(beta\d+)?$/, "");
}
