import type { Catalogue } from "../../catalog/catalogue.ts";
import type { Declarations } from "../../catalog/declaration.ts";
import { readCatalogue } from "../../catalog/read-catalogue.ts";
import { readDeclarations } from "../../catalog/read-declarations.ts";
import { InvalidInput } from "../../catalog/source/diagnostic.ts";
import type { Tree } from "../../catalog/source/tree.ts";

/** A tree that was read and found valid. */
export interface CheckedTree {
  readonly tree: Tree;
  readonly catalogue: Catalogue;
  readonly declarations: Declarations;
}

/** Reads a whole tree or throws every error in it at once. Without a valid catalogue nothing can be said of the declarations. */
export function readCheckedTree(tree: Tree): CheckedTree {
  const catalogue = readCatalogue(tree);
  if (catalogue.kind === "invalid") throw new InvalidInput(catalogue.diagnostics);
  const { declarations, diagnostics } = readDeclarations(tree, catalogue.catalogue);
  if (diagnostics.length > 0) throw new InvalidInput(diagnostics);
  return { tree, catalogue: catalogue.catalogue, declarations };
}
