/** Where a cell of a CSV line stands: 1-based column and how many characters; past the last cell, the end of the line. */
export function cellRange(line: string, cell: number): { readonly column: number; readonly length: number } {
  let [start, at, quoted] = [0, 0, false];
  for (const [index, character] of [...line].entries()) {
    if (character === '"') quoted = !quoted;
    if (character !== "," || quoted) continue;
    if (at === cell) return { column: start + 1, length: Math.max(1, index - start) };
    start = index + 1;
    at += 1;
  }
  const length = [...line].length;
  return at === cell ? { column: start + 1, length: Math.max(1, length - start) } : { column: length + 1, length: 1 };
}
