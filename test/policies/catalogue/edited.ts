import { Temporal } from "temporal-polyfill";
import type { Catalogue } from "../../../catalog/catalogue.ts";
import type { Declaration } from "../../../catalog/declaration.ts";
import { readCatalogue } from "../../../catalog/read-catalogue.ts";
import type { ContractSubject } from "../../../policies/policy.ts";
import { CATALOGUE } from "../../declared.ts";
import { type FileOf, printDiagnostic, treeWith } from "../../tree.ts";
import { contractSubject } from "../subjects.ts";

/** The samples' catalogue with some files changed or added. */
export function catalogueWith(changes: Readonly<Record<string, FileOf>>): Catalogue {
  const read = readCatalogue(treeWith(changes));
  if (read.kind === "invalid") throw new Error(read.diagnostics.map(printDiagnostic).join("\n"));
  return read.catalogue;
}

/** A request that leaves this catalogue behind, compared with the samples' own. */
export function request(
  changes: Readonly<Record<string, FileOf>>,
  declarations: readonly Declaration[] = [],
  at = "2026-01-15",
): ContractSubject {
  return contractSubject(declarations, {
    at: Temporal.PlainDate.from(at),
    catalogue: catalogueWith(changes),
    base: { catalogue: CATALOGUE, declarations: [], tenants: new Map(), monthly: new Map() },
  });
}
