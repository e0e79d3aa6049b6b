import { styleText } from "node:util";

export type Tone = "good" | "bad" | "warn" | "dim" | "strong";

/** Puts colour on words, or leaves them as they are. */
export type Paint = (tone: Tone, words: string) => string;

const FORMATS = { good: "green", bad: "red", warn: "yellow", dim: "dim", strong: "bold" } as const;

/** Colour for a terminal that wants it; NO_COLOR and pipes get plain text. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return stream.isTTY === true && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb"
    ? (tone, words) => styleText(FORMATS[tone], words, { validateStream: false })
    : plain;
}

export const plain: Paint = (_, words) => words;
