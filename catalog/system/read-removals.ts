import type { Removal } from "../declaration.ts";
import type { Reporter } from "../source/reporter.ts";
import { text } from "../text.ts";
import type { RemovalFile } from "./system-file.ts";

/** What leaves a system that goes on; only servers of a group are counted. */
export function readRemovals(removals: readonly RemovalFile[] = [], errors: Reporter): readonly Removal[] {
  for (const [index, { of, count }] of removals.entries()) {
    if (count !== undefined && of.includes("."))
      errors.report(
        ["removals", index, "count"],
        "contradiction",
        text(`${of} 不是服务器组，不写 count`, `Cannot count ${of}: only servers of a group are counted`),
        "key",
      );
  }
  return removals.map((removal) => ({ ...removal, count: removal.count ?? 1 }));
}
