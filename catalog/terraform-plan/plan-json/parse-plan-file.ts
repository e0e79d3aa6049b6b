import { isUtf8 } from "node:buffer";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { type Diagnostic, type DiagnosticCode, diagnoseFile, InvalidInput, type SourceRange } from "../../source/diagnostic.ts";
import { type Text, text } from "../../text.ts";
import { CUT, cutListings, type Listing, type ListingKey } from "./cut-listings.ts";
import { findJsonFault } from "./find-json-fault.ts";
import { isRecord } from "./read-values.ts";
import { locateJson, MAX_CONTAINERS, MAX_DEPTH, type ScanProblem, scanJson } from "./scan-json.ts";
import { surveyPlan } from "./survey-plan.ts";

/** A plan of 100,000 unchanged resources takes some 495 MiB; what is longer than a text of the runtime (512 MiB) cannot be parsed at all. */
export const MAX_PLAN_BYTES = 500 * 1024 * 1024;
/** Bytes of a plan from which on its listings are passed over: what the processor's cache holds is parsed as quickly. */
const MIN_CUT_BYTES = 8 * 1024 * 1024;
/** More errors than this in one file tell nothing more, and each is looked for from its beginning. */
const MAX_ERRORS = 10;

export type Path = readonly (string | number)[];

/** A parsed plan file, and what is found wrong with it; nothing that it says of an attribute is ever repeated. */
export class PlanFile {
  readonly name: string;
  /** All of it but the listings of resources, which {@link listing} parses. */
  readonly value: unknown;
  /** Whether any number of it is infinite for a computer. */
  readonly hasInfinity: boolean;
  readonly #bytes: Buffer;
  readonly #listings: Listings;
  readonly #diagnostics: Diagnostic[] = [];

  constructor(name: string, { value, listings }: Parsed, bytes: Buffer, hasInfinity: boolean) {
    this.name = name;
    this.value = value;
    this.hasInfinity = hasInfinity;
    this.#bytes = bytes;
    this.#listings = listings;
  }

  /** Addresses of the managed resources that a listing holds; undefined where they have not been read yet. */
  addressesIn(key: ListingKey): readonly string[] | undefined {
    return this.#listings.get(key)?.addresses;
  }

  /**
   * What lists the resources once more, parsed when it is asked for; undefined where the plan has no such part.
   *
   * @throws InvalidInput where it is no JSON.
   */
  listing(key: ListingKey): unknown {
    const cut = this.#listings.get(key);
    if (cut === undefined) return isRecord(this.value) ? this.value[key] : undefined;
    const bytes = this.#bytes;
    try {
      return JSON.parse(bytes.toString("utf8", cut.start, cut.end));
    } catch {
      throw syntaxError(this.name, bytes, bytes.toString("utf8"), scanJson(bytes));
    }
  }

