import type { PlannedResource, ResourceChange } from "../planned-resource.ts";

/** A change as the engine plans it. */
export interface PlanChange extends ResourceChange {
  /** Key of an object that a replacement left behind; its address then ends in `(deposed KEY)`, so that it is no other's. */
  readonly deposed?: string | undefined;
  /** Whether a resource that exists already is taken into the state. */
  readonly isImported?: true | undefined;
  /** Where a moved resource stood before. */
  readonly movedFrom?: string | undefined;
}

/** A change whose damage is left aside. */
export type Undamaged = Omit<PlanChange, "damage">;

/** What an engine plans for one state. */
export interface EnginePlan {
  /** Version of Terraform or OpenTofu that planned. */
  readonly engineVersion: string;
  /** What the state holds before, as it was found when planning; sorted by address. */
  readonly before: readonly PlannedResource[];
  /** What the state will hold: without what is deleted or forgotten. */
  readonly after: readonly PlannedResource[];
  /** Every managed resource, the unchanged too; sorted by address. */
  readonly changes: readonly PlanChange[];
  /** What was changed behind the engine's back: deletions, and changes of what is declared or what makes the plan change something. */
  readonly drift: readonly PlanChange[];
}
