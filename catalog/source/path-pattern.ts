import type { Path } from "./source-file.ts";

/**
 * Whether a path of keys fits a pattern: keys joined by dots, `*` for any one of them, "" for the file as a whole. `above` takes whatever stands below
 * the pattern too.
 */
export function matchesPath(pattern: string, path: Path, how: "exactly" | "above"): boolean {
  const keys = pattern === "" ? [] : pattern.split(".");
  if (how === "exactly" ? keys.length !== path.length : keys.length > path.length) return false;
  return keys.every((key, index) => key === "*" || key === String(path[index]));
}
