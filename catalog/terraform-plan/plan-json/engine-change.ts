import type { Action, DamageClass } from "../planned-resource.ts";
import type { PlanChange } from "./plan-change.ts";
import type { RawChange } from "./read-change.ts";
import type { ReadResource } from "./read-resource.ts";

/** A change of an engine's plan; what it does is found out when it is asked for, once. */
export class EngineChange implements PlanChange {
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  readonly before: ReadResource | undefined;
  readonly after: ReadResource | undefined;
  readonly cause: readonly string[];
  readonly deposed?: string;
  readonly reason?: string;
  readonly order?: "delete-first" | "create-first" | "forget";
  readonly isImported?: true;
  readonly movedFrom?: string;
  readonly #classify: Classify;
  #damage: readonly DamageClass[] | undefined;

  constructor({ address, type, action, facts }: RawChange, sides: Sides, cause: readonly string[], classify: Classify) {
    this.address = address;
    this.type = type;
    this.action = action;
    this.before = sides.before;
    this.after = sides.after;
    this.cause = cause;
    this.#classify = classify;
    Object.assign(this, facts);
  }

  get damage(): readonly DamageClass[] {
    this.#damage ??= this.#classify(this);
    return this.#damage;
  }

  /** All of it, as it is written out. */
  toJSON(): PlanChange {
    return { ...this, damage: this.damage };
  }
}

export interface Sides {
  readonly before: ReadResource | undefined;
  readonly after: ReadResource | undefined;
}

/** Tells what a change does, from all that the plan says. */
export type Classify = (change: EngineChange) => readonly DamageClass[];
