import { isDeepStrictEqual } from "node:util";

/**
 * Stands where a value is that nobody may see. It tells one thing: whether the value is the same before and after the change. Printed and in JSON it
 * is `***`; after a change of the value `*** (2)`.
 */
export class Sensitive {
  readonly version: 1 | 2;
  constructor(version: 1 | 2) {
    this.version = version;
  }
  toJSON(): string {
    return this.version === 1 ? "***" : "*** (2)";
  }
  toString(): string {
    return this.toJSON();
  }
}

const FIRST = new Sensitive(1);
const SECOND = new Sensitive(2);

/** The marker for a value of this side of a change, beside the value of the other side. */
export function sensitiveMarker(side: "before" | "after", value: unknown, other: unknown): Sensitive {
  return side === "before" || other === undefined || other === null || isDeepStrictEqual(value, other) ? FIRST : SECOND;
}

/** Attributes that hold secrets though their providers do not say so, by type. Dotted paths, list positions left out. */
const KNOWN_SECRETS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    openstack_blockstorage_volume_attach_v3: ["data"],
    openstack_compute_instance_v2: ["user_data", "admin_pass", "personality"],
    openstack_compute_keypair_v2: ["private_key"],
    openstack_containerinfra_cluster_v1: ["kubeconfig"],
    openstack_db_instance_v1: ["user.password"],
    openstack_dns_transfer_accept_v2: ["key"],
    openstack_dns_transfer_request_v2: ["key"],
    openstack_identity_application_credential_v3: ["secret"],
    openstack_identity_ec2_credential_v3: ["secret", "access"],
    openstack_keymanager_secret_v1: ["payload"],
    openstack_objectstorage_container_v1: ["container_sync_key"],
    openstack_objectstorage_tempurl_v1: ["key", "url"],
    openstack_orchestration_stack_v1: ["parameters", "environment_opts"],
    openstack_vpnaas_site_connection_v2: ["psk"],
    kubernetes_secret: ["data", "binary_data"],
    kubernetes_secret_v1: ["data", "binary_data"],
    kubernetes_secret_v1_data: ["data"],
    cloudinit_config: ["part", "rendered"],
  }),
);

/** The same with every type, not within any other attribute. */
const ANYWHERE = "user_data_base64";
const NO_SECRETS: readonly string[] = [];

/** What a type holds as secrets though its provider does not say so. */
export function knownSecrets(type: string): readonly string[] {
  return KNOWN_SECRETS.get(type) ?? NO_SECRETS;
}

/** Names of attributes, keys of maps and environment variables that are secrets with any provider. */
const SECRET_NAME =
  /(?:^|[_.-])(?:pass(?:word|wd|phrase|code)?|pwd|psk|secrets?|token|credentials?|kubeconfig|(?:private|secret|access|api|ssh|encryption|sync)[_-]?key(?:[_-](?:pem|openssh|id|base64))*)$/i;

/** Whether what stands at a key, `parent` the path around it, is a secret whatever the provider says, given what is known of the type. */
export function isKnownSecret(secrets: readonly string[], parent: string, key: string): boolean {
  if (isSecretName(key) || (parent === "" && key === ANYWHERE)) return true;
  return secrets.length > 0 && secrets.includes(parent === "" ? key : `${parent}.${key}`);
}

/** Whether a name says that its value is a secret: `db_password`, `DB_PASSWORD`, `api-key`. */
export function isSecretName(name: string): boolean {
  const known = SECRET_NAMES.get(name);
  if (known !== undefined) return known;
  const answer = SECRET_NAME.test(name);
  // Attribute names repeat with every resource; a hostile file's own do not fill the memory.
  if (SECRET_NAMES.size < 10_000) SECRET_NAMES.set(name, answer);
  return answer;
}

const SECRET_NAMES = new Map<string, boolean>();
