import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type AuthorOf, readWaivers } from "../../catalog/read-waivers.ts";
import { type Diagnostic, InvalidInput } from "../../catalog/source/diagnostic.ts";
import type { Waiver } from "../../catalog/waiver.ts";
import { POLICIES } from "../../policies/index.ts";
import { gitAuthors } from "./authors.ts";
import type { CheckedTree } from "./read-tree.ts";

/** The centre's own file: policy, so it comes with the program, never from a request's tree. */
const CENTRE_FILE = "policies/waivers.yaml";
const TENANT_FILE = /^stacks\/tenants\/([^/]+)\/waivers\.yaml$/;

export interface WaiverSources {
  /** Folder of the program, where the centre's file stands. */
  readonly program: string;
  /** Who wrote a line of the tree; by default Git in the tree's folder. */
  readonly authorOf?: AuthorOf;
}

/** Reads the centre's waivers and those beside each bureau of the tree; throws every error in them. */
export function readWaiverFiles(
  { tree, declarations }: CheckedTree,
  { program, authorOf = gitAuthors(tree.identity) }: WaiverSources,
): readonly Waiver[] {
  const policies = new Set(POLICIES.map(({ id }) => id));
  const systems = new Set([...declarations.systems.map(({ id }) => id), "platform"]);
  const waivers: Waiver[] = [];
  const diagnostics: Diagnostic[] = [];
  const add = (path: string, bytes: Uint8Array, tenant: string | undefined, author: AuthorOf) => {
    const read = readWaivers(path, bytes, { policies, systems, tenant, authorOf: author });
    waivers.push(...read.waivers);
    diagnostics.push(...read.diagnostics);
  };
  const centre = join(program, CENTRE_FILE);
  if (existsSync(centre)) add(CENTRE_FILE, readFileSync(centre), undefined, gitAuthors(program));
  for (const [path, entry] of tree.entries) {
    const tenant = TENANT_FILE.exec(path)?.[1];
    if (tenant !== undefined && entry.kind === "file") add(path, entry.bytes(), tenant, authorOf);
  }
  if (diagnostics.length > 0) throw new InvalidInput(diagnostics);
  return waivers;
}
