/** Languages in which the program speaks; Chinese is the contract's own. */
export type Lang = "zh" | "en";

/** A sentence or name in both languages. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** Makes a {@link Text}; Chinese first, as everywhere. */
export function text(zh: string, en: string): Text {
  return { zh, en };
}

/** The same words in both languages: identifiers, numbers, names that exist in one language only. */
export function verbatim(words: string): Text {
  return { zh: words, en: words };
}

/** A number with its noun in English: `1 system`, `18 systems`; a plural that is not the noun and an s is given. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Chinese sets a space before a Latin letter or digit. */
export function spaced(words: string): string {
  return /^[A-Za-z0-9-]/.test(words) ? ` ${words}` : words;
}
