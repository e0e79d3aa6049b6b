import type { Lang, Text } from "../text.ts";
import type { SourceFile } from "./source-file.ts";

/** A place in a file: 1-based line and column, and how many characters it covers (at least 1). */
export interface SourceRange {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** What is wrong with a request or the catalogue, at the place where somebody wrote it. */
export interface Diagnostic {
  readonly file: string;
  readonly range: SourceRange;
  /** Kind of error, stable across languages and releases: `unknown-key`, `wrong-type`, … */
  readonly code: DiagnosticCode;
  readonly message: Text;
  /** The spelling that was probably meant. */
  readonly didYouMean?: string;
  /** The line of the file that holds the place, without its end; absent where the file itself is the error. */
  readonly excerpt?: string;
}

export type DiagnosticCode =
  | "unreadable-file"
  | "file-too-large"
  | "misplaced-file"
  | "missing-file"
  | "bad-name"
  | "syntax"
  | "forbidden-yaml"
  | "duplicate-key"
  | "too-deep"
  | "unknown-key"
  | "missing-key"
  | "wrong-type"
  | "not-plain-number"
  | "out-of-range"
  | "not-allowed"
  | "bad-format"
  | "unknown-reference"
  | "contradiction";

/** Makes the diagnostic for a place inside a parsed file, given as the path of keys to it. */
export function diagnose(
  source: SourceFile,
  path: readonly (string | number)[],
  code: DiagnosticCode,
  message: Text,
  options: { readonly on?: "key" | "value"; readonly didYouMean?: string | undefined } = {},
): Diagnostic {
  const range = source.locate(path, options.on ?? "value");
  return {
    file: source.path,
    range,
    code,
    message,
    excerpt: source.lineAt(range.line),
    ...(options.didYouMean === undefined ? {} : { didYouMean: options.didYouMean }),
  };
}

/** Makes the diagnostic for a file as a whole: unreadable, too large, in the wrong place. */
export function diagnoseFile(file: string, code: DiagnosticCode, message: Text): Diagnostic {
  return { file, range: { line: 1, column: 1, length: 1 }, code, message };
}

/** Orders by file, line, column, so that the same errors always print in the same order. */
function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return compareStrings(a.file, b.file) || a.range.line - b.range.line || a.range.column - b.range.column || compareStrings(a.code, b.code);
}

function compareStrings(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The request, or the catalogue it stands on, is invalid; carries every error found, never only the first. */
export class InvalidInput extends Error {
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    const sorted = [...diagnostics].sort(compareDiagnostics);
    super(sorted.map((d) => `${d.file}:${d.range.line}:${d.range.column}: ${d.message.en}`).join("\n"));
    this.name = "InvalidInput";
    this.diagnostics = sorted;
  }
}

/** The command cannot be carried out as it was called: an unknown system, a base that does not exist. Exit code 3. */
export class InvalidRequest extends Error {
  readonly text: Text;
  constructor(message: Text) {
    super(message.en);
    this.name = "InvalidRequest";
    this.text = message;
  }
  in(lang: Lang): string {
    return this.text[lang];
  }
}
