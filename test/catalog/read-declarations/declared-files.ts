import type { Declaration } from "../../../catalog/declaration.ts";
import { readDeclarations } from "../../../catalog/read-declarations.ts";
import { CATALOGUE } from "../../declared.ts";
import { type FileOf, printDiagnostic, treeOf } from "../../tree.ts";

/** Files below stacks/tenants/. */
export function resultOf(files: Readonly<Record<string, FileOf>>) {
  return readDeclarations(
    treeOf(Object.fromEntries(Object.entries(files).map(([path, file]) => [`stacks/tenants/${path}`, file]))),
    CATALOGUE,
  );
}

export function errorsOf(files: Readonly<Record<string, FileOf>>): string[] {
  return resultOf(files).diagnostics.map((each) => printDiagnostic(each).replaceAll("stacks/tenants/", ""));
}

export const TENANT = "name: 人力资源和社会保障局\nrange: 10.20.0.0/16\n";
export const SYSTEM = "name: 社会保险\nstage: production\nmlps: 2\npool: gov\nclassified: false\n";
export const SERVER = `servers:
  app:
    family: general
    cpu: 4
    memoryGb: 8
    image: rocky-9
    systemDisk: { type: ssd, sizeGb: 60 }
`;

/** One bureau with one system, whose file goes on from line 6. */
export function withSystem(more: string, tenant = TENANT): Readonly<Record<string, FileOf>> {
  return { "hrss/tenant.yaml": tenant, "hrss/social.yaml": SYSTEM + more };
}

export function declared(more: string): Declaration {
  const { declarations, diagnostics } = resultOf(withSystem(more));
  const [only] = declarations.systems;
  if (only === undefined) throw new Error(diagnostics.map(printDiagnostic).join("\n"));
  return only;
}

/** Where alone a file may lie. */
export const WHERE = "wanted <bureau>/tenant.yaml or <bureau>/<system>.yaml";
