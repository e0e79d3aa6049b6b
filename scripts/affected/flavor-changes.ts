import type { Catalogue } from "../../catalog/catalogue.ts";
import { changedValues } from "../../catalog/source/changed-values.ts";
import { matchesPath } from "../../catalog/source/path-pattern.ts";
import type { Path } from "../../catalog/source/source-file.ts";
import { type Change, changeWords, EVERYBODY, type FilePair, lineOf, NOBODY, type Touches } from "./change.ts";

const FILE = "catalog/flavors.yaml";

/** Sizes stand in lists without names: two trees are compared by the ids of what they offer, all else value by value. */
export function flavorChanges(before: Catalogue, after: Catalogue): readonly Change[] {
  const pair: FilePair = { path: FILE, before: before.sources.get(FILE), after: after.sources.get(FILE) };
  if (pair.before?.text === pair.after?.text) return [];
  const values = changedValues(pair.before?.value, pair.after?.value).filter(
    ({ path }) => !LISTS.some((list) => matchesPath(list, path, "above")),
  );
  return [
    ...offerChanges(before, after, pair),
    ...values.map(
      (change): Change => ({
        kind: "flavor",
        file: FILE,
        line: lineOf(change, pair),
        words: changeWords(change),
        touches: touchesOf(change.path),
      }),
    ),
  ];
}

const LISTS = ["families.*.sizes", "gpuBoxes.*.offered"];

/** Flavors that came or went. A system of that size gets a private one instead, or gives its own up. */
function offerChanges(before: Catalogue, after: Catalogue, pair: FilePair): Change[] {
  const [then, now] = [before.flavors.offered, after.flavors.offered];
  return [...new Set([...then.keys(), ...now.keys()])]
    .filter((id) => then.has(id) !== now.has(id))
    .map((id): Change => {
      const added = now.has(id);
      return {
        kind: "flavor",
        file: FILE,
        line: offerLine(id, added ? after : before, pair),
        words: changeWords({ kind: "changed", names: [id], before: added ? undefined : "✓", after: added ? "✓" : undefined }),
        touches: { platform: true, systems: ({ flavors }) => flavors.has(id) },
      };
    });
}

/** Where a flavor is offered; of one that is not any more, the list that had it. */
function offerLine(id: string, catalogue: Catalogue, { after }: FilePair): number {
  const flavor = catalogue.flavors.offered.get(id);
  if (after === undefined || flavor === undefined) return 1;
  const list: Path = flavor.kind === "server" ? ["families", flavor.family, "sizes"] : ["gpuBoxes", `${flavor.box}`, "offered"];
  const entries = list.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], after.value);
  const index = (Array.isArray(entries) ? entries : []).findIndex((entry) =>
    flavor.kind === "server"
      ? entry.cpu === flavor.cpu && entry.memoryGb === flavor.memoryGb
      : entry.type === flavor.cards?.type && entry.count === flavor.cards?.count,
  );
  return after.locate(index < 0 ? list : [...list, index], "key").line;
}

function touchesOf(path: Path): Touches {
  const [part, key, field] = path.map(String);
  if (part === "families" && key !== undefined)
    return { platform: true, systems: ({ families }) => [...families].some((family) => family === key) };
  // Every project's compute quota leaves room for all boxes of its pool.
  if (part === "gpuBoxes" && key !== undefined && field !== undefined && field !== "cpu" && field !== "memoryGb")
    return { ...NOBODY, platform: true, systems: ({ boxes }) => [...boxes].some((box) => String(box) === key) };
  return EVERYBODY;
}
