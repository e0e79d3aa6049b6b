import stringWidth from "string-width";
import { type Diagnostic, InvalidInput, type InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { counted, type Lang } from "../../catalog/text.ts";
import { terminalSafe } from "./escape.ts";
import { type Paint, plain } from "./style.ts";

/** More lines than this help nobody; the count of all is always told. */
const MAX_SHOWN = 200;
const MAX_EXCERPT = 160;

/** What is wrong with a request, for people: every error of its files, or why the command cannot be carried out. */
export function renderInvalid(error: InvalidInput | InvalidRequest, lang: Lang, paint: Paint = plain): string {
  return error instanceof InvalidInput ? renderDiagnostics(error.diagnostics, lang, paint) : `${terminalSafe(error.in(lang))}\n`;
}

/** Prints every error with its place, the offending text under a caret, and what was probably meant. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], lang: Lang, paint: Paint = plain): string {
  const blocks = diagnostics.slice(0, MAX_SHOWN).map((diagnostic) => renderOne(diagnostic, lang, paint));
  const files = new Set(diagnostics.map(({ file }) => file)).size;
  const summary =
    lang === "zh"
      ? `共 ${diagnostics.length} 处错误，涉及 ${files} 个文件；没有计价，也没有审核。`
      : `${counted(diagnostics.length, "error")} in ${counted(files, "file")}; nothing was priced or judged.`;
  const cut = diagnostics.length > MAX_SHOWN ? [lang === "zh" ? `（只列出前 ${MAX_SHOWN} 处）` : `(the first ${MAX_SHOWN} are shown)`] : [];
  return [...blocks, ...cut, paint("bad", summary), ""].join("\n");
}

function renderOne({ file, range, message, didYouMean, excerpt }: Diagnostic, lang: Lang, paint: Paint): string {
  const place = `${terminalSafe(file)}:${range.line}:${range.column}`;
  const lines = [`${paint("strong", place)}: ${paint("bad", terminalSafe(message[lang]))}`];
  if (excerpt !== undefined && excerpt.trim() !== "") {
    const shown = terminalSafe(excerpt.slice(0, MAX_EXCERPT));
    const number = String(range.line).padStart(5);
    lines.push(`${number} │ ${shown}`);
    if (range.column <= MAX_EXCERPT) {
      const before = stringWidth(terminalSafe(excerpt.slice(0, range.column - 1)));
      const under = Math.max(
        1,
        stringWidth(terminalSafe(excerpt.slice(range.column - 1, Math.min(range.column - 1 + range.length, MAX_EXCERPT)))),
      );
      lines.push(`      │ ${" ".repeat(before)}${paint("bad", "^".repeat(under))}`);
    }
  }
  if (didYouMean !== undefined)
    lines.push(
      `      ${paint("warn", lang === "zh" ? `是不是想写：${terminalSafe(didYouMean)}` : `did you mean: ${terminalSafe(didYouMean)}`)}`,
    );
  return `${lines.join("\n")}\n`;
}
