import { isDeepStrictEqual } from "node:util";
import { type Fields, isRecord } from "./read-values.ts";

/**
 * Dotted paths, list positions left out, below which a resource changes: known values that differ, and what is not known yet. It compares the plan's
 * own values, so that a changed secret counts, and stops where a secret begins, so that no key inside one is told.
 */
export function changedPaths(before: unknown, after: unknown, unknown: unknown, sensitive: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  compare(before, after, unknown, "", sensitive, found);
  return found;
}

function compare(
  before: unknown,
  after: unknown,
  unknown: unknown,
  path: string,
  sensitive: ReadonlySet<string>,
  found: Set<string>,
): void {
  if (unknown === true) {
    found.add(path);
    return;
  }
  if (sensitive.has(path) || found.has(path)) {
    if (!isDeepStrictEqual(before ?? null, after ?? null)) found.add(path);
    return;
  }
  if (isRecord(before) && isRecord(after)) {
    const unknowns = isRecord(unknown) ? unknown : {};
    for (const key of new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(unknowns)]))
      compare(before[key], after[key], unknowns[key], path === "" ? key : `${path}.${key}`, sensitive, found);
    return;
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length && before.every(isRecord) && after.every(isRecord)) {
    const unknowns = Array.isArray(unknown) ? (unknown as unknown[]) : [];
    for (let index = 0; index < before.length; index += 1) compare(before[index], after[index], unknowns[index], path, sensitive, found);
    return;
  }
  if (!isDeepStrictEqual(before ?? null, after ?? null) || (hasUnknown(unknown) && path !== "")) found.add(path);
}

/** Whether nothing changes: all values are known and equal, where what is null and what is left out are one. Large plans are mostly of these. */
export function staysAsItIs(before: unknown, after: unknown, unknown: unknown): boolean {
  return isEqual(before, after) && !hasUnknown(unknown);
}

function isEqual(before: unknown, after: unknown): boolean {
  if (before === after) return true;
  if (before === null || before === undefined) return after === null || after === undefined;
  if (typeof before !== "object" || typeof after !== "object" || after === null) return false;
  if (Array.isArray(before) || Array.isArray(after))
    return (
      Array.isArray(before) &&
      Array.isArray(after) &&
      before.length === after.length &&
      before.every((each, index) => isEqual(each, after[index]))
    );
  return holdsEqual(before as Fields, after as Fields) && holdsEqual(after as Fields, before as Fields, before as Fields);
}

/** Whether one holds what the other does; keys of `known` were compared before. */
function holdsEqual(own: Fields, other: Fields, known?: Fields): boolean {
  for (const key in own) {
    if (known !== undefined && Object.hasOwn(known, key)) continue;
    if (!isEqual(own[key], Object.hasOwn(other, key) ? other[key] : undefined)) return false;
  }
  return true;
}

function hasUnknown(value: unknown): boolean {
  if (value === true) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isRecord(value) && Object.values(value).some(hasUnknown);
}

/** A path as far as it may be told: it ends where a secret begins. */
export function outsideSecrets(path: string, sensitive: ReadonlySet<string>): string {
  if (sensitive.size === 0) return path;
  const steps = path.split(".");
  const end = steps.findIndex((_, at) => sensitive.has(steps.slice(0, at + 1).join(".")));
  return end < 0 ? path : steps.slice(0, end + 1).join(".");
}

/** The engine's `replace_paths` as dotted paths, ending where a secret begins. */
export function replacePaths(paths: unknown, sensitive: ReadonlySet<string>): string[] {
  if (!Array.isArray(paths)) return [];
  const found = new Set<string>();
  for (const path of paths as unknown[]) {
    if (!Array.isArray(path)) continue;
    const steps = path.filter((step): step is string => typeof step === "string");
    if (steps.length > 0) found.add(outsideSecrets(steps.join("."), sensitive));
  }
  return [...found].sort();
}
