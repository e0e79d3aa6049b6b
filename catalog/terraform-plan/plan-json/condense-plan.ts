import { JsonCursor, NotPlain } from "./json-cursor.ts";

/** A plan's JSON without what it says twice, or says of nothing. */
export interface CondensedPlan {
  readonly text: string;
  /** Values that were taken out because another of the same change is the same, byte by byte. */
  readonly repeated: readonly Repeated[];
}

/** `resource_changes[index].change[key]` is what `[original]` beside it is. */
export interface Repeated {
  readonly list: "resource_changes" | "resource_drift";
  readonly index: number;
  readonly key: Side;
  readonly original: Side;
}

/** Stands in the text for what was taken out. */
const NOTHING = Buffer.from("null");
/** Bytes of a value that is worth taking out. */
const WORTH_IT = 16;
/** How many values are looked at to find the one that is repeated: plans list resources in the same order everywhere, some of them not. */
const LOOK_AHEAD = 3;

type Key =
  | "planned_values"
  | "prior_state"
  | "resource_changes"
  | "resource_drift"
  | "values"
  | "sensitive_values"
  | "change"
  | Side
  | Marks;
type Side = "before" | "after";
type Marks = "after_unknown" | "before_sensitive" | "after_sensitive";

const IN_PLAN = keys("planned_values", "prior_state", "resource_changes", "resource_drift");
const IN_LISTING = keys("values", "sensitive_values");
const IN_ENTRY = keys("change");
const IN_CHANGE = keys("before", "after", "after_unknown", "before_sensitive", "after_sensitive");
const OTHER_SIDE: Readonly<Record<Side, Side>> = { before: "after", after: "before" };

/**
 * Looks through the bytes of a plan once and takes out what nobody asks for: the values that `planned_values` and `prior_state` repeat, marks that mark
 * nothing, one side of what stays the same; most of a usual plan. Bytes that were seen before are not looked through again.
 *
 * @returns undefined for what is not in the plain form that engines write, faulty or not: the whole of it has to be parsed.
 */
