/** Fewest letters and digits, and how many different ones, that words need to say something. */
export interface Sense {
  readonly characters: number;
  readonly different: number;
}

/** Whether words say something: enough letters, digits or Chinese characters, and not the same few over and over. */
export function saysSomething(words: string, { characters, different }: Sense): boolean {
  const found = words.match(/[\p{L}\p{N}]/gu) ?? [];
  return found.length >= characters && new Set(found).size >= different;
}

/** Whether two texts say the same, whatever their spaces, punctuation, width and case. */
export function saysTheSame(one: string, other: string): boolean {
  const folded = (words: string) =>
    (
      words
        .normalize("NFKC")
        .toLowerCase()
        .match(/[\p{L}\p{N}]/gu) ?? []
    ).join("");
  return folded(one) === folded(other);
}
