import { kubernetesRule } from "./damage/kubernetes-rules.ts";
import { NETWORK_RULES } from "./damage/network-rules.ts";
import { PLAIN_RULES } from "./damage/plain-rules.ts";
import { PROTECTION_RULES } from "./damage/protection-rules.ts";
import { QUOTA_RULES } from "./damage/quota-rules.ts";
import type { Rule, Rules } from "./damage/rule.ts";
import { SERVER_RULES } from "./damage/server-rules.ts";
import { type Change, destroys, StackChanges } from "./damage/stack-changes.ts";
import { STORAGE_RULES } from "./damage/storage-rules.ts";
import { DAMAGE_CLASSES, type DamageClass } from "./planned-resource.ts";

const RULES: Rules = {
  ...PLAIN_RULES,
  ...SERVER_RULES,
  ...NETWORK_RULES,
  ...PROTECTION_RULES,
  ...STORAGE_RULES,
  ...QUOTA_RULES,
};

/**
 * Classes of damage that a change does, from what applying such changes was seen to do (the rows of the recorded plans): an in-place
 * update can lose a disk, a replacement can be harmless. `all` are the changes of the whole stack, this one among them. Gravest first; none is the
 * empty list.
 */
export function classifyDamage(change: Change, all: readonly Change[]): DamageClass[] {
  if (change.action === "no-op" || change.action === "forget") return [];
  const found = (ruleOf(change.type) ?? unknownTypeDamage)(change, stackOf(all));
  return found.length === 0 ? [] : DAMAGE_CLASSES.filter((each) => found.includes(each));
}

/** Whether it is known what changing a type of resource does. */
export function isDamageKnown(type: string): boolean {
  return ruleOf(type) !== undefined;
}

function ruleOf(type: string): Rule | undefined {
  return Object.hasOwn(RULES, type) ? RULES[type] : kubernetesRule(type);
}

const WORDS_ONLY = /^(name|description|tags|timeouts|metadata\.(labels|annotations))(\.|$)/;

/** Fail closed: what nobody has looked at holds data, and whatever changes in it interrupts something. */
function unknownTypeDamage(change: Change): readonly DamageClass[] {
  if (destroys(change)) return ["data-lost", "outage"];
  return change.action === "update" && !change.cause.every((path) => WORDS_ONLY.test(path)) ? ["outage"] : [];
}

const stacks = new WeakMap<readonly Change[], StackChanges>();

/** Read once for all changes of a stack. */
function stackOf(all: readonly Change[]): StackChanges {
  const known = stacks.get(all);
  if (known !== undefined) return known;
  const stack = new StackChanges(all);
  stacks.set(all, stack);
  return stack;
}
