/**
 * Characters that hide, reorder or overwrite text: C0 and C1 controls but for tab and line feed, line separators, bidirectional marks,
 * zero-width and other invisible characters, the blank of Braille, halves of a surrogate pair, code points that are no character.
 * Variation selectors, which only choose a glyph, are none of them. The only such list: what is refused in a file is masked in a result.
 */
export const CONTROL_CHARACTER =
  /(?![\ufe00-\ufe0f\u{e0100}-\u{e01ef}])[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u2800\ufff9-\ufffb\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\p{Surrogate}]/u;

const ANYWHERE = new RegExp(`[\\n\\t]|${CONTROL_CHARACTER.source}`, "gu");

/** Foreign words on one line with a mark in the place of every character that hides or moves something. */
export function masked(words: string): string {
  return words.replace(ANYWHERE, "\ufffd");
}

/** Foreign words as they may stand in a message: one line, nothing invisible, not too long. */
export function clip(words: string, most = 40): string {
  const start = masked(words.slice(0, most + 1));
  return start.length > most ? `${start.slice(0, most)}…` : start;
}

/** Words of several lines on one, each run of white space a blank: a line break in a one-line message would be masked. */
export function oneLine(words: string): string {
  return words.replace(/\s+/g, " ").trim();
}

/** `U+202E`, the usual name of a character that cannot be shown. */
export function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
