import { CONTROL_CHARACTER } from "../../catalog/source/visible-text.ts";

const EVERY = new RegExp(CONTROL_CHARACTER.source, "gu");

/**
 * A result as JSON text, two blanks a level, ending with a line feed. Characters that hide or move text stand escaped as `\uXXXX`: whoever reads
 * the file sees them, and the value is the same.
 */
export function jsonText(value: object): string {
  return `${JSON.stringify(value, null, 2).replace(EVERY, escaped)}\n`;
}

/** The JSON escape of each UTF-16 unit of a character. */
function escaped(character: string): string {
  return [...Array(character.length).keys()].map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`).join("");
}
