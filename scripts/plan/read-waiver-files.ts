import { approversOf } from "../../catalog/approver.ts";
import { readSource } from "../../catalog/read-catalogue.ts";
import { type AuthorsOf, findOverlaps, readWaivers, type WaiverFacts } from "../../catalog/read-waivers.ts";
import type { SchemaName } from "../../catalog/source/check-schema.ts";
import { type Diagnostic, InvalidInput } from "../../catalog/source/diagnostic.ts";
import type { Tree } from "../../catalog/source/tree.ts";
import type { Waiver } from "../../catalog/waiver.ts";
import { POLICIES } from "../../policies/index.ts";
import { PLATFORM } from "../../stacks/platform-stack.ts";
import { programTree } from "../program-file.ts";
import { gitAuthors } from "./authors.ts";

/** The centre's own files: policy, so they come with the program, never from a request's tree. */
const CENTRE_FILE = "policies/waivers.yaml";
const APPROVERS_FILE = "policies/approvers.yaml";
const TENANT_FILE = /^stacks\/tenants\/([^/]+)\/waivers\.yaml$/;
const SYSTEM_FILE = /^stacks\/tenants\/([^/]+\/(?!(?:tenant|waivers)\.yaml$)[^/]+)\.yaml$/;

export interface WaiverSources {
  /** Folder of the program, where the centre's files stand. */
  readonly program: string;
  /** Who wrote a line of the tree; by default Git in the tree's folder. */
  readonly authorsOf?: AuthorsOf;
}

/** Reads the centre's waivers and those beside each bureau of the tree; throws every error in them. */
export function readWaiverFiles(tree: Tree, { program, authorsOf = gitAuthors(tree.identity) }: WaiverSources): readonly Waiver[] {
  const diagnostics: Diagnostic[] = [];
  const load = (from: Tree, path: string, schema: SchemaName) => {
    const read = readSource(from, path, schema);
    if (read.kind === "parsed") return read.file;
    diagnostics.push(...read.diagnostics);
    return undefined;
  };
  const own = programTree(program, [CENTRE_FILE, APPROVERS_FILE]);
  const approvers = load(own, APPROVERS_FILE, "approvers");
  const facts: Omit<WaiverFacts, "tenant" | "authorsOf"> = {
    policies: new Map(POLICIES.map(({ id, waivableBy }) => [id, waivableBy])),
    // By their paths, so that a declaration with errors is no unknown system.
    systems: new Set([...[...tree.entries.keys()].flatMap((path) => SYSTEM_FILE.exec(path)?.[1] ?? []), PLATFORM]),
    approvers: approvers === undefined ? [] : approversOf(approvers),
  };
  const files = [
    ...(own.entries.has(CENTRE_FILE) ? [{ from: own, path: CENTRE_FILE, tenant: undefined, authors: gitAuthors(program) }] : []),
    ...[...tree.entries.keys()].flatMap((path) => {
      const tenant = TENANT_FILE.exec(path)?.[1];
      return tenant === undefined ? [] : [{ from: tree, path, tenant, authors: authorsOf }];
    }),
  ];
  const waivers: Waiver[] = [];
  for (const { from, path, tenant, authors } of files) {
    const source = load(from, path, "waivers");
    if (source === undefined) continue;
    const read = readWaivers(source, { ...facts, tenant, authorsOf: authors });
    waivers.push(...read.waivers);
    diagnostics.push(...read.diagnostics);
  }
  diagnostics.push(...findOverlaps(waivers));
  if (diagnostics.length > 0) throw new InvalidInput(diagnostics);
  return waivers;
}
