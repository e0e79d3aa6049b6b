import "./without-creation-stacks.ts";
import { type TerraformBackend, TerraformElement, TerraformOutput, TerraformResource, TerraformStack } from "cdktf";
import type { Construct, Node } from "constructs";
import { byKey } from "../catalog/by-key.ts";

export type TerraformJson = { readonly [key: string]: TerraformValue };
export type TerraformValue = string | number | boolean | null | readonly TerraformValue[] | TerraformJson;

/** The provider's own address in full: without its registry host OpenTofu asks to initialise again (opentofu#2402). */
const PROVIDER_SOURCES: Readonly<Record<string, string>> = { kubernetes: "registry.terraform.io/hashicorp/kubernetes" };

/**
 * A stack whose addresses can be read and foretold: `servers/app-1/Port` is `openstack_networking_port_v2.servers_app-1`, where CDKTF's own naming
 * would add a hash. State, plans, waivers and reviews all name resources by address.
 */
export abstract class NamedStack extends TerraformStack {
  #impliedBackend: TerraformBackend | undefined;
  #backend: TerraformJson | undefined;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.node.addValidation({ validate: () => this.duplicateAddresses().map((address) => `Cannot use the address ${address} twice`) });
  }

  /** The path below the stack without its last element, which repeats the type; where there is one element, that element. */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const path = node.scopes.slice(node.scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    const [only = ""] = path;
    return path.length <= 1 ? only : path.slice(0, -1).map(identifier).join("_");
  }

  /** Addresses that two elements of this stack share: Terraform would silently keep the last one. */
  private duplicateAddresses(): string[] {
    const seen = new Set<string>();
    const duplicates: string[] = [];
    for (const each of this.node.findAll()) {
      const address = addressOf(each);
      if (address === undefined) continue;
      if (seen.has(address)) duplicates.push(address);
      seen.add(address);
    }
    return duplicates;
  }

  /** Names where the engine keeps this stack's state: a `terraform.backend` block. Without it the configuration names none and depends on no machine. */
  keepStateIn(backend: TerraformJson): void {
    this.#backend = backend;
  }

  /** CDKTF adds a local backend with an absolute path where none is declared; the engine's own default depends on no machine. */
  override ensureBackendExists(): TerraformBackend {
    const declared = this.node.tryFindChild("backend") !== undefined;
    const backend = super.ensureBackendExists();
    // Called again, it finds the backend that it added itself.
    if (!declared) this.#impliedBackend = backend;
    return backend;
  }

  // biome-ignore lint/suspicious/noExplicitAny: the signature of TerraformStack
  override toTerraform(): any {
    const json = super.toTerraform();
    if (this.#impliedBackend !== undefined) delete json.terraform?.backend;
    if (this.#backend !== undefined) json.terraform = { ...json.terraform, backend: this.#backend };
    for (const [name, source] of Object.entries(PROVIDER_SOURCES)) {
      const required = json.terraform?.required_providers?.[name];
      if (required !== undefined) required.source = source;
    }
    return json;
  }

  /**
   * The stack's `cdk.tf.json` without writing a file: keys sorted, construct metadata (`//`) left out, so that the same tree gives the same bytes.
   * Throws where two resources have one address.
   */
  terraformJson(): TerraformJson {
    const [duplicate] = this.duplicateAddresses();
    if (duplicate !== undefined) throw new Error(`Cannot synthesise ${this.node.id}: two resources have the address ${duplicate}`);
    this.prepareStack();
    return plain(this.toTerraform()) as TerraformJson;
  }
}

/** Address of a resource or output; undefined for anything else. */
function addressOf(element: unknown): string | undefined {
  if (TerraformResource.isTerraformResource(element)) return `${element.terraformResourceType}.${element.friendlyUniqueId}`;
  return TerraformOutput.isTerraformOutput(element) ? `output.${element.friendlyUniqueId}` : undefined;
}

/** Terraform takes letters, digits, hyphens and underscores; the underscore separates, so it is written out like anything else: `v10.3` is `v10_x2e_3`. */
function identifier(element: string): string {
  return element.replace(/[^A-Za-z0-9-]/gu, (character) => `_x${(character.codePointAt(0) ?? 0).toString(16)}_`);
}

function plain(value: unknown): TerraformValue {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value as TerraformValue;
  const entries = Object.entries(value)
    .filter(([key, each]) => key !== "//" && each !== undefined)
    .sort(byKey);
  return Object.fromEntries(entries.map(([key, each]) => [key, plain(each)]));
}
