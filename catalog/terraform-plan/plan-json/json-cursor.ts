import { addKey, Keys, MAX_CONTAINERS, MAX_DEPTH } from "./scan-json.ts";

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const LOWER_F = 0x66;
const LOWER_T = 0x74;
const LOWER_U = 0x75;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
/** What a backslash may stand before, `u` with its four digits aside. */
const ESCAPABLE: ReadonlySet<number> = new Set(Buffer.from('"\\/bfnrt'));
const [TRUE, FALSE, NULL] = [Buffer.from("true"), Buffer.from("false"), Buffer.from("null")];
/** Longer, or with an exponent, a number may be infinite. */
const MAX_DIGITS = 300;

/** Thrown at the first thing that no engine writes; what it is, and whether it is an error at all, others find out. */
export class NotPlain extends Error {}

/**
 * Passes over JSON value by value and accepts less than the parser does: whole and correct JSON, no key twice, no `__proto__`, no escape in a key, no
 * number that may be infinite, nesting and number of parts within their limits. What it has passed over need not be parsed to be known as good.
 */
export class JsonCursor {
  at = 0;
  /** Objects and lists so far. */
  containers = 0;
  /** How many times the word `true` was passed: a tree of marks in which it is not there marks nothing. */
  trues = 0;
  /** Deepest level since whoever asks set it back. */
  deepest = 0;
  readonly bytes: Buffer;
  readonly #keys: Keys[] = [];

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** @throws NotPlain where more follows than blanks. */
  end(): void {
    this.#skipBlanks();
    if (this.at < this.bytes.length) throw new NotPlain();
  }

  /** Whether so many objects and lists more, the deepest at this level, are within the limits. */
  admits(containers: number, level: number): boolean {
    return level <= MAX_DEPTH && this.containers + containers <= MAX_CONTAINERS;
  }

  /** Goes on behind a value that holds so many objects, lists and marks. */
  skip(to: number, { containers, trues }: { readonly containers: number; readonly trues: number }): void {
    this.at = to;
    this.containers += containers;
    this.trues += trues;
  }

  /** First byte of the value that comes next. */
  next(): number {
    const byte = this.bytes[this.at];
    return byte !== undefined && byte > 0x20 ? byte : this.#skipBlanks();
  }

  isAtObject(): boolean {
    return this.next() === OPEN_BRACE;
  }

  isAtList(): boolean {
    return this.next() === OPEN_BRACKET;
  }

  /** Passes over one value that stands at so many levels. */
  value(depth: number): void {
    switch (this.next()) {
      case QUOTE:
        this.#text();
        break;
      case OPEN_BRACE:
        this.object(depth);
        break;
      case OPEN_BRACKET:
        this.list(depth);
        break;
      default:
        this.#word();
    }
  }

  /** Passes over an object; `member` passes over a value, given the place of its key, in the object's stead. */
  object(depth: number, member?: (start: number, end: number) => void): void {
    this.#enter(depth);
    this.#keys[depth] ??= new Keys();
    const keys = this.#keys[depth];
    keys.clear();
    if (this.next() === CLOSE_BRACE) {
      this.at += 1;
      return;
    }
    for (;;) {
      if (this.next() !== QUOTE) throw new NotPlain();
      const start = this.at + 1;
      if (this.#text()) throw new NotPlain();
      const end = this.at - 1;
      if (addKey(this.bytes, keys, start, end, false) !== undefined) throw new NotPlain();
      if (this.next() !== COLON) throw new NotPlain();
      this.at += 1;
      if (member === undefined) this.value(depth + 1);
      else member(start, end);
      const byte = this.next();
      this.at += 1;
      if (byte === CLOSE_BRACE) return;
      if (byte !== COMMA) throw new NotPlain();
    }
  }

  /** Passes over a list; `element` passes over each of its values in the list's stead. */
  list(depth: number, element?: (index: number) => void): void {
    this.#enter(depth);
    if (this.next() === CLOSE_BRACKET) {
      this.at += 1;
      return;
    }
    for (let index = 0; ; index += 1) {
      if (element === undefined) this.value(depth + 1);
      else element(index);
      const byte = this.next();
      this.at += 1;
      if (byte === CLOSE_BRACKET) return;
      if (byte !== COMMA) throw new NotPlain();
    }
  }

  #enter(depth: number): void {
    this.at += 1;
    this.containers += 1;
    const level = depth + 1;
    if (level > this.deepest) this.deepest = level;
    if (!this.admits(0, level)) throw new NotPlain();
  }

  #skipBlanks(): number {
    const { bytes } = this;
    let at = this.at;
    // 0x20, 0x09, 0x0a and 0x0d are all that JSON takes for blank.
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] as number;
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
    }
    this.at = at;
    return at < bytes.length ? (bytes[at] as number) : 0;
  }

  /** Passes over a text; whether anything in it is escaped. */
  #text(): boolean {
    const { bytes } = this;
    const { length } = bytes;
    let escaped = false;
    let at = this.at + 1;
    for (; at < length; at += 1) {
      const byte = bytes[at] as number;
      if (byte === QUOTE) {
        this.at = at + 1;
        return escaped;
      }
      if (byte < 0x20) throw new NotPlain();
      if (byte !== BACKSLASH) continue;
      escaped = true;
      at += 1;
      const next = bytes[at] ?? 0;
      if (next === LOWER_U && isHex(bytes, at + 1)) at += 4;
      else if (!ESCAPABLE.has(next)) throw new NotPlain();
    }
    throw new NotPlain();
  }

  #word(): void {
    const { bytes } = this;
    const first = bytes[this.at] ?? 0;
    if (first === MINUS || isDigit(first)) {
      this.#number();
      return;
    }
    const word = first === LOWER_T ? TRUE : first === LOWER_F ? FALSE : NULL;
    for (let index = 0; index < word.length; index += 1) if (bytes[this.at + index] !== word[index]) throw new NotPlain();
    if (first === LOWER_T) this.trues += 1;
    this.at += word.length;
  }

  /** An exponent is left where it stands, and nothing can follow then. */
  #number(): void {
    const { bytes } = this;
    const begin = this.at;
    if (bytes[begin] === MINUS) this.at += 1;
    if (bytes[this.at] === ZERO) this.at += 1;
    else this.#digits();
    if (bytes[this.at] === POINT) {
      this.at += 1;
      this.#digits();
    }
    if (this.at - begin > MAX_DIGITS) throw new NotPlain();
  }

  #digits(): void {
    const { bytes } = this;
    const begin = this.at;
    while (this.at < bytes.length && isDigit(bytes[this.at] as number)) this.at += 1;
    if (this.at === begin) throw new NotPlain();
  }
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

function isHex(bytes: Buffer, from: number): boolean {
  return /^[0-9a-fA-F]{4}$/.test(bytes.toString("latin1", from, from + 4));
}
