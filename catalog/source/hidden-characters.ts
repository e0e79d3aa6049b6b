import { text } from "../text.ts";
import type { Offsets, SourceText } from "./source-text.ts";
import { CONTROL_CHARACTER, codePointName } from "./visible-text.ts";

/** Refuses every hidden character of a text. In comments too: a reviewer must see what the program reads. */
export function refuseHiddenCharacters(source: string, errors: SourceText): void {
  for (const { 0: character, index } of source.matchAll(new RegExp(CONTROL_CHARACTER.source, "gu"))) {
    if (character !== "\r" || source[index + 1] !== "\n") refuse(character, [index, index + character.length], errors);
  }
}

/** Refuses what an escape such as "\u202e" hides in the value at these offsets; written out it was refused already. */
export function refuseHiddenInValue(value: string, offsets: Offsets, errors: SourceText): void {
  const hidden = CONTROL_CHARACTER.exec(value);
  if (hidden !== null) refuse(hidden[0], offsets, errors);
}

function refuse(character: string, offsets: Offsets, errors: SourceText): void {
  const name = codePointName(character);
  errors.report(
    offsets,
    "forbidden-yaml",
    text(`文字里有不可见的控制字符 ${name}`, `Cannot accept the invisible control character ${name} in text`),
  );
}
