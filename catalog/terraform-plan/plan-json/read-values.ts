import { isKnownSecret, isSecretName, knownSecrets, sensitiveMarker } from "./sensitive.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** One side of a change as the plan writes it. */
export interface RawSide {
  readonly side: "before" | "after";
  readonly value: Fields;
  /** `after_unknown`; nothing is unknown before. */
  readonly unknown: unknown;
  /** Marks of both sides: what was a secret stays one. */
  readonly sensitive: readonly [unknown, unknown];
  /** The value of the other side, to tell whether a secret changes. */
  readonly other: unknown;
}

export interface ReadSide {
  readonly values: Fields;
  /** Everything that the engine does not know yet, left out of the configuration or not; a path in a list may stand here several times. */
  readonly unknown: readonly string[];
  readonly sensitive: ReadonlySet<string>;
  /** A path that holds a number no computer means: infinite or too large. */
  readonly badNumber: string | undefined;
}

/** Reads the attributes of one side: secrets become markers, what is null or not known yet is left out. */
export function readValues(type: string, { side, value, unknown, sensitive, other }: RawSide): ReadSide {
  const reader = new Reader(type, side);
  const values = reader.read(value, unknown, sensitive[0], sensitive[1], other, "", "");
  return {
    values: isRecord(values) ? values : {},
    unknown: reader.unknown,
    sensitive: reader.sensitive,
    badNumber: reader.badNumber,
  };
}

class Reader {
  badNumber: string | undefined;
  // Most resources have neither, and a plan has many resources.
  #unknown: string[] | undefined;
  #sensitive: Set<string> | undefined;
  readonly #secrets: readonly string[];
  readonly #side: "before" | "after";

  constructor(type: string, side: "before" | "after") {
    this.#secrets = knownSecrets(type);
    this.#side = side;
  }

  get unknown(): readonly string[] {
    return this.#unknown ?? NONE;
  }

  get sensitive(): ReadonlySet<string> {
    return this.#sensitive ?? NO_PATHS;
  }

  /**
   * `mark` and `otherMark` are what either side of the change marks as a secret. Of most values nobody asks the path, which is that of the parent and the
   * key. What is read as it is written is no copy.
   */
  read(value: unknown, unknown: unknown, mark: unknown, otherMark: unknown, other: unknown, parent: string, key: string): unknown {
    if (unknown === true) {
      this.#addUnknown(joined(parent, key));
      return undefined;
    }
    if (value === null || value === undefined) {
      if (unknown !== undefined) this.#collectUnknown(unknown, joined(parent, key));
      return undefined;
    }
    if (mark === true || otherMark === true || (key !== "" && isSecretValue(value) && isKnownSecret(this.#secrets, parent, key))) {
      this.#sensitive ??= new Set();
      this.#sensitive.add(joined(parent, key));
      return sensitiveMarker(this.#side, value, other);
    }
    if (typeof value === "object")
      return Array.isArray(value)
        ? this.#readList(value, unknown, mark, otherMark, other, parent, key)
        : this.#readRecord(value as Fields, unknown, mark, otherMark, other, joined(parent, key));
    if (typeof value === "number" && !Number.isFinite(value)) this.badNumber ??= joined(parent, key);
    return value;
  }

  #readList(
    list: readonly unknown[],
    unknown: unknown,
    mark: unknown,
    otherMark: unknown,
    other: unknown,
    parent: string,
    key: string,
  ): readonly unknown[] {
    const [unknowns, marks, otherMarks, others] = [listOf(unknown), listOf(mark), listOf(otherMark), listOf(other)];
    let found: unknown[] | undefined;
    for (let index = 0; index < list.length; index += 1) {
      const read = this.read(list[index], unknowns[index], marks[index], otherMarks[index], others[index], parent, key);
      if (found === undefined && read === list[index]) continue;
      found ??= list.slice(0, index);
      if (read !== undefined) found.push(read);
    }
    for (let index = list.length; index < unknowns.length; index += 1) this.#collectUnknown(unknowns[index], joined(parent, key));
    return found ?? list;
  }

  #readRecord(record: Fields, unknown: unknown, mark: unknown, otherMark: unknown, other: unknown, path: string): Fields {
    const unknowns = recordOf(unknown);
    const marks = recordOf(mark);
    const otherMarks = recordOf(otherMark);
    const others = recordOf(other);
    const named = typeof record["name"] === "string" && isSecretName(record["name"]);
    let found: Record<string, unknown> | undefined;
    for (const key in record) {
      const value = record[key];
      const open = unknowns[key];
      let read: unknown;
      // Most attributes are left out.
      if (value !== null || open !== undefined) {
        // Environment variables and the like: the secret stands beside its name.
        const own = named && key === "value" ? true : marks[key];
        read = this.read(value, open, own, otherMarks[key], others[key], path, key);
      }
      if (found === undefined) {
        if (read === value) continue;
        found = beginning(record, key);
      }
      if (read !== undefined) found[key] = read;
    }
    for (const key in unknowns) if (!Object.hasOwn(record, key)) this.#collectUnknown(unknowns[key], joined(path, key));
    return found ?? record;
  }

  #collectUnknown(unknown: unknown, path: string): void {
    if (unknown === undefined) return;
    if (unknown === true) this.#addUnknown(path);
    else if (Array.isArray(unknown)) for (const each of unknown) this.#collectUnknown(each, path);
    else if (isRecord(unknown)) for (const [key, each] of Object.entries(unknown)) this.#collectUnknown(each, joined(path, key));
  }

  #addUnknown(path: string): void {
    this.#unknown ??= [];
    this.#unknown.push(path);
  }
}

function joined(parent: string, key: string): string {
  return parent === "" ? key : `${parent}.${key}`;
}

/** What stands in a record before one of its keys. */
function beginning(record: Fields, end: string): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const key in record) {
    if (key === end) break;
    found[key] = record[key];
  }
  return found;
}

const NONE: readonly string[] = [];
const NO_PATHS: ReadonlySet<string> = new Set();
const NOTHING: Fields = {};
const EMPTY: readonly unknown[] = [];

function recordOf(value: unknown): Fields {
  return isRecord(value) ? value : NOTHING;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : EMPTY;
}

/** A flag named after a secret is none, nor is what is empty. */
function isSecretValue(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return typeof value !== "boolean" && value !== "";
  return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0;
}

export function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
