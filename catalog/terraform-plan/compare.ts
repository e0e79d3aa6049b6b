import { isDeepStrictEqual } from "node:util";
import { classifyDamage } from "./damage.ts";
import { forcesReplacement } from "./force-new.ts";
import type { PlannedResource, Reference, ResourceChange } from "./planned-resource.ts";
import { isSetAttribute } from "./set-attributes.ts";

type Undamaged = Omit<ResourceChange, "damage">;

/**
 * Compares two synthesised configurations of one stack as the engine would plan them: what is added, updated in place,
 * replaced (by the providers' ForceNew facts, and because something it refers to is replaced) and deleted.
 */
export function compareResources(base: readonly PlannedResource[], head: readonly PlannedResource[]): ResourceChange[] {
  const before = new Map(base.map((resource) => [resource.address, resource]));
  const after = new Map(head.map((resource) => [resource.address, resource]));
  const changes = new Map<string, Undamaged>();
  for (const resource of head) {
    const previous = before.get(resource.address);
    changes.set(
      resource.address,
      previous === undefined ? change("create", undefined, resource, []) : compareOne(previous, resource, () => false),
    );
  }
  for (const resource of base) if (!after.has(resource.address)) changes.set(resource.address, change("delete", resource, undefined, []));

  // What refers to something that gets another value changes too, until nothing more does.
  for (let settled = false; !settled; ) {
    settled = true;
    const renewed = (reference: Reference) => isRenewed(reference, changes.get(reference.address));
    for (const [address, { action, before: previous, after: resource, cause }] of changes) {
      if (previous === undefined || resource === undefined || action === "replace") continue;
      const next = compareOne(previous, resource, renewed);
      if (next.action !== action || next.cause.length !== cause.length) {
        changes.set(address, next);
        settled = false;
      }
    }
  }
  const all = [...changes.values()].sort((a, b) => (a.address < b.address ? -1 : 1));
  return all.map((each) => ({ ...each, damage: classifyDamage(each, all) }));
}

function change(
  action: Undamaged["action"],
  before: PlannedResource | undefined,
  after: PlannedResource | undefined,
  cause: readonly string[],
): Undamaged {
  const resource = after ?? before;
  if (resource === undefined) throw new Error("Cannot describe a change of nothing");
  return { address: resource.address, type: resource.type, action, before, after, cause };
}

/**
 * Whether a reference gets another value: of a replaced resource whatever is not written out the same as before (its ids are new), of an updated
 * one the attribute that changes.
 */
function isRenewed({ attribute }: Reference, referred: Undamaged | undefined): boolean {
  if (referred?.action === "update") return referred.cause.includes(attribute);
  if (referred?.action !== "replace") return false;
  const now = referred.after?.values[attribute];
  const isWritten = now !== undefined && ![...(referred.after?.unknown ?? [])].some((path) => path.split(".")[0] === attribute);
  return !isWritten || !isDeepStrictEqual(referred.before?.values[attribute], now);
}

type IsRenewed = (reference: Reference) => boolean;

function compareOne(before: PlannedResource, after: PlannedResource, renewed: IsRenewed): Undamaged {
  const changed = new Set([...changedPaths(before.values, after.values, "", after.type), ...changedReferences(before, after, renewed)]);
  const cause = [...changed]
    .filter((path) => !after.ignoreChanges.some((ignored) => path === ignored || path.startsWith(`${ignored}.`)))
    .sort();
  if (cause.length === 0) return change("no-op", before, after, []);
  const forcing = cause.filter((path) => forcesReplacement(after.type, path));
  return forcing.length > 0 ? change("replace", before, after, forcing) : change("update", before, after, cause);
}

function changedReferences(before: PlannedResource, after: PlannedResource, renewed: IsRenewed): string[] {
  const paths = new Set([...before.references.keys(), ...after.references.keys()]);
  return [...paths].filter((path) => {
    const [then, now] = [before.references.get(path) ?? [], after.references.get(path) ?? []];
    return !isSame(then, now, path, after.type) || now.some(renewed);
  });
}

/** Dotted paths below which two values differ; lists of blocks are compared item by item, their positions left out of the path. */
function changedPaths(before: unknown, after: unknown, path: string, type: string): string[] {
  if (isSame(before, after, path, type)) return [];
  if (isBlockList(before) && isBlockList(after)) {
    if (before.length !== after.length) return [path];
    return before.flatMap((block, index) => changedPaths(block, after[index], path, type));
  }
  if (isRecord(before) && isRecord(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => changedPaths(before[key], after[key], path === "" ? key : `${path}.${key}`, type));
  }
  return [path];
}

/** Equal, or a set that is written in another order. */
function isSame(before: unknown, after: unknown, path: string, type: string): boolean {
  if (isDeepStrictEqual(before, after)) return true;
  if (!Array.isArray(before) || !Array.isArray(after) || before.length !== after.length || !isSetAttribute(type, path)) return false;
  return isDeepStrictEqual(inOrder(before), inOrder(after));
}

function inOrder(set: readonly unknown[]): readonly string[] {
  return set.map((item) => JSON.stringify(item)).sort();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isBlockList(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord);
}
