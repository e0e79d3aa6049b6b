import type { DamageClass } from "../planned-resource.ts";
import type { PlanChange } from "./plan-change.ts";
import type { RawChange } from "./read-change.ts";
import type { ReadResource } from "./read-resource.ts";

/** Both sides of a change as the plan has them. */
export interface Sides {
  readonly before: ReadResource | undefined;
  readonly after: ReadResource | undefined;
}

/** Tells what a change does, from all that the plan says. */
export type Classify = (change: PlanChange) => readonly DamageClass[];

/** A change of an engine's plan; what it does is found out when it is asked for, once. */
export function engineChange(
  { address, type, action, facts }: RawChange,
  { before, after }: Sides,
  cause: readonly string[],
  classify: Classify,
): PlanChange {
  let damage: readonly DamageClass[] | undefined;
  const change: PlanChange = {
    address,
    type,
    action,
    before,
    after,
    cause,
    get damage() {
      damage ??= classify(this);
      return damage;
    },
  };
  // Added to the one object: a spread would ask for the damage.
  return Object.assign(change, facts);
}
