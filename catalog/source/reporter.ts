import { type Text, text } from "../text.ts";
import { type Diagnostic, type DiagnosticCode, diagnose } from "./diagnostic.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { Path, SourceFile } from "./source-file.ts";

/** Adds the errors of one parsed file to a list, each at the place where it was written. */
export class Reporter {
  readonly #source: SourceFile;
  readonly #diagnostics: Diagnostic[];
  constructor(source: SourceFile, diagnostics: Diagnostic[]) {
    this.#source = source;
    this.#diagnostics = diagnostics;
  }

  report(path: Path, code: DiagnosticCode, message: Text, on: "key" | "value" = "value"): void {
    this.#diagnostics.push(diagnose(this.#source, path, code, message, { on }));
  }

  /** A name that stands for nothing; `kind` says of what sort it should be, and `known` what could have been written. */
  reportUnknown(path: Path, kind: Text, found: string, known: readonly string[]): void {
    const message = text(
      `没有${kind.zh}“${found}”；可用：${known.join("、") || "无"}`,
      `Cannot find ${kind.en} "${found}": wanted one of ${known.join(", ") || "none"}`,
    );
    this.#diagnostics.push(diagnose(this.#source, path, "unknown-reference", message, { didYouMean: didYouMean(found, known) }));
  }
}
