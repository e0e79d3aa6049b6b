import type { Catalogue } from "../../catalog/catalogue.ts";
import type { Declarations } from "../../catalog/declaration.ts";
import { readCatalogue } from "../../catalog/read-catalogue.ts";
import { readDeclarations } from "../../catalog/read-declarations.ts";
import { checkTree } from "../../catalog/source/check-tree.ts";
import { type Diagnostic, InvalidInput, InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { parseSource, type SourceFile } from "../../catalog/source/source-file.ts";
import type { Tree } from "../../catalog/source/tree.ts";
import { counted, text } from "../../catalog/text.ts";

const TENANT_WAIVERS = /^stacks\/tenants\/[^/]+\/waivers\.yaml$/;

/** A tree that was read and found valid. */
export interface CheckedTree {
  readonly tree: Tree;
  readonly catalogue: Catalogue;
  readonly declarations: Declarations;
  /** Every file of the tree that was read: catalogue, bureaus, declarations, waivers. */
  readonly sources: readonly SourceFile[];
}

/** Reads a whole tree or throws every error in it at once. Without a valid catalogue nothing can be said of the declarations. */
export function readCheckedTree(tree: Tree): CheckedTree {
  const wrong = checkTree(tree);
  const catalogue = readCatalogue(tree);
  if (catalogue.kind === "invalid") throw new InvalidInput(withoutRepeats(wrong, catalogue.diagnostics));
  const { declarations, diagnostics } = readDeclarations(tree, catalogue.catalogue);
  if (wrong.length + diagnostics.length > 0) throw new InvalidInput(withoutRepeats(wrong, diagnostics));
  const { tenants, systems } = declarations;
  const sources = [
    ...catalogue.catalogue.sources.values(),
    ...[...tenants.values(), ...systems].map(({ source }) => source),
    ...waiverSources(tree),
  ];
  return { tree, catalogue: catalogue.catalogue, declarations, sources };
}

/** Reads the catalogue of a tree alone, or throws every error in it. */
export function readCheckedCatalogue(tree: Tree): Catalogue {
  const catalogue = readCatalogue(tree);
  if (catalogue.kind === "invalid") throw new InvalidInput(catalogue.diagnostics);
  return catalogue.catalogue;
}

/** The bureaus' waivers as files; what is wrong with one is told when waivers are read. */
function waiverSources(tree: Tree): SourceFile[] {
  return [...tree.entries].flatMap(([path, entry]) => {
    const parsed = TENANT_WAIVERS.test(path) && entry.kind === "file" ? parseSource(path, entry.bytes()) : undefined;
    return parsed?.file ?? [];
  });
}

/** What is wrong with a file as such is told once, not again by whoever would have read it. */
export function withoutRepeats(wrong: readonly Diagnostic[], more: readonly Diagnostic[]): Diagnostic[] {
  const told = new Set(wrong.map(({ file }) => file));
  return [...wrong, ...more.filter(({ file }) => !told.has(file))];
}

/** Reads the tree that a change is compared with; errors in it are not the request's, so they are told apart. */
export function readCheckedBase(tree: Tree): CheckedTree {
  try {
    return readCheckedTree(tree);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const [first] = error.diagnostics;
    const place = first === undefined ? "" : `${first.file}:${first.range.line}:${first.range.column}: `;
    throw new InvalidRequest(
      text(
        `比较的基准 ${tree.label} 里有 ${error.diagnostics.length} 处错误，无法比较。第一处：${place}${first?.message.zh ?? ""}`,
        `Cannot compare with base ${tree.label}: it has ${counted(error.diagnostics.length, "error")}. The first: ${place}${first?.message.en ?? ""}`,
      ),
    );
  }
}
