import { InvalidArgumentError } from "commander";

/** What stands between the two languages of a refused argument, which Commander carries as one sentence. */
const BETWEEN = " ‖ ";

/** An argument that cannot be taken, with what is wanted instead: `要 1 到 256 的整数`, `wanted a whole number from 1 to 256`. */
export function wrongArgument(zh: string, en: string): InvalidArgumentError {
  return new InvalidArgumentError(`${zh}${BETWEEN}${en}`);
}

/** The two languages of a refused argument's words; the same words twice where they hold but one. */
export function wantedWords(words: string): { readonly zh: string; readonly en: string } {
  const [zh = "", en = zh] = words.split(BETWEEN);
  return { zh, en };
}
