import { realTree } from "../../tree.ts";
import { type Repository, repositoryWith } from "./repository.ts";

/** The frozen samples in a repository of their own, some files changed, committed on a day. */
export function sampleRepository(when: string, changes: Readonly<Record<string, string>> = {}): Repository {
  const files = [...realTree().entries].flatMap(([path, entry]) => (entry.kind === "file" ? [[path, entry.bytes()] as const] : []));
  return repositoryWith({ ...Object.fromEntries(files), ...changes }, when);
}
