import { isRecord } from "./read-values.ts";

/** Whether two values say the same to anybody but a computer: null, "", [] and {} are all nothing. */
export function isSameSaid(before: unknown, after: unknown): boolean {
  if (isNothing(before) || isNothing(after)) return isNothing(before) && isNothing(after);
  if (Array.isArray(before) && Array.isArray(after))
    return before.length === after.length && before.every((each, index) => isSameSaid(each, after[index]));
  if (isRecord(before) && isRecord(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].every((key) => isSameSaid(before[key], after[key]));
  return before === after;
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  return Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0;
}
