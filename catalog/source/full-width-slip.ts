/** Full-width punctuation that a Chinese keyboard types in the place of YAML's own. */
const ASCII: Readonly<Record<string, string>> = {
  "：": ":",
  "，": ",",
  "“": '"',
  "”": '"',
  "‘": "'",
  "’": "'",
  "｛": "{",
  "｝": "}",
  "［": "[",
  "］": "]",
};

export interface FullWidthSlip {
  /** Where it stands in the line, from 0. */
  readonly index: number;
  readonly character: string;
  readonly ascii: string;
}

/** Where it can only have been meant as YAML: after a key, before the next key, as a bracket, or as the end of a text that `"` begins. */
const SIGNS = [
  /^\s*(?:- +)*[\w.-]+(：)/u,
  /[{[,，]\s*[\w.-]+(：)/u,
  /[{[].*?(，)\s*[\w.-]+\s*[:：]/u,
  /(，)\s*[{[]/u,
  /[:：]\s*([｛［])/u,
  /"[^"]*([”“])/u,
];

/** The first full-width character of a line that does not parse which stands where YAML wants its own; undefined where there is none. */
export function findFullWidthSlip(line: string): FullWidthSlip | undefined {
  // What stands in quotes and comments is text.
  const bare = line.replace(/"(?:[^"\\]|\\.)*"|'[^']*'|(?<=^|\s)#.*$/gu, (words) => " ".repeat(words.length));
  const found = SIGNS.flatMap((sign) => {
    const match = sign.exec(bare);
    const character = match?.[1];
    return match === null || character === undefined ? [] : [{ index: match.index + match[0].indexOf(character), character }];
  }).sort((a, b) => a.index - b.index)[0];
  return found === undefined ? undefined : { ...found, ascii: ASCII[found.character] ?? "" };
}
