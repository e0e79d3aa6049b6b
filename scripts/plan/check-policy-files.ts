import { readSource } from "../../catalog/read-catalogue.ts";
import type { SchemaName } from "../../catalog/source/check-schema.ts";
import { noRegularFile } from "../../catalog/source/check-tree.ts";
import { type Diagnostic, InvalidInput } from "../../catalog/source/diagnostic.ts";
import type { SourceFile } from "../../catalog/source/source-file.ts";
import { readDirectoryFiles } from "../../catalog/source/tree.ts";
import { approvalKeysOf } from "../approval/approval-keys.ts";
import { readOwners } from "../setup/generate-codeowners.ts";

/** Policy as data: what it is read by, and what beyond its schema has to hold. */
const FILES: Readonly<Record<string, { readonly schema: SchemaName; readonly read?: (source: SourceFile) => unknown }>> = {
  "policies/approval-keys.yaml": { schema: "approval-keys", read: approvalKeysOf },
  "policies/approvals.yaml": { schema: "approvals" },
  "policies/approvers.yaml": { schema: "approvers" },
  "policies/owners.yaml": { schema: "owners", read: (source) => readOwners(source, []) },
  "policies/waivers.yaml": { schema: "waivers" },
};

/**
 * What is wrong with the policy files that a request brings. A request is judged by those of the program, never by its own; but merged, its own become
 * the program's, and one that nobody can read would stop every approval after it. A tree of data alone has none.
 */
export function checkPolicyFiles(folder: string): Diagnostic[] {
  const tree = readDirectoryFiles(folder, "policies", Object.keys(FILES));
  return [...tree.entries].flatMap(([path, entry]) => {
    const file = FILES[path];
    if (entry.kind === "irregular") return [noRegularFile(path, entry.what)];
    return file === undefined ? [] : faultsOf(() => readSource(tree, path, file.schema), file.read);
  });
}

function faultsOf(load: () => ReturnType<typeof readSource>, read: ((source: SourceFile) => unknown) | undefined): readonly Diagnostic[] {
  try {
    const found = load();
    if (found.kind === "rejected") return found.diagnostics;
    read?.(found.file);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.diagnostics;
    throw error;
  }
}
