import { randomUUID } from "node:crypto";
import { MAX_DEPTH } from "./scan-json.ts";

/** Parts of a plan that list its resources once more, with all their values: a quarter of a usual plan's bytes, and more. */
export const LISTINGS = ["planned_values", "prior_state"] as const;
export type ListingKey = (typeof LISTINGS)[number];

/** One of these parts, passed over. */
export interface Listing {
  /** Place in the bytes. */
  readonly start: number;
  readonly end: number;
  /** Of its managed resources, in their order. */
  readonly addresses: readonly string[];
}

/** A plan's JSON with a mark where each of its listings stood. */
export interface CutPlan {
  readonly words: string;
  readonly listings: ReadonlyMap<ListingKey, Listing>;
}

/** How engines begin them. Long words are quick to look for in much text. */
const BEGINNINGS: Readonly<Record<ListingKey, string>> = {
  planned_values: '"planned_values":{"',
  prior_state: '"prior_state":{"format_version":"',
};

/**
 * Stands for a listing, and in no file: it is drawn anew for each run. Where the parser finds it as the value of the plan's own key, what was cut out
 * began there as a value of that key, and not within a text or another part, whatever these hold.
 */
export const CUT = `cut ${randomUUID()}`;

/**
 * Takes out of the UTF-8 bytes of a plan what lists its resources once more. Of that only the addresses are ever asked for, so that it is enough that it
 * is closed as it was opened, bracket by bracket and text by text: a file that breaks off, or is put together wrongly, does not get past this.
 *
 * @returns undefined where nothing is found in the form that engines write, or anything there is suspicious: the whole of it has to be parsed.
 */
export function cutListings(bytes: Buffer): CutPlan | undefined {
  const listings = new Map<ListingKey, Listing>();
  for (const key of LISTINGS) {
    const at = bytes.indexOf(BEGINNINGS[key], 0, "latin1");
    if (at < 0) continue;
    const addresses: string[] = [];
    const start = at + key.length + 3;
    const end = new Passage(bytes, addresses).listing(start, MODULES[key]);
    if (end < 0) return undefined;
    listings.set(key, { start, end, addresses });
  }
  if (listings.size === 0) return undefined;
  let [words, from] = ["", 0];
  for (const { start, end } of [...listings.values()].sort((a, b) => a.start - b.start)) {
    // One stands inside the other: no engine wrote this.
    if (start < from) return undefined;
    words += `${bytes.toString("utf8", from, start)}"${CUT}"`;
    from = end;
  }
  return { words: words + bytes.toString("utf8", from), listings };
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const ZERO = 0x30;
const FOUR = 0x34;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const UNDERSCORE = 0x5f;
const LOWER_U = 0x75;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
/** Turns braces into brackets. */
const NO_BRACE = 0xdf;

const WRONG = -1;
const PROTO_LENGTH = "__proto__".length;

/** A way through a listing. Each step takes the place where something begins and answers the one behind it, or `WRONG`. */
class Passage {
  readonly #bytes: Buffer;
  readonly #addresses: string[];
  /** What closes each level that is open. */
  readonly #closing = new Uint8Array(MAX_DEPTH + 2);

  constructor(bytes: Buffer, addresses: string[]) {
    this.#bytes = bytes;
    this.#addresses = addresses;
  }

  /** Passes over an object in which these keys, one within the other, lead to a module. */
  listing(at: number, [key, ...inner]: readonly Buffer[]): number {
    if (key === undefined) return this.#module(at, 0);
    return this.#object(at, (start, end, value) => (isKey(this.#bytes, start, end, key) ? this.listing(value, inner) : this.#value(value)));
  }

  #module(at: number, level: number): number {
    if (level > MAX_DEPTH) return WRONG;
    return this.#object(at, (start, end, value) => {
      if (isKey(this.#bytes, start, end, RESOURCES)) return this.#list(value, (each) => this.#resource(each));
      if (isKey(this.#bytes, start, end, CHILD_MODULES)) return this.#list(value, (each) => this.#module(each, level + 1));
      return this.#value(value);
    });
  }

  /** There are many of these: nothing is made for each but its address. */
  #resource(begin: number): number {
    const bytes = this.#bytes;
    if (bytes[begin] !== OPEN_BRACE || bytes[begin + 1] !== QUOTE) return WRONG;
    let address = WRONG;
    let addressEnd = WRONG;
    let isManaged = false;
    let isDeposed = false;
    for (let at = begin; ; ) {
      const start = at + 2;
      const end = endOfKey(bytes, at + 1);
      if (end === WRONG) return WRONG;
      const value = end + 2;
      at = this.#value(value);
      const size = end - start;
      if (size === ADDRESS.length && isWord(bytes, start, ADDRESS)) {
        address = value;
        addressEnd = at;
      } else if (size === MODE.length && isWord(bytes, start, MODE))
        isManaged = at - value === MANAGED.length && isWord(bytes, value, MANAGED);
      else if (size === DEPOSED_KEY.length && isWord(bytes, start, DEPOSED_KEY)) isDeposed = true;
      if (bytes[at] === COMMA) continue;
      if (bytes[at] !== CLOSE_BRACE) return WRONG;
      if (!isManaged || isDeposed || address === WRONG) return at + 1;
      return this.#addAddress(address, addressEnd) ? at + 1 : WRONG;
    }
  }

  /** `member` is given the places of a key and its value, and answers the one behind the value. */
  #object(begin: number, member: (start: number, end: number, value: number) => number): number {
    const bytes = this.#bytes;
    if (bytes[begin] !== OPEN_BRACE) return WRONG;
    if (bytes[begin + 1] === CLOSE_BRACE) return begin + 2;
    for (let at = begin; at !== WRONG; ) {
      const start = at + 2;
      const end = endOfKey(bytes, at + 1);
      if (end === WRONG) return WRONG;
      at = member(start, end, end + 2);
      if (bytes[at] === CLOSE_BRACE) return at + 1;
      if (bytes[at] !== COMMA) return WRONG;
    }
    return WRONG;
  }

  #list(begin: number, element: (at: number) => number): number {
    const bytes = this.#bytes;
    if (bytes[begin] !== OPEN_BRACKET) return WRONG;
    if (bytes[begin + 1] === CLOSE_BRACKET) return begin + 2;
    for (let at = begin; at !== WRONG; ) {
      at = element(at + 1);
      if (bytes[at] === CLOSE_BRACKET) return at + 1;
      if (bytes[at] !== COMMA) return WRONG;
    }
    return WRONG;
  }

  #value(begin: number): number {
    return endOfValue(this.#bytes, begin, this.#closing);
  }

  /** Answers false for what is no text. */
  #addAddress(start: number, end: number): boolean {
    const bytes = this.#bytes;
    if (bytes[start] !== QUOTE) return false;
    const written = bytes.toString("utf8", start + 1, end - 1);
    if (!written.includes("\\")) this.#addresses.push(written);
    else {
      try {
        this.#addresses.push(JSON.parse(`"${written}"`) as string);
      } catch {
        return false;
      }
    }
    return true;
  }
}

