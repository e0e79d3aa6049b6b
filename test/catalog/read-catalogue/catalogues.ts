import type { Catalogue } from "../../../catalog/catalogue.ts";
import { readCatalogue } from "../../../catalog/read-catalogue.ts";
import { type FileOf, printUnderCaret, realTree, treeWith } from "../../tree.ts";

export const ANNEX = "catalog/annex-1.yaml";
export const POOLS = "catalog/pools.yaml";
export const FLAVORS = "catalog/flavors.yaml";
export const IMAGES = "catalog/images.yaml";
export const COMPONENTS = "catalog/components.yaml";
export const CONTRACT = "catalog/contracts/baotou-2025.yaml";
export const BOOK = "catalog/price-books/2025-06-20.yaml";

export function catalogueOf(changes: Readonly<Record<string, FileOf>> = {}): Catalogue {
  const result = readCatalogue(treeWith(changes));
  if (result.kind === "invalid") throw new Error(result.diagnostics.map(printUnderCaret).join("\n"));
  return result.catalogue;
}

export function diagnosticsOf(changes: Readonly<Record<string, FileOf>>) {
  const result = readCatalogue(treeWith(changes));
  return result.kind === "valid" ? [] : result.diagnostics;
}

export function errorsOf(changes: Readonly<Record<string, FileOf>>): string[] {
  return diagnosticsOf(changes).map(printUnderCaret);
}

export function textOf(path: string, ...changes: (readonly [passage: string, replacement: string])[]): string {
  const entry = realTree().entries.get(path);
  let text = entry?.kind === "file" ? new TextDecoder().decode(entry.bytes()) : "";
  for (const [passage, replacement] of changes) {
    if (text.split(passage).length !== 2) throw new Error(`Cannot change ${path}: wanted once: ${passage}`);
    text = text.replace(passage, () => replacement);
  }
  return text;
}

/** Files that make a catalogue wrong, and what is said of it. */
export interface Refusal {
  readonly what: string;
  readonly changes: () => Readonly<Record<string, FileOf>>;
  readonly found: readonly string[];
}
