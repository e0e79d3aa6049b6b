import type { Action, DamageClass } from "../planned-resource.ts";
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

/** A change of an engine's plan; what it does is found out when it is asked for, once. A copy of its fields does not hold that. */
export class EngineChange implements PlanChange {
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  readonly before: ReadResource | undefined;
  readonly after: ReadResource | undefined;
  readonly cause: readonly string[];
  readonly #facts: RawChange["facts"];
  readonly #classify: Classify;
  #damage: readonly DamageClass[] | undefined;

  constructor({ address, type, action, facts }: RawChange, { before, after }: Sides, cause: readonly string[], classify: Classify) {
    this.address = address;
    this.type = type;
    this.action = action;
    this.before = before;
    this.after = after;
    this.cause = cause;
    this.#facts = facts;
    this.#classify = classify;
  }

  get damage(): readonly DamageClass[] {
    this.#damage ??= this.#classify(this);
    return this.#damage;
  }

  get deposed(): string | undefined {
    return this.#facts.deposed;
  }
  get reason(): string | undefined {
    return this.#facts.reason;
  }
  get order(): PlanChange["order"] {
    return this.#facts.order;
  }
  get isImported(): PlanChange["isImported"] {
    return this.#facts.isImported;
  }
  get movedFrom(): string | undefined {
    return this.#facts.movedFrom;
  }

  /** All of it, as it is written out. */
  toJSON(): PlanChange {
    const { address, type, action, before, after, cause, damage } = this;
    return { address, type, action, before, after, cause, damage, ...this.#facts };
  }
}
