import "./without-creation-stacks.ts";
import { tmpdir } from "node:os";
import { App } from "cdktf";
import type { Catalogue } from "../catalog/catalogue.ts";
import type { Contract } from "../catalog/contract.ts";
import type { Declarations, SystemId } from "../catalog/declaration.ts";
import type { NamedStack, TerraformJson } from "./named-stack.ts";
import { PLATFORM, PlatformStack } from "./platform-stack.ts";
import { SystemStack } from "./system-stack.ts";

export interface BuildOptions {
  /** Where `app.synth()` writes. Default: CDKTF_OUTDIR, which `cdktf` sets; without it the system's temporary folder, and as long as nobody calls `synth` nothing is written. */
  readonly outdir?: string;
  /** Ids of the systems to build, `platform` among them if it is wanted. Default: everything. */
  readonly only?: ReadonlySet<SystemId>;
  /** Build retired systems as they are left in between, before their project goes: see {@link SystemStack}. */
  readonly windingDown?: boolean;
}

export interface BuiltApp {
  readonly app: App;
  /** By system id, in the order of the declarations; the platform first. */
  readonly stacks: ReadonlyMap<SystemId, NamedStack>;
}

/** Builds one stack for each system and one for the platform, in memory. {@link synthesise} gives the Terraform configuration. */
export function buildApp(
  catalogue: Catalogue,
  contract: Contract,
  { tenants, systems }: Declarations,
  options: BuildOptions = {},
): BuiltApp {
  const app = new App({ outdir: options.outdir ?? process.env.CDKTF_OUTDIR ?? tmpdir() });
  const wanted = (id: SystemId) => options.only?.has(id) ?? true;
  const stacks = new Map<SystemId, NamedStack>();
  if (wanted(PLATFORM)) stacks.set(PLATFORM, new PlatformStack(app, catalogue, contract));
  for (const declaration of systems) {
    if (!wanted(declaration.id)) continue;
    const tenant = tenants.get(declaration.tenant);
    if (tenant === undefined) throw new Error(`Cannot build ${declaration.id}: wanted tenant.yaml of ${declaration.tenant}`);
    stacks.set(declaration.id, new SystemStack(app, declaration, catalogue, tenant, { windingDown: options.windingDown ?? false }));
  }
  return { app, stacks };
}

/** A stack's Terraform configuration, in memory; the same tree gives the same bytes. */
export function synthesise(stack: NamedStack): TerraformJson {
  return stack.terraformJson();
}
