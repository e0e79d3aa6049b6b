import { counted, type Lang } from "../../catalog/text.ts";
import type { FindingResult } from "../plan/result.ts";
import { askedHint } from "./asked-hint.ts";
import { markdownCode } from "./escape.ts";
import { addressWords, type ToldFinding, tellFindings, waiverHint, waiverWords } from "./finding-words.ts";
import { cell, fitting } from "./markdown-table.ts";
import { RESULT_WORDS } from "./words.ts";

/** Room for findings, so that the tables of what changes keep theirs. */
const MAX_LENGTH = 24_000;
/** More than these are folded. */
const MAX_OPEN = 10;

/** Findings as a table, what refuses first, the tail of it folded, and how to have one waived; nothing where there are none. */
export function findingsMarkdown(findings: readonly FindingResult[], lang: Lang): string[] {
  if (findings.length === 0) return [];
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const told = tellFindings(findings);
  const rows = fitting(
    told.map((finding) => findingRow(finding, lang)),
    MAX_LENGTH,
  );
  const [open, folded, left] = [rows.slice(0, MAX_OPEN), rows.slice(MAX_OPEN), told.length - rows.length];
  const head = [
    `| ${say("结果", "Result")} | ${say("说明", "What")} | ${say("在哪里", "Where")} | ${say("怎么办", "Remedy")} |`,
    "|---|---|---|---|",
  ];
  const more = say(`其余 ${folded.length} 条`, `${folded.length} more`);
  const cut = left > 0 ? [say(`_（另有 ${left} 条，见 JSON 结果）_`, `_(${left} more: see the JSON result)_`), ""] : [];
  const title =
    told.length === findings.length
      ? say("策略结果", "Findings")
      : say(
          `策略结果：${findings.length} 项，合并为 ${told.length} 条`,
          `Findings: ${findings.length} in ${counted(told.length, "entry", "entries")}`,
        );
  return [
    `### ${title}`,
    "",
    ...head,
    ...open,
    "",
    ...(folded.length === 0 ? [] : ["<details>", `<summary>${more}</summary>`, "", ...head, ...folded, "", "</details>", ""]),
    ...cut,
    ...entryToPaste(say("声明接受", "Asking for it"), askedHint(findings, lang)),
    ...entryToPaste(say("豁免", "Waiver"), waiverHint(told, lang)),
  ];
}

function entryToPaste(title: string, hint: ReturnType<typeof waiverHint>): string[] {
  if (hint === undefined) return [];
  const fenced = ["```yaml", ...hint.entry, "```"];
  return ["<details>", `<summary>${title}</summary>`, "", cell(hint.words), "", ...fenced, "", "</details>", ""];
}

function findingRow(finding: ToldFinding, lang: Lang): string {
  const { level, result, policy, message, remedy, location, clause, waiver } = finding;
  const sign = waiver !== null ? "⭕" : level === "mandatory" ? "❌" : "⚠️";
  const words = RESULT_WORDS[`${level} ${result}`]?.[lang] ?? result;
  const what = `${cell(message)}<br><sub>${markdownCode(policy)} · ${cell(clause)}</sub>`;
  const where = `${markdownCode(`${location.file}:${location.line}`)}<br><sub>${cell(addressWords(finding, lang))}</sub>`;
  return `| ${sign} ${words} | ${what} | ${where} | ${cell(waiver === null ? remedy : waiverWords(waiver, lang))} |`;
}
