import type { DamageClass } from "../planned-resource.ts";
import type { Change, StackChanges } from "./stack-changes.ts";

/** The classes of damage that a change of one type of resource does, told from it and from what happens to the rest of its stack. */
export type Rule = (change: Change, stack: StackChanges) => readonly DamageClass[];

export type Rules = Readonly<Record<string, Rule>>;
