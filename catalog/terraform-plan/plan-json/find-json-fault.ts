const TOKEN = /[{}[\],:]|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|(?:true|false|null)(?!\w)/y;
const SPACE = /[ \t\r\n]*/y;

type Wanted = "value" | "value or ]" | "key" | "key or }" | ":" | ", or end" | "nothing";

/**
 * Where a text stops being JSON: index of the first thing that cannot stand where it stands, the length where it breaks off. The runtime's own message
 * names no place for most faults, and repeats a piece of the text.
 */
export function findJsonFault(words: string): number {
  const open: ("{" | "[")[] = [];
  let wanted: Wanted = "value";
  for (let at = 0; ; ) {
    SPACE.lastIndex = at;
    SPACE.test(words);
    const start = SPACE.lastIndex;
    const end = words[start] === '"' ? endOfText(words, start) : endOfToken(words, start);
    if (end === undefined) return start;
    const next = step(words[start] as string, wanted, open);
    if (next === undefined) return start;
    wanted = next;
    at = end;
  }
}

function endOfToken(words: string, start: number): number | undefined {
  TOKEN.lastIndex = start;
  return TOKEN.test(words) ? TOKEN.lastIndex : undefined;
}

/** Step by step: a pattern for texts takes a time without bound where one is not closed. */
function endOfText(words: string, start: number): number | undefined {
  for (let at = start + 1; at < words.length; at += 1) {
    const character = words[at] as string;
    if (character === '"') return at + 1;
    if (character < " ") return undefined;
    if (character !== "\\") continue;
    at += 1;
    if (words[at] === "u" && /^[0-9a-fA-F]{4}$/.test(words.slice(at + 1, at + 5))) at += 4;
    else if (!/^["\\/bfnrt]$/.test(words[at] ?? "")) return undefined;
  }
  return undefined;
}

/** What is wanted after a token, by its first character, or undefined where it cannot stand. */
function step(token: string, wanted: Wanted, open: ("{" | "[")[]): Wanted | undefined {
  const afterValue = (): Wanted => (open.length === 0 ? "nothing" : ", or end");
  const isValueWanted = wanted === "value" || wanted === "value or ]";
  switch (token) {
    case "{":
    case "[":
      if (!isValueWanted) return undefined;
      open.push(token);
      return token === "{" ? "key or }" : "value or ]";
    case "}":
    case "]": {
      const last = open.at(-1);
      const fits =
        last === (token === "}" ? "{" : "[") && (wanted === ", or end" || wanted === (token === "}" ? "key or }" : "value or ]"));
      if (!fits) return undefined;
      open.pop();
      return afterValue();
    }
    case ",":
      return wanted === ", or end" ? (open.at(-1) === "{" ? "key" : "value") : undefined;
    case ":":
      return wanted === ":" ? "value" : undefined;
    case '"':
      if (wanted === "key" || wanted === "key or }") return ":";
      return isValueWanted ? afterValue() : undefined;
    default:
      return isValueWanted ? afterValue() : undefined;
  }
}
