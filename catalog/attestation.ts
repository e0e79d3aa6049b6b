import { saysSomething } from "./meaning.ts";
import { text } from "./text.ts";

/** Fewer letters than this say nothing about what became of anybody's data. */
export const MIN_ATTESTATION_CHARACTERS = 10;
const MIN_DIFFERENT = 5;

/** What an attestation has to say, for whoever refuses one. */
export const ATTESTATION_WANTED = text(
  `数据去向和清单、记录的编号，至少 ${MIN_ATTESTATION_CHARACTERS} 个字`,
  `what became of the data and the number of the record, in ${MIN_ATTESTATION_CHARACTERS} characters or more`,
);

/** A day is no record's number. */
const DAY = /\p{Nd}{4}(-\p{Nd}{1,2}-\p{Nd}{1,2}|\s*年(\s*\p{Nd}{1,2}\s*月(\s*\p{Nd}{1,2}\s*日)?)?)/gu;
const NUMBER = /\p{Nd}{2}|[〇零一二三四五六七八九十百]{3}/u;

/**
 * Whether an attestation (证明) says something and names a record: data are returned by a list (移交数据清单) and erased with a record of it
 * (介质清理过程), and both have numbers (contract Annex 4 2 and 3).
 */
export function isAttestation(words: string): boolean {
  const letters = words.replace(/\p{N}/gu, "");
  return (
    saysSomething(words, { characters: MIN_ATTESTATION_CHARACTERS, different: MIN_DIFFERENT }) &&
    saysSomething(letters, { characters: MIN_DIFFERENT, different: MIN_DIFFERENT }) &&
    NUMBER.test(words.replace(DAY, ""))
  );
}

/** Whether an attestation is an earlier one again: spaces and punctuation make no other. */
export function isSameAttestation(attestation: string, earlier: string | undefined): boolean {
  return earlier !== undefined && lettersOf(attestation) === lettersOf(earlier);
}

function lettersOf(attestation: string): string {
  return (attestation.match(/[\p{L}\p{N}]/gu) ?? []).join("").toLowerCase();
}
