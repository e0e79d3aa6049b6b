import type { Catalogue } from "../../catalog/catalogue.ts";
import { changedValues } from "../../catalog/source/changed-values.ts";
import type { CatalogueChangeResult } from "./result.ts";

/** Files of the catalogue whose values differ between two trees, in order; comments decide nothing. Without a base every file counts as added. */
export function catalogueChanges(head: Catalogue, base: Catalogue | undefined): CatalogueChangeResult[] {
  const then = base?.sources ?? new Map();
  return [...new Set([...head.sources.keys(), ...then.keys()])].sort().flatMap((file): CatalogueChangeResult[] => {
    const [before, after] = [then.get(file), head.sources.get(file)];
    if (before === undefined) return [{ file, area: areaOf(file), change: "added" }];
    if (after === undefined) return [{ file, area: areaOf(file), change: "removed" }];
    if (changedValues(before.value, after.value).length === 0) return [];
    return [{ file, area: areaOf(file), change: "changed" }];
  });
}

function areaOf(file: string): CatalogueChangeResult["area"] {
  if (file.startsWith("catalog/price-books/")) return "prices";
  return /^catalog\/(?:contracts\/|annex-)/.test(file) ? "contract" : "platform";
}
