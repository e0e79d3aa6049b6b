import type { PlannedResource, ResourceChange } from "./planned-resource.ts";
import { isTerraformHelper } from "./terraform-helper.ts";

/**
 * What a change lets go of: it leaves the state and stays in the cloud as it is, managed by nobody. Undefined where it lets go of nothing, and of what
 * works inside Terraform alone, which is gone with its state.
 */
export function leftStanding({ action, order, before }: ResourceChange): PlannedResource | undefined {
  if (before === undefined || (action !== "forget" && order !== "forget") || isTerraformHelper(before)) return undefined;
  return action === "forget" ? before : besideItsReplacement(before);
}

/** What will stand in the cloud once a plan is applied: what the state will hold, and what it lets go of. Without the latter the first list as it is. */
export function standingAfter(after: readonly PlannedResource[], changes: readonly ResourceChange[]): readonly PlannedResource[] {
  if (changes.every((change) => leftStanding(change) === undefined)) return after;
  return changes.flatMap((change) => [change.after, leftStanding(change)]).filter((each) => each !== undefined);
}

/** Its address is that of its replacement: the old one gets one of its own, as a deposed object has. */
function besideItsReplacement(old: PlannedResource): PlannedResource {
  const { type, name, values, unknown, references, ignoreChanges, sensitive, provider } = old;
  return {
    ...{ address: `${old.address} (forgotten)`, type, name, values, unknown, references, ignoreChanges },
    ...(sensitive === undefined ? {} : { sensitive }),
    ...(provider === undefined ? {} : { provider }),
  };
}
