import type { Declaration } from "../declaration.ts";
import type { Reporter } from "../source/reporter.ts";
import { text } from "../text.ts";

/** No two nodes of a system share a name or serial number. */
export function checkNodesDiffer(nodes: Declaration["managedNodes"], errors: Reporter): void {
  for (const [index, node] of nodes.entries()) {
    for (const field of ["name", "serial"] as const) {
      if (nodes.slice(0, index).some((other) => other[field] === node[field])) {
        errors.report(["managedNodes", index, field], "contradiction", text(`${node[field]} 写了两次`, `Cannot list ${node[field]} twice`));
      }
    }
  }
}
