import { LineCounter } from "yaml";
import type { Text } from "../text.ts";
import type { Diagnostic, DiagnosticCode, SourceRange } from "./diagnostic.ts";
import { MAX_ERRORS } from "./limits.ts";

/** First and last offset in a text, the latter exclusive; one character where only the first is given. */
export type Offsets = readonly number[];

/** A file's text by lines, and the errors found in it before it is data. */
export class SourceText {
  readonly diagnostics: Diagnostic[] = [];
  /** Has to be told where lines begin, which the YAML parser does. */
  readonly lineCounter: LineCounter = new LineCounter();
  readonly #path: string;
  readonly #lines: readonly string[];
  constructor(path: string, source: string) {
    this.#path = path;
    this.#lines = source.split(/\r?\n/);
  }

  lineAt(line: number): string {
    return this.#lines[line - 1] ?? "";
  }

  /** A place that covers several lines is shown by its first. */
  rangeOf([start = 0, end = start + 1]: Offsets): SourceRange {
    const from = this.lineCounter.linePos(start);
    const line = from.line === 0 ? 1 : from.line;
    const column = from.col === 0 ? 1 : from.col;
    const rest = this.lineAt(line).length - (column - 1);
    return { line, column, length: Math.max(1, Math.min(end - start, rest)) };
  }

  report(at: Offsets | SourceRange, code: DiagnosticCode, message: Text): void {
    if (this.diagnostics.length >= MAX_ERRORS) return;
    const range = "line" in at ? at : this.rangeOf(at);
    this.diagnostics.push({ file: this.#path, range, code, message, excerpt: this.lineAt(range.line) });
  }
}
