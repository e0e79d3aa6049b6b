import { classifyDamage } from "../damage.ts";
import { textsAt } from "../exposure/stack-index.ts";
import { forcesReplacement } from "../force-new.ts";
import { DAMAGE_CLASSES, type DamageClass, referredTo, stringValue, valuesAt } from "../planned-resource.ts";
import { isSameSaid } from "./drift.ts";
import type { Undamaged as Change } from "./plan-change.ts";

/** What only the engine's plan knows beside the changes. */
export interface EngineFacts {
  readonly changes: readonly Change[];
  /** Changes behind the engine's back, whole: each as it was and as it was found. */
  readonly drift: ReadonlyMap<string, Change>;
  /** Name and id of each security group → its address. */
  readonly groups: ReadonlyMap<string, string>;
  readonly quota: { readonly isBelowUse: boolean; readonly isExceeded: boolean } | undefined;
}

/** Reads once what the rules ask of the whole plan. */
export function readEngineFacts(changes: readonly Change[], drift: readonly Change[]): EngineFacts {
  return { changes, drift: new Map(drift.map((each) => [each.address, each])), groups: readGroups(changes), quota: readQuota(changes) };
}

function readGroups(changes: readonly Change[]): EngineFacts["groups"] {
  const found = new Map<string, string>();
  for (const { address, type, before, after } of changes) {
    if (type !== GROUP) continue;
    // Two groups of one name are told apart by their ids alone.
    for (const words of new Set([before, after].flatMap((group) => [stringValue(group, "name") ?? "", stringValue(group, "id") ?? ""])))
      found.set(words, found.has(words) ? `${words}?` : address);
  }
  return found;
}

/** Whether a server's groups are the same ones in other words: the provider takes ids and reads back names, for ever (#1173). */
export function keepsGroups({ before, after }: Pick<Change, "before" | "after">, groups: EngineFacts["groups"]): boolean {
  const [was, is] = [before, after].map((server) =>
    [...new Set(textsAt(server?.values["security_groups"], []).map((words) => groups.get(words) ?? words))].sort().join(),
  );
  return was !== "" && was === is;
}

const SERVER = "openstack_compute_instance_v2";
const QUOTA = "openstack_compute_quotaset_v2";
const FLAVOR = "openstack_compute_flavor_v2";
const GROUP = "openstack_networking_secgroup_v2";
/** What the provider reads as the name of an image that is no longer there. */
const NO_IMAGE = "Image not found";

/**
 * Classes of damage of an engine's change: those of the same change offline, and what only the engine's plan tells, because it has read the state and the
 * cloud. Gravest first.
 */
export function classifyEngineDamage(change: Change, facts: EngineFacts): DamageClass[] {
  if (failsBefore(change)) return ["fails-at-apply"];
  const told = classifyDamage(asItMustBe(change), facts.changes);
  // Most changes of a large plan do no damage, and of other types there is nothing more to tell.
  if (told.length === 0 && change.type !== SERVER && change.type !== QUOTA) return told;
  const found = new Set(told);
  // What somebody deleted by hand is made again as it was declared: nobody is let in who was not before.
  if (isRestored(change, facts)) found.delete("exposure-changed");
  if (change.type === SERVER && change.action === "update" && keepsGroups(change, facts.groups)) found.delete("exposure-changed");
  if (flavorIsGone(change, facts) || exceedsQuota(change, facts)) found.add("fails-at-apply");
  return DAMAGE_CLASSES.filter((each) => found.has(each));
}

/**
 * What the provider can only replace is no update, whatever a plan file calls it: it does what the same change does when two configurations are compared.
 * What is nothing on either side, as null and "" are, is no change of it.
 */
function asItMustBe(change: Change): Pick<Change, "address" | "type" | "action" | "before" | "after" | "cause"> {
  const { address, type, action, before, after, cause } = change;
  if (action !== "update") return change;
  const forcing = cause.filter(
    (path) =>
      forcesReplacement(type, path) && (after?.unknown.has(path) === true || !isSameSaid(valuesAt(before, path), valuesAt(after, path))),
  );
  return forcing.length === 0 ? change : { address, type, action: "replace", before, after, cause: forcing };
}

