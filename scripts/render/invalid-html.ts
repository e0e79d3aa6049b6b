import type { Lang } from "../../catalog/text.ts";
import type { InvalidResult } from "../plan/result.ts";
import { htmlSafe } from "./escape.ts";
import { type HtmlCell, htmlPage, htmlTable } from "./html-page.ts";
import { VERDICT_SIGNS, VERDICT_WORDS } from "./words.ts";

/** Renders an invalid request as a page of its own: every error with its place and what to do. */
export function renderInvalidHtml({ verdict, diagnostics }: InvalidResult, lang: Lang): string {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const title = `${VERDICT_SIGNS[verdict].icon} ${VERDICT_WORDS[verdict][lang]}`;
  const rows = diagnostics.map(({ code, message, remedy, location }): HtmlCell[] => [
    { html: htmlSafe(location === null ? "—" : `${location.file}:${location.line}:${location.column}`) },
    { html: `${htmlSafe(message)}<br><span class="faint">${htmlSafe(code)}</span>` },
    { html: htmlSafe(remedy) },
  ]);
  const titles = [{ title: say("在哪里", "Where") }, { title: say("说明", "What") }, { title: say("怎么办", "Remedy") }];
  const words = say("申请写错了，没有计价，也没有审核。", "The request is wrong: nothing was priced or judged.");
  return htmlPage({ title, body: `<h1>${htmlSafe(title)}</h1>\n<p>${htmlSafe(words)}</p>\n${htmlTable(titles, rows)}`, lang });
}
