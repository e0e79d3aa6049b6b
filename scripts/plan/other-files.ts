import { git } from "../../catalog/source/git.ts";
import type { Tree } from "../../catalog/source/tree.ts";

/** What a plan reads, and what decides nothing: declarations, the catalogue, waivers, tests and documents. */
const READ_OR_HARMLESS = /^(?:stacks\/tenants\/|catalog\/.+\.yaml$|policies\/waivers\.yaml$|test\/|bench\/|.+\.md$)/;

/**
 * Paths of the files beyond its data that a request changes, by the commits of the folder that it stands in: what is not committed is no request
 * yet. Undefined where the base is no commit of it: then nobody can say.
 */
export function otherFiles(folder: string, base: Tree | undefined): readonly string[] | undefined {
  if (base === undefined || !/^[0-9a-f]{40,64}$/.test(base.identity)) return undefined;
  // Between two commits: no filter of the work tree runs. A folder of a repository is compared as the tree that it is.
  const names = git(folder, ["diff-tree", "-r", "-z", "--name-only", "--no-renames", "--relative", base.identity, "HEAD"]);
  return names
    .toString("utf8")
    .split("\0")
    .filter((path) => path !== "" && !READ_OR_HARMLESS.test(path))
    .sort();
}
