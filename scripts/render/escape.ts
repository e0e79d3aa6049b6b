/** Characters that move a cursor, change a terminal's state or hide and reorder text; tabs become spaces. */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** Text that a terminal shows and does not obey. */
export function terminalSafe(words: string): string {
  return words.replace(/\t/g, " ").replace(UNSAFE, "�");
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
