import { readFileSync } from "node:fs";

/** Attributes of Kubernetes types, and of Terraform's own, whose change means destroy and create. */
const OTHER_TYPES: Readonly<Record<string, readonly string[]>> = {
  kubernetes_namespace_v1: ["metadata.name"],
  kubernetes_resource_quota_v1: ["metadata.name", "metadata.namespace"],
  kubernetes_limit_range_v1: ["metadata.name", "metadata.namespace"],
  kubernetes_network_policy_v1: ["metadata.name", "metadata.namespace"],
  kubernetes_deployment_v1: ["metadata.name", "metadata.namespace", "spec.selector"],
  kubernetes_service_v1: ["metadata.name", "metadata.namespace"],
  terraform_data: ["triggers_replace"],
};

let facts: Readonly<Record<string, readonly string[]>> | undefined;

/** Whether changing this attribute (dotted path, list positions left out) replaces the resource. */
export function forcesReplacement(type: string, path: string): boolean {
  facts ??= {
    ...(JSON.parse(readFileSync(new URL("../../providers/openstack/force-new.json", import.meta.url), "utf8")) as Record<string, string[]>),
    ...OTHER_TYPES,
  };
  return (facts[type] ?? []).some((attribute) => path === attribute || path.startsWith(`${attribute}.`));
}
