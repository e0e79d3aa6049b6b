import { masked } from "../../catalog/source/visible-text.ts";

/** Text that a terminal shows and does not obey: on one line, tabs as spaces, what hides or moves something as a mark. */
export function terminalSafe(words: string): string {
  return masked(words.replaceAll("\t", " "));
}

/** Text that Markdown, and the HTML inside it, shows as it is: no markup, mention, link or table cell border. */
export function markdownSafe(words: string): string {
  return terminalSafe(words)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_{}[\]()#+!|~@$^:]/g, (mark) => `&#${mark.codePointAt(0)};`)
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}&#46;`);
}

/** Code in Markdown. Plain names stay as they are, so that they can be searched for; anything else is escaped. */
export function markdownCode(words: string): string {
  return `<code>${/^[A-Za-z0-9][A-Za-z0-9 ._:/-]*$/.test(words) && !/:\/\/|www\./i.test(words) ? words : markdownSafe(words)}</code>`;
}

/** Text that HTML shows as it is, in an element or an attribute. */
export function htmlSafe(words: string): string {
  return terminalSafe(words).replace(/[&<>"']/g, (mark) => `&#${mark.codePointAt(0)};`);
}

/** What a spreadsheet would take for a formula, whole-width signs too. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

/** A cell that a spreadsheet shows and does not reckon: only plain numbers may begin with a sign. */
export function spreadsheetSafe(words: string): string {
  return FORMULA.test(words) && !/^-?\d+(\.\d+)?$/.test(words) ? `'${words}` : words;
}
