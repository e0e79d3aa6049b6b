import { type SystemId, stackName } from "../../catalog/declaration.ts";
import { PLATFORM } from "../../stacks/platform-stack.ts";

/** Systems that one job plans and applies. */
export interface Group {
  /** Lower-case letters, digits and hyphens: a file's and a job's name. */
  readonly name: string;
  readonly systems: readonly SystemId[];
}

/** A matrix of GitHub takes 256 jobs. */
export const MOST_JOBS = 250;

/**
 * Divides systems into at most so many groups: the platform by itself and first, then one system a group as long as they suffice; else runs of
 * neighbouring ids, nearly equal in number, that begin with a bureau's first system where one is near. The same systems always make the same groups.
 */
export function groupSystems(ids: readonly SystemId[], maxJobs: number): readonly Group[] {
  const platform: Group[] = ids.includes(PLATFORM) ? [{ name: PLATFORM, systems: [PLATFORM] }] : [];
  const rest = ids.filter((id) => id !== PLATFORM).sort();
  const most = maxJobs - platform.length;
  if (rest.length <= most) return [...platform, ...rest.map((id) => ({ name: stackName(id), systems: [id] }))];
  const width = String(most).length;
  const cuts = [0, ...cutsOf(rest, most), rest.length];
  const runs = cuts.slice(0, -1).map((from, index) => ({
    // A system's stack name has a double hyphen, so no group of several is taken for it.
    name: `group-${String(index + 1).padStart(width, "0")}`,
    systems: rest.slice(from, cuts[index + 1]),
  }));
  return [...platform, ...runs];
}

/** Where the groups after the first begin: every nth system, moved by at most a quarter of a group to the beginning of a bureau. */
function cutsOf(ids: readonly SystemId[], groups: number): number[] {
  const slack = Math.floor(ids.length / groups / 4);
  return Array.from({ length: groups - 1 }, (_, index) => {
    const wanted = Math.floor(((index + 1) * ids.length) / groups);
    for (let distance = 0; distance <= slack; distance += 1) {
      for (const cut of [wanted - distance, wanted + distance]) if (beginsBureau(ids, cut)) return cut;
    }
    return wanted;
  });
}

function beginsBureau(ids: readonly SystemId[], index: number): boolean {
  const bureau = (id: string | undefined) => id?.split("/")[0];
  return bureau(ids[index]) !== bureau(ids[index - 1]);
}
