/**
 * Free text as Terraform takes it: `${` and `%{` open no template. Declarations with these are refused when they are read; this is the second lock.
 * CDKTF's own marker cannot be escaped, so text that holds it is refused.
 */
export function literal(words: string): string {
  if (words.includes("TfToken[")) throw new Error(`Cannot emit the text "${words}": wanted text without CDKTF's marker "TfToken["`);
  return words.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}