/** Passes over one value whatever it is. This sees nearly every byte, and calls nothing. */
function endOfValue(bytes: Buffer, begin: number, closing: Uint8Array): number {
  const { length } = bytes;
  let depth = 0;
  for (let at = begin; at < length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) {
      const start = at + 1;
      for (at = start; at < length && bytes[at] !== QUOTE; at += 1) {
        if (bytes[at] !== BACKSLASH) continue;
        at += 1;
        // Letters of `__proto__` could be written so; engines write their control and punctuation characters alone in this way.
        if (bytes[at] === LOWER_U && bytes[at + 1] === ZERO && bytes[at + 2] === ZERO && (bytes[at + 3] as number) > FOUR) return WRONG;
      }
      if (at - start === PROTO_LENGTH && bytes[start] === UNDERSCORE) return WRONG;
      if (depth === 0) return at < length ? at + 1 : WRONG;
    } else if (byte === COMMA) {
      if (depth === 0) return at;
    } else if (byte >= OPEN_BRACKET) {
      const bracket = byte & NO_BRACE;
      if (bracket === OPEN_BRACKET) {
        depth += 1;
        if (depth > MAX_DEPTH) return WRONG;
        // In ASCII a bracket is closed by what stands two places behind it.
        closing[depth] = byte + 2;
      } else if (bracket === CLOSE_BRACKET) {
        if (depth === 0) return at;
        if (closing[depth] !== byte) return WRONG;
        depth -= 1;
        if (depth === 0) return at + 1;
      }
    }
  }
  return WRONG;
}

/** Place of the quotation mark that ends the key which begins here and is written as engines write theirs. */
function endOfKey(bytes: Buffer, quote: number): number {
  if (bytes[quote] !== QUOTE) return WRONG;
  let at = quote + 1;
  for (; at < bytes.length && bytes[at] !== QUOTE; at += 1) if (bytes[at] === BACKSLASH) return WRONG;
  return bytes[at + 1] === COLON ? at : WRONG;
}

function isKey(bytes: Buffer, start: number, end: number, letters: Buffer): boolean {
  return end - start === letters.length && isWord(bytes, start, letters);
}

function isWord(bytes: Buffer, start: number, letters: Buffer): boolean {
  for (let index = 0; index < letters.length; index += 1) if (bytes[start + index] !== letters[index]) return false;
  return true;
}

const [RESOURCES, CHILD_MODULES] = [Buffer.from("resources"), Buffer.from("child_modules")];
const [ADDRESS, DEPOSED_KEY] = [Buffer.from("address"), Buffer.from("deposed_key")];
const [MODE, MANAGED] = [Buffer.from("mode"), Buffer.from('"managed"')];
/** Where the root module stands. */
const MODULES: Readonly<Record<ListingKey, readonly Buffer[]>> = {
  planned_values: [Buffer.from("root_module")],
  prior_state: [Buffer.from("values"), Buffer.from("root_module")],
};
