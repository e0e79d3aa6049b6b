/** What JSON.parse would pass over in silence, or not survive. */
export interface ScanProblem {
  readonly kind: "too-deep" | "duplicate-key" | "forbidden-key" | "too-many" | "truncated";
  /** Place in the bytes. */
  readonly offset: number;
  readonly length: number;
}

/** Nested modules take three levels each, the deepest values of a provider some twenty-five. */
export const MAX_DEPTH = 128;
/** Objects and lists: each takes memory however few bytes it is written with. A plan of 100,000 resources holds some 6 million; these take 1 GB at most. */
export const MAX_CONTAINERS = 12_000_000;

// Plain constants each: taken out of a list they are looked up for every byte.
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
/** Objects with more keys than this are compared by a hash table. */
const FEW_KEYS = 64;
/** Keys of one object while it is read. */
class Keys {
  count = 0;
  /** Whether each came after the one before it, as engines sort them: then the next one that does too is none of these. */
  isSorted = true;
  readonly hashes = new Int32Array(FEW_KEYS);
  readonly starts = new Float64Array(FEW_KEYS);
  readonly ends = new Float64Array(FEW_KEYS);
  many: Set<string> | undefined;

  clear(): void {
    this.count = 0;
    this.isSorted = true;
    this.many = undefined;
  }
}

/**
 * Looks through bytes that ought to be JSON for what the parser does not tell: duplicate and `__proto__` keys, nesting without end, more parts than
 * memory holds, an end in the middle. Everything else that is wrong the parser finds. One pass, no allocation for a usual object.
 */
export function scanJson(bytes: Buffer): ScanProblem | undefined {
  const isObject: boolean[] = [false];
  const keys: Keys[] = [new Keys()];
  let depth = 0;
  let wantsKey = false;
  let containers = 0;
  const length = bytes.length;
  for (let i = 0; i < length; i += 1) {
    switch (bytes[i]) {
      case QUOTE: {
        const start = i + 1;
        let escaped = false;
        for (i = start; i < length && bytes[i] !== QUOTE; i += 1) {
          if (bytes[i] !== BACKSLASH) continue;
          escaped = true;
          i += 1;
        }
        if (i >= length) return { kind: "truncated", offset: length, length: 1 };
        if (!wantsKey) break;
        wantsKey = false;
        const problem = addKey(bytes, keys[depth] as Keys, start, i, escaped);
        if (problem !== undefined) return { kind: problem, offset: start - 1, length: i - start + 2 };
        break;
      }
      case OPEN_BRACE:
      case OPEN_BRACKET: {
        depth += 1;
        containers += 1;
        if (depth > MAX_DEPTH) return { kind: "too-deep", offset: i, length: 1 };
        if (containers > MAX_CONTAINERS) return { kind: "too-many", offset: i, length: 1 };
        wantsKey = bytes[i] === OPEN_BRACE;
        isObject[depth] = wantsKey;
        const own = keys[depth] ?? new Keys();
        keys[depth] = own;
        own.clear();
        break;
      }
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        // One bracket too many is the parser's to tell.
        if (depth > 0) depth -= 1;
        wantsKey = false;
        break;
      case COMMA:
        wantsKey = isObject[depth] as boolean;
        break;
      case COLON:
        wantsKey = false;
        break;
    }
  }
  return depth > 0 ? { kind: "truncated", offset: length, length: 1 } : undefined;
}

/** Adds a key, given its place, to those of its object. */
function addKey(bytes: Buffer, keys: Keys, start: number, end: number, escaped: boolean): "duplicate-key" | "forbidden-key" | undefined {
  const size = end - start;
  const middle = bytes[start + (size >> 1)] as number;
  // Tells most keys of one object apart; those it does not are compared letter by letter.
  const hash = size ^ ((bytes[start] as number) << 8) ^ (middle << 16) ^ ((bytes[end - 1] as number) << 24);
  // No key of an engine needs an escape of its letters: written so, `__proto__` or a duplicate could hide.
  if (escaped || keys.many !== undefined || keys.count === FEW_KEYS) {
    keys.many ??= new Set(Array.from({ length: keys.count }, (_, at) => keyAt(bytes, keys.starts[at] as number, keys.ends[at] as number)));
    const key = keyAt(bytes, start, end);
    if (key === "__proto__") return "forbidden-key";
    if (keys.many.has(key)) return "duplicate-key";
    keys.many.add(key);
    return undefined;
  }
  if (size === 9 && keyAt(bytes, start, end) === "__proto__") return "forbidden-key";
  keys.isSorted &&=
    keys.count === 0 || isAfter(bytes, keys.starts[keys.count - 1] as number, keys.ends[keys.count - 1] as number, start, end);
  for (let at = 0; !keys.isSorted && at < keys.count; at += 1) {
    if (keys.hashes[at] !== hash) continue;
    if (bytes.compare(bytes, keys.starts[at], keys.ends[at], start, end) === 0) return "duplicate-key";
  }
  keys.hashes[keys.count] = hash;
  keys.starts[keys.count] = start;
  keys.ends[keys.count] = end;
  keys.count += 1;
  return undefined;
}

/** Whether the second text comes after the first, byte by byte. */
function isAfter(bytes: Buffer, firstStart: number, firstEnd: number, start: number, end: number): boolean {
  const shorter = Math.min(firstEnd - firstStart, end - start);
  for (let at = 0; at < shorter; at += 1) {
    const difference = (bytes[start + at] as number) - (bytes[firstStart + at] as number);
    if (difference !== 0) return difference > 0;
  }
  return end - start > firstEnd - firstStart;
}

function keyAt(bytes: Buffer, start: number, end: number): string {
  const written = bytes.toString("utf8", start, end);
  if (!written.includes("\\")) return written;
  try {
    return String(JSON.parse(`"${written}"`));
  } catch {
    // No key at all: the parser says so.
    return written;
  }
}

/** Where the value at a path begins in bytes that are JSON; where the path does not exist, its nearest ancestor. */
export function locateJson(bytes: Buffer, path: readonly (string | number)[]): number {
  let at = skipSpace(bytes, 0);
  for (const step of path) {
    const inside = enter(bytes, at, step);
    if (inside === undefined) return at;
    at = inside;
  }
  return at;
}

/** Beginning of one member of the object or list that begins here. */
function enter(bytes: Buffer, container: number, step: string | number): number | undefined {
  const isObject = bytes[container] === OPEN_BRACE;
  if (!isObject && bytes[container] !== OPEN_BRACKET) return undefined;
  let at = skipSpace(bytes, container + 1);
  for (let index = 0; at < bytes.length && bytes[at] !== CLOSE_BRACE && bytes[at] !== CLOSE_BRACKET; index += 1) {
    let key: string | number = index;
    if (isObject) {
      const end = skipValue(bytes, at);
      key = keyAt(bytes, at + 1, end - 1);
      at = skipSpace(bytes, skipSpace(bytes, end) + 1);
    }
    if (key === step) return at;
    at = skipSpace(bytes, skipValue(bytes, at));
    if (bytes[at] === COMMA) at = skipSpace(bytes, at + 1);
  }
  return undefined;
}

function skipSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] as number) <= 0x20) at += 1;
  return at;
}

/** First byte after the value that begins here. */
function skipValue(bytes: Buffer, from: number): number {
  let [at, depth] = [from, 0];
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) {
      for (at += 1; at < bytes.length && bytes[at] !== QUOTE; at += 1) if (bytes[at] === BACKSLASH) at += 1;
      if (depth === 0) return at + 1;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (depth === 0) return at;
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && (byte === COMMA || byte <= 0x20)) return at;
  }
  return at;
}
