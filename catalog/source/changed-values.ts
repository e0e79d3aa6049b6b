import { isDeepStrictEqual } from "node:util";
import type { Path } from "./source-file.ts";

/** A value that two versions of a file do not share. */
export interface ChangedValue {
  readonly kind: "added" | "removed" | "changed";
  /** Where it stands in the version after; what was removed, where it stood in the version before. */
  readonly path: Path;
  /** The same with entries of a list by what they are called (`item`, `key`) where they have a name. */
  readonly names: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

type Table = Readonly<Record<string, unknown>>;

/**
 * Every value that differs between two versions of parsed data, as deep down as they can be told apart. The order of a list means nothing: its entries
 * are matched by name, else by content, and what is left over is taken to be the same entry, changed.
 */
export function changedValues(before: unknown, after: unknown, path: Path = [], names: readonly string[] = []): readonly ChangedValue[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (before === undefined) return [{ kind: "added", path, names, before, after }];
  if (after === undefined) return [{ kind: "removed", path, names, before, after }];
  if (Array.isArray(before) && Array.isArray(after)) return changedEntries(before, after, path, names);
  if (!isTable(before) || !isTable(after)) return [{ kind: "changed", path, names, before, after }];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => changedValues(before[key], after[key], [...path, key], [...names, key]));
}

function changedEntries(before: readonly unknown[], after: readonly unknown[], path: Path, names: readonly string[]): ChangedValue[] {
  const left = new Set(before.keys());
  const pairs: (readonly [number | undefined, number])[] = [];
  const match = (now: number, same: (then: unknown) => boolean): boolean => {
    const then = [...left].find((index) => same(before[index]));
    if (then === undefined) return false;
    left.delete(then);
    pairs.push([then, now]);
    return true;
  };
  const unnamed = [...after.keys()].filter((now) => {
    const name = nameOf(after[now]);
    return !match(now, (then) => (name === undefined ? isDeepStrictEqual(then, after[now]) : nameOf(then) === name));
  });
  for (const now of unnamed) {
    if (nameOf(after[now]) !== undefined || !match(now, (then) => nameOf(then) === undefined)) pairs.push([undefined, now]);
  }
  const step = (index: number, entry: unknown) => [...names, nameOf(entry) ?? String(index)];
  return [
    ...pairs.flatMap(([then, now]) =>
      changedValues(then === undefined ? undefined : before[then], after[now], [...path, now], step(now, after[now])),
    ),
    ...[...left].flatMap((then) => changedValues(before[then], undefined, [...path, then], step(then, before[then]))),
  ];
}

/** What an entry of a list is called, where it says so. */
function nameOf(entry: unknown): string | undefined {
  if (!isTable(entry)) return undefined;
  const name = entry.item ?? entry.key;
  return typeof name === "string" ? name : undefined;
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
