import { closest, distance } from "fastest-levenshtein";

/** The nearest allowed spelling, when it is near enough to be a slip; another number is another thing, never a slip. */
export function didYouMean(found: string, allowed: readonly string[], mostSlips = 20): string | undefined {
  if (allowed.length === 0 || found.length > 60) return undefined;
  const plain = (words: string) => words.toLowerCase().replaceAll(/[-_\s]/g, "");
  const same = allowed.find((each) => plain(each) === plain(found));
  if (same !== undefined) return same;
  const swap = allowed.find((each) => isSwapped(found, each) && !/^\d+$/.test(each));
  if (swap !== undefined) return swap;
  const nearest = closest(found, [...allowed]);
  const shorter = Math.min(found.length, nearest.length);
  if (shorter < 2 || /^\d+$/.test(nearest)) return undefined;
  return distance(found, nearest) <= Math.min(mostSlips, Math.max(1, Math.floor(shorter / 3))) ? nearest : undefined;
}

/** Whether two neighbours changed places, `gvo` for `gov`: one slip of a typist, which Levenshtein counts as two. */
function isSwapped(found: string, meant: string): boolean {
  if (found.length !== meant.length) return false;
  const first = [...found].findIndex((_, index) => found[index] !== meant[index]);
  return (
    first >= 0 &&
    found[first] === meant[first + 1] &&
    found[first + 1] === meant[first] &&
    found.slice(first + 2) === meant.slice(first + 2)
  );
}
