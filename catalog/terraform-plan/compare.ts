import { isDeepStrictEqual } from "node:util";
import { classifyDamage } from "./damage.ts";
import { forcesReplacement } from "./force-new.ts";
import type { PlannedResource, Reference, ResourceChange } from "./planned-resource.ts";

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
      previous === undefined ? change("create", undefined, resource, []) : compareOne(previous, resource, new Set()),
    );
  }
  for (const resource of base) if (!after.has(resource.address)) changes.set(resource.address, change("delete", resource, undefined, []));

  // A replaced resource gets new ids, so what refers to them changes too, until nothing more does.
  for (let settled = false; !settled; ) {
    settled = true;
    const renewed = new Set([...changes.values()].filter(({ action }) => action === "replace").map(({ address }) => address));
    for (const [address, { action, before: previous, after: resource }] of changes) {
      if (previous === undefined || resource === undefined || action === "replace") continue;
      const next = compareOne(previous, resource, renewed);
      if (next.action !== action || next.cause.length !== changes.get(address)?.cause.length) {
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

function compareOne(before: PlannedResource, after: PlannedResource, renewed: ReadonlySet<string>): Undamaged {
  const changed = new Set([...changedPaths(before.values, after.values, ""), ...changedReferences(before, after, renewed)]);
  const cause = [...changed]
    .filter((path) => !after.ignoreChanges.some((ignored) => path === ignored || path.startsWith(`${ignored}.`)))
    .sort();
  if (cause.length === 0) return change("no-op", before, after, []);
  const forcing = cause.filter((path) => forcesReplacement(after.type, path));
  return forcing.length > 0 ? change("replace", before, after, forcing) : change("update", before, after, cause);
}

function changedReferences(before: PlannedResource, after: PlannedResource, renewed: ReadonlySet<string>): string[] {
  const paths = new Set([...before.references.keys(), ...after.references.keys()]);
  return [...paths].filter((path) => {
    const now = after.references.get(path) ?? [];
    return !isDeepStrictEqual(before.references.get(path) ?? [], now) || now.some((reference: Reference) => renewed.has(reference.address));
  });
}

/** Dotted paths below which two values differ; lists of blocks are compared item by item, their positions left out of the path. */
function changedPaths(before: unknown, after: unknown, path: string): string[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isBlockList(before) && isBlockList(after)) {
    if (before.length !== after.length) return [path];
    return before.flatMap((block, index) => changedPaths(block, after[index], path));
  }
  if (isRecord(before) && isRecord(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => changedPaths(before[key], after[key], path === "" ? key : `${path}.${key}`));
  }
  return [path];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isBlockList(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord);
}
