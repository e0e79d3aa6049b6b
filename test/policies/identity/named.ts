import type { Declaration, Tenant } from "../../../catalog/declaration.ts";
import type { ContractSubject } from "../../../policies/policy.ts";
import { CATALOGUE, declaration, sourceOf } from "../../declared.ts";
import { contractSubject } from "../subjects.ts";

/** A bureau by id and name. */
export function tenant(id: string, name: string): Tenant {
  return {
    id,
    source: sourceOf(`name: ${JSON.stringify(name)}\n`, `stacks/tenants/${id}/tenant.yaml`),
    name,
    monthlyBudget: undefined,
    range: undefined,
  };
}

export type Named = readonly [id: string, name: string, stage?: Declaration["stage"]];

/** Systems by id and display name, and what was there before. */
export function named(
  systems: readonly Named[],
  base?: readonly Named[],
  tenants: readonly Tenant[] = [],
  earlier: readonly Tenant[] = tenants,
): ContractSubject {
  const declarations = (of: readonly Named[]) => of.map(([id, name, stage = "production"]) => declaration({ id, name, stage }));
  const byId = (of: readonly Tenant[]) => new Map(of.map((each) => [each.id, each]));
  return contractSubject(declarations(systems), {
    tenants: byId(tenants),
    base:
      base === undefined
        ? undefined
        : { catalogue: CATALOGUE, declarations: declarations(base), tenants: byId(earlier), monthly: new Map() },
  });
}
