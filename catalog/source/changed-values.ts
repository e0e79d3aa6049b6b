import { isDeepStrictEqual } from "node:util";
import { byKey } from "../by-key.ts";
import { type Text, text, verbatim } from "../text.ts";
import type { Path } from "./source-file.ts";
import { clip } from "./visible-text.ts";

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

/** A value of parsed data as it may stand in a message. */
export function printedValue(value: unknown): Text {
  if (value === undefined) return text("没有", "none");
  return verbatim(clip(typeof value === "string" ? value : JSON.stringify(value), 160));
}

function changedEntries(before: readonly unknown[], after: readonly unknown[], path: Path, names: readonly string[]): ChangedValue[] {
  const known = new Map<string, number[]>();
  for (const [index, entry] of before.entries()) {
    const same = known.get(identityOf(entry));
    if (same === undefined) known.set(identityOf(entry), [index]);
    else same.push(index);
  }
  const matched = after.map((entry) => known.get(identityOf(entry))?.shift());
  // What has no name and no equal is the same entry, changed, as long as one of before is left.
  const left = [...known.values()].flat().sort((a, b) => a - b);
  const nameless = left.filter((index) => nameOf(before[index]) === undefined);
  const pairs = matched.map((then, now) => then ?? (nameOf(after[now]) === undefined ? nameless.shift() : undefined));
  const paired = new Set(pairs);
  const step = (index: number, entry: unknown) => [...names, nameOf(entry) ?? String(index)];
  return [
    ...after.flatMap((entry, now) => {
      const then = pairs[now];
      return changedValues(then === undefined ? undefined : before[then], entry, [...path, now], step(now, entry));
    }),
    ...left
      .filter((then) => !paired.has(then))
      .flatMap((then) => changedValues(before[then], undefined, [...path, then], step(then, before[then]))),
  ];
}

/** What tells an entry from its neighbours: its name, else all that it says, whatever the order of its keys. */
function identityOf(entry: unknown): string {
  const name = nameOf(entry);
  if (name !== undefined) return `name ${name}`;
  return JSON.stringify(entry, (_, value: unknown) => (isTable(value) ? Object.fromEntries(Object.entries(value).sort(byKey)) : value));
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
