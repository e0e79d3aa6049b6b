/** Fewer letters than this say nothing about what became of anybody's data. */
export const MIN_ATTESTATION_CHARACTERS = 10;
const MIN_DIFFERENT = 5;

/** Whether an attestation (证明) says something: ten letters, digits or Chinese characters, not the same few over and over. */
export function isAttestation(words: string): boolean {
  const characters = words.match(/[\p{L}\p{N}]/gu) ?? [];
  return characters.length >= MIN_ATTESTATION_CHARACTERS && new Set(characters).size >= MIN_DIFFERENT;
}
