import { PLATFORM } from "../../stacks/platform-stack.ts";
import type { Group } from "../affected/groups.ts";

/**
 * Outputs of a step, for GITHUB_OUTPUT (Gitea's and Forgejo's runners read the same): `matrix` for the systems' jobs, `systems` whether it has any (a
 * matrix may not be empty), and `platform` whether the platform's job is to run before them.
 */
export function renderGithubOutputs(groups: readonly Group[], systemsFile: (group: Group) => string): string {
  const include = groups.filter(({ name }) => name !== PLATFORM).map((group) => ({ group: group.name, systems_file: systemsFile(group) }));
  const platform = groups.some(({ name }) => name === PLATFORM);
  return `matrix=${JSON.stringify({ include })}\nsystems=${include.length > 0}\nplatform=${platform}\n`;
}
