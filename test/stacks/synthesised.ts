import type { Catalogue } from "../../catalog/catalogue.ts";
import type { Contract } from "../../catalog/contract.ts";
import type { Declaration, Tenant } from "../../catalog/declaration.ts";
import { buildApp, synthesise } from "../../stacks/build-app.ts";
import type { TerraformJson } from "../../stacks/named-stack.ts";
import { CATALOGUE } from "./catalogue.ts";
import { BUREAU, declared } from "./declared.ts";

// biome-ignore lint/suspicious/noExplicitAny: a test names the arguments it looks at, whatever their shape
export type Body = any;

/** Stacks read of a contract its circuits only. */
export const CONTRACT = { circuits: { count: 4, bandwidthM: 1000 } } as Contract;

/** A system's stack as Terraform gets it. */
export function synthesised(
  overrides: Partial<Declaration> = {},
  catalogue: Catalogue = CATALOGUE,
  tenant: Tenant = BUREAU,
): TerraformJson {
  const declaration = declared(overrides);
  const { stacks } = buildApp(catalogue, CONTRACT, { tenants: new Map([[tenant.id, tenant]]), systems: [declaration] });
  const stack = stacks.get(declaration.id);
  if (stack === undefined) throw new Error(`Cannot find the stack of ${declaration.id}`);
  return synthesise(stack);
}

/** Every resource of a configuration by its address. */
export function resourcesOf(json: TerraformJson): Record<string, Body> {
  const byType = Object.entries((json.resource ?? {}) as Record<string, Record<string, Body>>);
  return Object.fromEntries(byType.flatMap(([type, named]) => Object.entries(named).map(([key, body]) => [`${type}.${key}`, body])));
}

/** Resources of the system with these fields, by address. */
export function resources(overrides: Partial<Declaration> = {}, catalogue?: Catalogue, tenant?: Tenant): Record<string, Body> {
  return resourcesOf(synthesised(overrides, catalogue, tenant));
}

/** Names of the resources of one type, without the type. */
export function named(all: Record<string, Body>, type: string): string[] {
  return Object.keys(all)
    .filter((address) => address.startsWith(`${type}.`))
    .map((address) => address.slice(type.length + 1));
}
