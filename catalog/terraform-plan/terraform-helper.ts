import type { PlannedResource } from "./planned-resource.ts";

/** By the provider that makes them: types that work inside Terraform alone, and make nothing in a cloud. */
const HELPERS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    "builtin/terraform": ["terraform_data"],
    "hashicorp/null": ["null_resource"],
    "hashicorp/random": [
      ...["random_bytes", "random_id", "random_integer", "random_password", "random_pet", "random_shuffle", "random_string", "random_uuid"],
    ],
    "hashicorp/time": ["time_offset", "time_rotating", "time_sleep", "time_static"],
  }).map(([provider, types]) => [provider, new Set(types)]),
);

/**
 * Whether a resource of another pipeline's plan only helps Terraform along, so that no line of Annex 1 could price it. A `terraform_data` that holds a
 * record of this project, or may hold one, is none. The stacks of this project make no helper: there an unknown type stays unknown.
 */
export function isTerraformHelper(resource: PlannedResource): boolean {
  const { type, provider = "" } = resource;
  // What a resource holds is read when it is asked for, and most are asked for their type alone.
  if (HELPERS.get(provider.slice(provider.indexOf("/") + 1))?.has(type) !== true) return false;
  if (type !== "terraform_data") return true;
  const { values, unknown } = resource;
  const input = values["input"];
  const isRecord = typeof input === "object" && input !== null && Object.hasOwn(input, "record");
  return !isRecord && ![...unknown].some((path) => path === "input" || path === "input.record");
}
