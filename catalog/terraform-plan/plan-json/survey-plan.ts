import { LISTINGS } from "./cut-listings.ts";
import { MAX_DEPTH } from "./scan-json.ts";

/** What readers of a parsed plan cannot bear. */
export interface Survey {
  /** Nested deeper than the limit: readers go down by calling themselves. */
  readonly isDeep: boolean;
  /** Whether any number is infinite, as `1e999` is. */
  readonly hasInfinity: boolean;
}

/** Of these only the addresses are read. */
const PASSED_OVER: ReadonlySet<string> = new Set(LISTINGS);

/** Looks through a parsed plan, as far as it is read. */
export function surveyPlan(plan: unknown): Survey {
  const found = { isDeep: false, hasInfinity: false };
  if (typeof plan !== "object" || plan === null) return found;
  for (const [key, part] of Object.entries(plan) as [string, unknown][])
    if (typeof part === "object" && part !== null && !PASSED_OVER.has(key)) survey(part, 2, found);
  return found;
}

/** `level` is that of the value. Looks at what is neither object nor list where it stands: a call for each would cost more than the look. */
function survey(value: object, level: number, found: { isDeep: boolean; hasInfinity: boolean }): void {
  if (level > MAX_DEPTH) {
    found.isDeep = true;
    return;
  }
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const each: unknown = value[index];
      if (typeof each === "object") {
        if (each !== null) survey(each, level + 1, found);
      } else if (typeof each === "number" && !Number.isFinite(each)) found.hasInfinity = true;
    }
    return;
  }
  for (const key in value) {
    const each = (value as Record<string, unknown>)[key];
    if (typeof each === "object") {
      if (each !== null) survey(each, level + 1, found);
    } else if (typeof each === "number" && !Number.isFinite(each)) found.hasInfinity = true;
  }
}
