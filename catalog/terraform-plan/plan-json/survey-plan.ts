import { MAX_DEPTH } from "./scan-json.ts";

/** What readers of a parsed plan cannot bear. */
export interface Survey {
  /** Nested deeper than the limit: readers go down by calling themselves. */
  readonly isDeep: boolean;
  /** Whether any number is infinite, as `1e999` is. */
  readonly hasInfinity: boolean;
}

/** Parts that list the resources once more; of these only the addresses are read. */
const LISTINGS: ReadonlySet<string> = new Set(["planned_values", "prior_state"]);

/** Looks through a parsed plan, as far as it is read. */
export function surveyPlan(plan: unknown): Survey {
  const found = { isDeep: false, hasInfinity: false };
  if (typeof plan === "object" && plan !== null)
    for (const [key, part] of Object.entries(plan)) if (!LISTINGS.has(key)) survey(part, 2, found);
  return found;
}

/** `level` is that of the value, were it an object or a list. */
function survey(value: unknown, level: number, found: { isDeep: boolean; hasInfinity: boolean }): void {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) found.hasInfinity = true;
    return;
  }
  if (typeof value !== "object" || value === null) return;
  if (level > MAX_DEPTH) {
    found.isDeep = true;
    return;
  }
  if (Array.isArray(value)) for (let index = 0; index < value.length; index += 1) survey(value[index], level + 1, found);
  else for (const key in value) survey((value as Record<string, unknown>)[key], level + 1, found);
}