  report(path: Path, code: DiagnosticCode, message: Text): void {
    if (this.#diagnostics.length < MAX_ERRORS)
      this.#diagnostics.push({ file: this.name, range: rangeAt(this.#bytes, locateJson(this.#bytes, path), 1), code, message });
  }

  /** @throws InvalidInput with everything reported so far. */
  throwIfInvalid(): void {
    if (this.#diagnostics.length > 0) throw new InvalidInput(this.#diagnostics);
  }
}

/**
 * Reads a plan file, never more than the limit of it.
 *
 * @throws InvalidInput where it cannot be read or is too large.
 */
export function readPlanBytes(path: string, name: string = path): Buffer {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, "r");
    const stat = fstatSync(descriptor);
    if (!stat.isFile())
      throw refused(name, "unreadable-file", text("不是普通文件", "Cannot read the plan: it is not a regular file; wanted a plan file"));
    if (stat.size > MAX_PLAN_BYTES) throw tooLarge(name);
    const bytes = Buffer.allocUnsafe(stat.size);
    let filled = 0;
    for (let count = -1; count !== 0 && filled < bytes.length; filled += count)
      count = readSync(descriptor, bytes, filled, bytes.length - filled, filled);
    return bytes.subarray(0, filled);
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? "";
    throw refused(name, "unreadable-file", text(`无法读取计划文件（${code}）`, `Cannot read the plan (${code}): wanted a readable file`));
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/**
 * Parses what the engine has just printed of a plan that this program made: JSON from a program that is trusted to write each key once. What would
 * do harm all the same, a key `__proto__` and nesting without end, is refused as in {@link parseForeignPlan}.
 *
 * @param minCutBytes what is shorter is parsed whole.
 * @throws InvalidInput where it is too large, not UTF-8, not one whole JSON object, has a key `__proto__` or is nested too deep.
 */
export function parseEnginePlan(name: string, content: Uint8Array, minCutBytes: number = MIN_CUT_BYTES): PlanFile {
  const bytes = checkSize(name, content);
  const cut = bytes.length >= minCutBytes && isUtf8(bytes) ? parseCut(bytes) : undefined;
  const words = cut?.words ?? readText(name, bytes);
  const parsed = cut ?? whole(parse(name, bytes, words, () => scanJson(bytes)));
  const { isDeep, hasInfinity } = surveyPlan(parsed.value);
  if (isDeep || PROTO.test(words)) {
    const problem = scanJson(bytes);
    if (problem !== undefined) throw scanned(name, bytes, problem);
  }
  return new PlanFile(name, parsed, bytes, hasInfinity);
}

type Listings = ReadonlyMap<ListingKey, Listing>;

/** A plan, and what of it was not parsed. */
interface Parsed {
  readonly value: unknown;
  readonly listings: Listings;
}

function whole(value: unknown): Parsed {
  return { value, listings: new Map() };
}

/** Parses what is left when the listings are cut out; undefined where they cannot be, or where anything is wrong with the rest. */
function parseCut(bytes: Buffer): (Parsed & { readonly words: string }) | undefined {
  const cut = cutListings(bytes);
  if (cut === undefined) return undefined;
  const { words, listings } = cut;
  let value: unknown;
  try {
    value = JSON.parse(words);
  } catch {
    return undefined;
  }
  // What was cut out of anything else than the plan itself was no listing of it.
  if (!isRecord(value) || [...listings.keys()].some((key) => value[key] !== CUT)) return undefined;
  return { words, value, listings };
}

/**
 * Parses a plan file from elsewhere, which is hostile input.
 *
 * @throws InvalidInput where it is too large, not UTF-8, not one whole JSON object, nested too deep, of too many parts, or has a key twice or `__proto__`.
 */
export function parseForeignPlan(name: string, content: Uint8Array): PlanFile {
  const bytes = checkSize(name, content);
  const problem = scanJson(bytes);
  // What breaks off is looked at last: a file that is no JSON at all seems to break off too.
  if (problem !== undefined && problem.kind !== "truncated") throw scanned(name, bytes, problem);
  const parsed = whole(parse(name, bytes, readText(name, bytes), () => problem));
  return new PlanFile(name, parsed, bytes, surveyPlan(parsed.value).hasInfinity);
}

/** Where a key `__proto__` may stand: the word, or an escape for any of its letters. A text may hold the like too. */
const PROTO = /__proto__|\\u00(?:5f|6f|7[024])/i;

function checkSize(name: string, content: Uint8Array): Buffer {
  if (content.byteLength > MAX_PLAN_BYTES) throw tooLarge(name);
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (bytes.every((byte) => byte <= 0x20))
    throw refused(name, "syntax", text("文件是空的", "Cannot read the plan: the file is empty; wanted the output of show -json"));
  return bytes;
}

function readText(name: string, bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  throw refused(
    name,
    "unreadable-file",
    text("文件不是 UTF-8 编码", "Cannot read the plan: it is not UTF-8; wanted the output of show -json"),
  );
}

function parse(name: string, bytes: Buffer, words: string, scan: () => ScanProblem | undefined): unknown {
  try {
    return JSON.parse(words);
  } catch {
    throw syntaxError(name, bytes, words, scan());
  }
}

/** The parser's own message repeats a piece of the file, which may be a secret. */
function syntaxError(name: string, bytes: Buffer, words: string, problem: ScanProblem | undefined): InvalidInput {
  const fault = findJsonFault(words);
  if (problem !== undefined && breaksOff(words.slice(fault))) return scanned(name, bytes, problem);
  const at = Buffer.byteLength(words.slice(0, fault));
  return at >= bytes.length
    ? scanned(name, bytes, { kind: "truncated", offset: bytes.length, length: 1 })
    : new InvalidInput([
        {
          file: name,
          range: rangeAt(bytes, at, 1),
          code: "syntax",
          message: text(
            "不是一个完整的 JSON 文档；需要 terraform 或 tofu show -json 的输出",
            "Cannot read the plan: this is not one JSON document; wanted the output of terraform or tofu show -json",
          ),
        },
      ]);
}

/** Whether this is the beginning of a text, a number or a word without its end. */
function breaksOff(rest: string): boolean {
  if (!rest.startsWith('"')) return /^[\w.+-]{0,40}$/.test(rest);
  for (let at = 1; at < rest.length; at += 1) {
    if (rest[at] === '"') return false;
    if (rest[at] === "\\") at += 1;
  }
  return true;
}

const PROBLEMS: Readonly<Record<ScanProblem["kind"], readonly [DiagnosticCode, Text]>> = {
  "too-deep": [
    "too-deep",
    text(`嵌套超过 ${MAX_DEPTH} 层`, `Cannot read the plan: it nests deeper than ${MAX_DEPTH} levels; wanted what an engine writes`),
  ],
  "duplicate-key": [
    "duplicate-key",
    text("同一对象里有重复的键", "Cannot read the plan: a key stands twice in one object; wanted each once, as an engine writes it"),
  ],
  "forbidden-key": ["not-allowed", text("不允许键 __proto__", "Cannot read the plan: a key is __proto__; wanted what an engine writes")],
  "too-many": [
    "file-too-large",
    text(
      `对象与列表超过 ${MAX_CONTAINERS} 个`,
      `Cannot read the plan: it holds more than ${MAX_CONTAINERS} objects and lists; wanted a plan of fewer resources`,
    ),
  ],
  truncated: [
    "syntax",
    text("文件不完整：在中途结束", "Cannot read the plan: the file breaks off here; wanted the whole output of show -json"),
  ],
};

function scanned(name: string, bytes: Buffer, { kind, offset, length }: ScanProblem): InvalidInput {
  const [code, message] = PROBLEMS[kind];
  return new InvalidInput([{ file: name, range: rangeAt(bytes, offset, length), code, message }]);
}

function tooLarge(name: string): InvalidInput {
  return refused(
    name,
    "file-too-large",
    text(`文件超过上限 ${MAX_PLAN_BYTES} 字节`, `Cannot read the plan: it is larger than the limit of ${MAX_PLAN_BYTES} bytes`),
  );
}

function refused(name: string, code: DiagnosticCode, message: Text): InvalidInput {
  return new InvalidInput([diagnoseFile(name, code, message)]);
}

/** Lines and columns count from 1, columns in characters. */
function rangeAt(bytes: Buffer, offset: number, length: number): SourceRange {
  const at = Math.min(offset, bytes.length);
  let [line, start] = [1, 0];
  for (let next = bytes.indexOf(0x0a); next >= 0 && next < at; next = bytes.indexOf(0x0a, next + 1)) {
    line += 1;
    start = next + 1;
  }
  return { line, column: bytes.toString("utf8", start, at).length + 1, length: Math.max(1, length) };
}
