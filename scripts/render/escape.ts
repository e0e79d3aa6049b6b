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

/**
 * Text of a commit message, which people read as it is and a forge as Markdown, with its mentions and references to issues: entities and
 * backslashes would stand in it for git's readers, so what means something to a forge becomes its full-width form.
 */
export function messageSafe(words: string): string {
  return terminalSafe(words)
    .replace(/[\\`*_{}[\]#!|~@$^&<>]|:(?=\S)/g, fullWidth)
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}${fullWidth(".")}`);
}

/** The form of an ASCII mark that East Asian typesetting gives a whole square. */
function fullWidth(mark: string): string {
  return String.fromCodePoint((mark.codePointAt(0) ?? 0) + 0xfee0);
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