export function condensePlan(bytes: Buffer): CondensedPlan | undefined {
  try {
    return new Condenser(bytes).condense();
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

/** A value that was looked through. */
interface Seen {
  readonly start: number;
  readonly end: number;
  readonly containers: number;
  /** Levels from its own to its deepest. */
  readonly levels: number;
  readonly trues: number;
}

/** Values of one kind in one section of a plan in order, and how far another section that repeats them has come. */
interface SeenList {
  readonly of: Kind;
  readonly values: Seen[];
  next: number;
}
/** What a provider's attributes hold, and which of them are secrets. */
type Kind = "values" | "marks";
type Section = Readonly<Record<Kind, SeenList>>;

class Condenser {
  readonly #cursor: JsonCursor;
  /** Beginning and end, in turn, of what is taken out. */
  readonly #cuts: number[] = [];
  readonly #repeated: Repeated[] = [];
  readonly #seenLists: SeenList[] = [];

  constructor(bytes: Buffer) {
    this.#cursor = new JsonCursor(bytes);
  }

  condense(): CondensedPlan {
    const cursor = this.#cursor;
    if (!cursor.isAtObject()) throw new NotPlain();
    cursor.object(0, (start, end) => {
      const key = this.#keyAt(start, end, IN_PLAN);
      if (key === "planned_values" || key === "prior_state") this.#listing(1, false, this.#newSection());
      else if ((key === "resource_changes" || key === "resource_drift") && cursor.isAtList()) this.#changes(key);
      else cursor.value(1);
    });
    cursor.end();
    return { text: this.#text(), repeated: this.#repeated };
  }

  #newSection(): Section {
    for (const list of this.#seenLists) list.next = 0;
    const section: Section = { values: { of: "values", values: [], next: 0 }, marks: { of: "marks", values: [], next: 0 } };
    this.#seenLists.push(section.values, section.marks);
    return section;
  }

  /** Of the resources that a section lists nothing but their places is asked for. */
  #listing(depth: number, isListed: boolean, section: Section): void {
    const cursor = this.#cursor;
    if (cursor.isAtList()) cursor.list(depth, () => this.#listing(depth + 1, true, section));
    else if (!cursor.isAtObject()) cursor.value(depth);
    else
      cursor.object(depth, (start, end) => {
        const key = isListed ? this.#keyAt(start, end, IN_LISTING) : undefined;
        if (key === undefined) this.#listing(depth + 1, false, section);
        else this.#cut(this.#seen(depth + 1, undefined, key === "values" ? section.values : section.marks));
      });
  }

  #changes(list: Repeated["list"]): void {
    const cursor = this.#cursor;
    const section = this.#newSection();
    cursor.list(1, (index) => {
      if (!cursor.isAtObject()) return cursor.value(2);
      cursor.object(2, (start, end) => {
        if (this.#keyAt(start, end, IN_ENTRY) === "change" && cursor.isAtObject()) this.#change(list, index, section);
        else cursor.value(3);
      });
    });
  }

  #change(list: Repeated["list"], index: number, section: Section): void {
    const cursor = this.#cursor;
    let first: Seen | undefined;
    let firstMarks: Seen | undefined;
    cursor.object(3, (start, end) => {
      const key = this.#keyAt(start, end, IN_CHANGE);
      if (key === "before" || key === "after") {
        if (!cursor.isAtObject()) return cursor.value(4);
        const seen = this.#seen(4, first, section.values);
        if (first !== undefined && this.#isSame(first, seen)) {
          this.#cut(seen);
          this.#repeated.push({ list, index, key, original: OTHER_SIDE[key] });
        }
        first = seen;
      } else if (key !== undefined) {
        const marks = this.#seen(4, firstMarks, section.marks);
        // Neither true as a whole nor anywhere inside.
        if (marks.trues === 0) this.#cut(marks);
        if (key !== "after_unknown") firstMarks = marks;
      } else cursor.value(4);
    });
  }

  /** Passes over a value at so many levels whose like may have been seen: the one beside it, or in another section. */
  #seen(depth: number, beside: Seen | undefined, own: SeenList): Seen {
    if (!this.#cursor.isAtObject()) return this.#passed(depth);
    if (beside !== undefined && this.#skips(beside, depth)) return this.#moved(beside);
    for (const list of this.#seenLists) {
      if (list === own || list.of !== own.of) continue;
      const end = Math.min(list.next + LOOK_AHEAD, list.values.length);
      for (let at = list.next; at < end; at += 1) {
        const known = list.values[at] as Seen;
        if (!this.#skips(known, depth)) continue;
        list.next = at + 1;
        return this.#moved(known);
      }
    }
    const passed = this.#passed(depth);
    own.values.push(passed);
    return passed;
  }

  /** Skips the object that comes next where its bytes are those of one that was looked through. */
  #skips(known: Seen, depth: number): boolean {
    const cursor = this.#cursor;
    const { bytes, at } = cursor;
    const { start, end } = known;
    const to = at + end - start;
    // Most that differ do so here already.
    if (to > bytes.length || bytes[to - 1] !== bytes[end - 1] || bytes[to - 3] !== bytes[end - 3]) return false;
    if (!cursor.admits(known.containers, depth + known.levels) || bytes.compare(bytes, start, end, at, to) !== 0) return false;
    cursor.skip(to, known);
    return true;
  }

  /** The same as it stands just before the cursor. */
  #moved({ start, end, containers, levels, trues }: Seen): Seen {
    const { at } = this.#cursor;
    return { start: at - (end - start), end: at, containers, levels, trues };
  }

  #passed(depth: number): Seen {
    const cursor = this.#cursor;
    cursor.next();
    const { at: start, containers, trues } = cursor;
    cursor.deepest = depth;
    cursor.value(depth);
    return {
      start,
      end: cursor.at,
      containers: cursor.containers - containers,
      levels: cursor.deepest - depth,
      trues: cursor.trues - trues,
    };
  }

  #isSame(one: Seen, other: Seen): boolean {
    const { bytes } = this.#cursor;
    return one.end - one.start === other.end - other.start && bytes.compare(bytes, one.start, one.end, other.start, other.end) === 0;
  }

  #cut({ start, end }: Seen): void {
    if (end - start >= WORTH_IT) this.#cuts.push(start, end);
  }

  #text(): string {
    const { bytes } = this.#cursor;
    const cuts = this.#cuts;
    const kept = Buffer.allocUnsafe(bytes.length);
    let [from, to] = [0, 0];
    for (let at = 0; at < cuts.length; at += 2) {
      to += bytes.copy(kept, to, from, cuts[at]);
      to += NOTHING.copy(kept, to);
      from = cuts[at + 1] as number;
    }
    to += bytes.copy(kept, to, from);
    return kept.toString("utf8", 0, to);
  }

  /** Which of these keys stands there. A text for each key of a file would cost more than the whole look. */
  #keyAt<K extends Key>(start: number, end: number, among: readonly Named<K>[]): K | undefined {
    const { bytes } = this.#cursor;
    for (let index = 0; index < among.length; index += 1) {
      const { key, letters } = among[index] as Named<K>;
      if (letters.length === end - start && isAt(bytes, start, letters)) return key;
    }
    return undefined;
  }
}

function isAt(bytes: Buffer, start: number, letters: Buffer): boolean {
  for (let index = 0; index < letters.length; index += 1) if (bytes[start + index] !== letters[index]) return false;
  return true;
}

interface Named<K extends Key> {
  readonly key: K;
  readonly letters: Buffer;
}

function keys<K extends Key>(...all: readonly K[]): readonly Named<K>[] {
  return all.map((key) => ({ key, letters: Buffer.from(key) }));
}
