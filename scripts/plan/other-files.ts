import { git } from "../../catalog/source/git.ts";
import type { Tree } from "../../catalog/source/tree.ts";

/** A file that a request changes and that no plan reads: the program, its rules, its pipelines. */
export interface OtherFile {
  readonly path: string;
  /** Hash of its content after the request; zeros where it is gone. */
  readonly blob: string;
}

/** What a plan reads, and what decides nothing: declarations, the catalogue, waivers, tests and documents. */
const READ_OR_HARMLESS = /^(?:stacks\/tenants\/|catalog\/.+\.yaml$|policies\/waivers\.yaml$|test\/|bench\/|.+\.md$)/;

/**
 * The files beyond its data that a request changes, by the commits of the folder that it stands in: what is not committed is no request
 * yet. Undefined where the base is no commit of it: then nobody can say.
 */
export function otherFiles(folder: string, base: Tree | undefined): readonly OtherFile[] | undefined {
  if (base === undefined || !/^[0-9a-f]{40,64}$/.test(base.identity)) return undefined;
  // Between two commits: no filter of the work tree runs. A folder of a repository is compared as the tree that it is.
  const output = git(folder, ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", "--relative", base.identity, "HEAD"]);
  const fields = output.toString("utf8").split("\0");
  const changed: OtherFile[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [path = "", blob = ""] = [fields[at + 1], fields[at]?.split(" ")[3]];
    if (!READ_OR_HARMLESS.test(path)) changed.push({ path, blob });
  }
  return changed.sort((a, b) => (a.path < b.path ? -1 : 1));
}
