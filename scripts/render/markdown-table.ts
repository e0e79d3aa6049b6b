import { markdownSafe } from "./escape.ts";

const MAX_CELL = 300;

/** Words in a cell: shown as they are, not too long. */
export function cell(words: string): string {
  return markdownSafe(words.length > MAX_CELL ? `${words.slice(0, MAX_CELL)}…` : words);
}

/** The first rows that together stay under a length. */
export function fitting(rows: readonly string[], length: number): string[] {
  let used = 0;
  const kept: string[] = [];
  for (const row of rows) {
    used += row.length + 1;
    if (used > length) break;
    kept.push(row);
  }
  return kept;
}
