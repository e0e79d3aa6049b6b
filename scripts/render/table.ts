import stringWidth from "string-width";
import { grouped } from "../../catalog/amount-words.ts";

export { grouped };

export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
}

/** Pads to a width in terminal cells: a Chinese character takes two. */
export function pad(words: string, width: number, align: "left" | "right" = "left"): string {
  const space = " ".repeat(Math.max(0, width - stringWidth(words)));
  return align === "left" ? words + space : space + words;
}

/** Shortens to a width in terminal cells, ending in an ellipsis. */
export function shorten(words: string, width: number): string {
  if (stringWidth(words) <= width) return words;
  let kept = "";
  for (const character of words) {
    if (stringWidth(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Lines of a table whose columns align, Chinese in them or not; a `null` row is a rule. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[] | null)[],
  style: (line: string, index: number) => string = (line) => line,
): string[] {
  const widths = columns.map(({ title }, index) => Math.max(stringWidth(title), ...rows.map((row) => stringWidth(row?.[index] ?? ""))));
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, index) => pad(cells[index] ?? "", widths[index] ?? 0, align))
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join("──");
  return [line(columns.map(({ title }) => title)), rule, ...rows.map((row, index) => (row === null ? rule : style(line(row), index)))];
}

/** A difference with its sign; no difference is a dash. */
export function signed(amount: string): string {
  if (/^-?0*(\.0*)?$/.test(amount)) return "—";
  return amount.startsWith("-") ? `−${grouped(amount.slice(1))}` : `+${grouped(amount)}`;
}
