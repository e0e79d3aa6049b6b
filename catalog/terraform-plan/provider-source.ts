/** By the beginning of a type: the namespace and name of the provider that this program knows it from. */
const SOURCES: readonly (readonly [prefix: string, source: string])[] = [
  ["openstack_", "terraform-provider-openstack/openstack"],
  ["kubernetes_", "hashicorp/kubernetes"],
  ["terraform_", "builtin/terraform"],
];

/**
 * Whether a type comes from the provider that it is known from. Registries and mirrors (registry.terraform.io, registry.opentofu.org, a site's own) serve
 * one provider under several hosts, so that the host says nothing: namespace and name do. A type of the same name from elsewhere may be anything.
 *
 * @param source a plan's `provider_name`: `host/namespace/name`.
 */
export function isKnownProvider(type: string, source: string): boolean {
  const wanted = knownProvider(type);
  const host = source.indexOf("/");
  return wanted !== undefined && host > 0 && source.length === host + 1 + wanted.length && source.endsWith(wanted);
}

/** Namespace and name of the provider that a type is known from. */
export function knownProvider(type: string): string | undefined {
  return SOURCES.find(([prefix]) => type.startsWith(prefix))?.[1];
}