/**
 * Classes of damage of what somebody did behind the engine's back. It happened, so nothing fails; and an image or flavor of the catalogue that was deleted
 * has not touched the server yet.
 */
export function classifyDriftDamage(change: Change, all: readonly Change[]): DamageClass[] {
  const { address, type, action, cause, before, after } = change;
  const isGone = (path: string) => ["", NO_IMAGE].includes(stringValue(after, path) ?? "?");
  const told =
    type === SERVER ? cause.filter((path) => !["image_name", "flavor_id", "flavor_name"].includes(path) || !isGone(path)) : cause;
  return classifyDamage({ address, type, action, before, after, cause: told }, all).filter((each) => each !== "fails-at-apply");
}

/** A rebuild from an image that was deleted is refused before the server is touched (#1226). */
function failsBefore({ type, action, before, after, cause }: Change): boolean {
  return (
    type === SERVER &&
    action === "update" &&
    cause.includes("image_name") &&
    stringValue(before, "image_name") === NO_IMAGE &&
    !cause.includes("image_id") &&
    stringValue(after, "image_name") !== undefined
  );
}

function isRestored({ address, action, after }: Change, { drift }: EngineFacts): boolean {
  const then = drift.get(address);
  if (action !== "create" || then?.action !== "delete" || then.before === undefined || after === undefined) return false;
  const was = then.before;
  return Object.entries(after.values).every(([key, value]) => JSON.stringify(value) === JSON.stringify(was.values[key]));
}

/** The flavor of the server was deleted, and the plan asks for the same again: the server goes and cannot be made anew (#420). */
function flavorIsGone({ address, type, action, before, after }: Change, { drift }: EngineFacts): boolean {
  if (type !== SERVER || action !== "replace" || stringValue(before, "flavor_id") !== "") return false;
  const had = stringValue(drift.get(address)?.before, "flavor_id");
  return had !== undefined && had === stringValue(after, "flavor_id");
}

/**
 * A quota that the plan's own servers do not fit into: below what is used it cannot be lowered, and what goes over it is not made. Servers whose flavor is
 * not in the plan count as nothing but a server, so that a quota may be exceeded all the same.
 */
function exceedsQuota({ type, action, after }: Change, { quota }: EngineFacts): boolean {
  if (quota === undefined || after === undefined) return false;
  if (type === QUOTA) return action === "update" && quota.isBelowUse;
  return type === SERVER && action === "create" && quota.isExceeded;
}

/** The quota of the one project that the plan fills; undefined where it holds none, or several and nobody can tell whose servers these are. */
function readQuota(changes: readonly Change[]): EngineFacts["quota"] {
  const [quota, ...others] = changes.filter(({ type, after }) => type === QUOTA && after !== undefined);
  if (quota?.after === undefined || others.length > 0) return undefined;
  const limits = quota.after.values;
  const flavors = new Map(changes.filter(({ type }) => type === FLAVOR).map((each) => [each.address, each]));
  const isOver = (side: "before" | "after") => {
    const servers = changes.flatMap((each) => (each.type === SERVER ? (each[side] ?? []) : []));
    const sum = (attribute: string) =>
      servers.reduce((total, server) => {
        const sizes = referredTo(server, "flavor_id").map((address) => flavors.get(address)?.[side]?.values[attribute]);
        return total + (sizes.find((size) => typeof size === "number") ?? 0);
      }, 0);
    const used = { cores: sum("vcpus"), ram: sum("ram"), instances: servers.length };
    return Object.entries(used).some(([key, amount]) => {
      const limit = limits[key];
      // Below zero it is unlimited.
      return typeof limit === "number" && limit >= 0 && amount > limit;
    });
  };
  return { isBelowUse: isOver("before"), isExceeded: isOver("after") };
}
