import type { FindingResult } from "../plan/result.ts";
import { askedHint } from "./asked-hint.ts";
import { terminalSafe } from "./escape.ts";
import { addressWords, type ToldFinding, tellFindings, waiverHint, waiverWords } from "./finding-words.ts";
import type { Context } from "./plan-text.ts";
import { RESULT_WORDS } from "./words.ts";

/** Findings for people: what refuses first, at most so many of them, and how to have one waived. */
export function findingsText(findings: readonly FindingResult[], most: number, context: Context): string[] {
  const { lang, paint, say } = context;
  const told = tellFindings(findings);
  const left = told.length - most;
  const cut = left > 0 ? [paint("dim", say(`  （另有 ${left} 条，见 --format json）`, `  (${left} more: --format json)`))] : [];
  const hints = [askedHint(findings, lang), waiverHint(told, lang)].flatMap((hint) => hint ?? []);
  return [
    ...told.slice(0, most).flatMap((finding) => findingLines(finding, context)),
    ...cut,
    ...hints.flatMap(({ words, entry }) => [
      paint("dim", `  ${terminalSafe(words)}`),
      ...entry.map((line) => paint("dim", `      ${line}`)),
    ]),
  ];
}

function findingLines(finding: ToldFinding, { lang, paint, say }: Context): string[] {
  const { policy, level, result, message, remedy, clause, location, waiver } = finding;
  const tone = waiver !== null ? "dim" : level === "mandatory" ? "bad" : "warn";
  const sign = waiver !== null ? "○" : level === "mandatory" ? "✘" : "!";
  return [
    `  ${paint(tone, `${sign} ${RESULT_WORDS[`${level} ${result}`]?.[lang] ?? result}`)}  ${terminalSafe(message)}`,
    paint("dim", `      ${terminalSafe(`${location.file}:${location.line}:${location.column}`)} · ${policy} · ${clause}`),
    paint("dim", `      ${terminalSafe(addressWords(finding, lang))}`),
    waiver === null ? `      ${say("怎么办：", "Remedy: ")}${remedy}` : `      ${waiverWords(waiver, lang)}`,
  ];
}
