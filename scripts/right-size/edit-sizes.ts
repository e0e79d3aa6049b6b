import { isScalar, parseDocument } from "yaml";
import type { Path } from "../../catalog/source/source-file.ts";

/** A whole number of a declaration that becomes another: cores, GB of memory, GB of a disk. */
export interface SizeEdit {
  /** Path of the number, as in `["servers", "app", "cpu"]`. */
  readonly path: Path;
  readonly from: number;
  readonly to: number;
}

/**
 * Text of a declaration with other sizes: the digits of each number change and not a byte beside them. Throws where a number is not the one
 * that the edit was made for, before anything is changed.
 */
export function editSizes(source: string, edits: readonly SizeEdit[]): string {
  const document = parseDocument(source, { version: "1.2", schema: "core" });
  const places = edits.map(({ path, from, to }) => {
    const node = document.getIn(path, true);
    const digits = isScalar(node) && node.range != null ? source.slice(node.range[0], node.range[1]) : undefined;
    if (!isScalar(node) || node.range == null || digits !== String(from)) {
      throw new Error(`Cannot edit ${path.join(".")}: found ${digits ?? "nothing"}, wanted ${from}`);
    }
    return { start: node.range[0], end: node.range[1], to };
  });
  let edited = source;
  for (const { start, end, to } of places.toSorted((a, b) => b.start - a.start)) edited = edited.slice(0, start) + to + edited.slice(end);
  return edited;
}
