import type { Lang } from "../../catalog/text.ts";
import type { InvalidResult } from "../plan/result.ts";
import { markdownCode } from "./escape.ts";
import { cell, fitting } from "./markdown-table.ts";
import { VERDICT_SIGNS, VERDICT_WORDS } from "./words.ts";

/** Room for the table, well under what forges take as one comment. */
const MAX_LENGTH = 50_000;

/** Renders an invalid request as a merge request's comment: every error with its place and what to do. */
export function renderInvalidMarkdown({ verdict, diagnostics }: InvalidResult, lang: Lang): string {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const rows = fitting(
    diagnostics.map(({ code, message, remedy, location }) => {
      const where = location === null ? "—" : markdownCode(`${location.file}:${location.line}:${location.column}`);
      return `| ${where} | ${cell(message)}<br><sub>${markdownCode(code)}</sub> | ${cell(remedy)} |`;
    }),
    MAX_LENGTH,
  );
  const left = diagnostics.length - rows.length;
  return [
    `## ${VERDICT_SIGNS[verdict].icon} ${VERDICT_WORDS[verdict][lang]}`,
    "",
    say("申请写错了，没有计价，也没有审核。", "The request is wrong: nothing was priced or judged."),
    "",
    `| ${say("在哪里", "Where")} | ${say("说明", "What")} | ${say("怎么办", "Remedy")} |`,
    "|---|---|---|",
    ...rows,
    "",
    ...(left > 0 ? [say(`_（另有 ${left} 处，见 JSON 结果）_`, `_(${left} more: see the JSON result)_`), ""] : []),
  ].join("\n");
}
