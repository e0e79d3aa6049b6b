import type { OpenstackProvider } from "@cdktf/provider-openstack/provider";
import type { Catalogue } from "../../catalog/catalogue.ts";
import type { Declaration, Tenant } from "../../catalog/declaration.ts";
import type { Pool } from "../../catalog/pool.ts";

/** What the constructs of a system's stack share. */
export interface SystemContext {
  readonly declaration: Declaration;
  readonly tenant: Tenant;
  readonly catalogue: Catalogue;
  readonly pool: Pool;
  /** `hrss--social-insurance`: name of the stack, the project and the namespace, and the beginning of every other name. */
  readonly name: string;
  /** Provider configuration with the scope of the pool's administration project. */
  readonly vending: OpenstackProvider;
}

/** Tags by which an operator finds a system's resources. Nova takes 60 characters without comma and slash, so tenant and system stand apart. */
export function tagsOf({ declaration }: SystemContext): string[] {
  return ["govcloud", `system:${declaration.system}`, `tenant:${declaration.tenant}`];
}

/** Metadata of a server or volume. What may change while it runs (stage, level) stands on the project alone: going live would else touch every server. */
export function metadataOf({ declaration }: SystemContext, more: Readonly<Record<string, string>>): Record<string, string> {
  return { system: declaration.id, tenant: declaration.tenant, ...more };
}
