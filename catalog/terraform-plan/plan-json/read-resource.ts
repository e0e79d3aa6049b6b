import type { PlannedResource, Reference } from "../planned-resource.ts";
import { isConfigured } from "./configuration.ts";
import type { PlanContext, RawChange } from "./read-change.ts";
import { type Fields, type ReadSide, readValues } from "./read-values.ts";

/**
 * One side of a change. Of most resources of a large plan nobody asks more than the type, so that attributes and references are read when they are asked
 * for; what is read is kept. A copy of its fields holds none of these: it is handed on as it is.
 */
export class ReadResource implements PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly ignoreChanges: readonly string[] = NONE;
  readonly createBeforeDestroy: boolean;
  readonly provider: string;
  readonly #raw: RawChange;
  readonly #side: "before" | "after";
  readonly #context: PlanContext;
  #read: ReadSide | undefined;
  #unknown: ReadonlySet<string> | undefined;
  #references: ReadonlyMap<string, readonly Reference[]> | undefined;

  constructor(raw: RawChange, side: "before" | "after", context: PlanContext) {
    this.address = raw.address;
    this.type = raw.type;
    this.name = raw.name;
    this.provider = raw.provider;
    this.createBeforeDestroy = raw.facts.order === "create-first";
    this.#raw = raw;
    this.#side = side;
    this.#context = context;
  }

  get values(): Fields {
    return this.#whole().values;
  }

  get unknown(): ReadonlySet<string> {
    this.#unknown ??= readUnknown(this.#raw, this.#whole(), this.#context);
    return this.#unknown;
  }

  get references(): ReadonlyMap<string, readonly Reference[]> {
    this.#references ??= this.#context.references().read(this.#raw, this.#side, this.values, this.unknown);
    return this.#references;
  }

  get sensitive(): ReadonlySet<string> {
    return this.#whole().sensitive;
  }

  /** A path that holds a number no computer means: infinite or too large. */
  get badNumber(): string | undefined {
    return this.#whole().badNumber;
  }

  /** All of it, as it is written out. */
  toJSON(): PlannedResource {
    const { address, type, name, provider, values, unknown, references, ignoreChanges, sensitive, createBeforeDestroy } = this;
    return { address, type, name, provider, values, unknown, references, ignoreChanges, sensitive, createBeforeDestroy };
  }

  #whole(): ReadSide {
    this.#read ??= readSide(this.#raw, this.#side);
    return this.#read;
  }
}

function readSide({ type, change, before, after }: RawChange, side: "before" | "after"): ReadSide {
  const isAfter = side === "after";
  return readValues(type, {
    side,
    value: (isAfter ? after : before) ?? NOTHING,
    unknown: isAfter ? change["after_unknown"] : undefined,
    sensitive: [change["before_sensitive"], change["after_sensitive"]],
    other: (isAfter ? before : after) ?? null,
  });
}

/** Left out of the configuration, a value that is not known yet is only the provider's to choose. */
function readUnknown({ address }: RawChange, { unknown, sensitive }: ReadSide, { configuration }: PlanContext): ReadonlySet<string> {
  if (unknown.length === 0) return sensitive;
  const configured = configuration.resource(address);
  let open: Set<string> | undefined;
  for (const path of unknown)
    if (configured === undefined || isConfigured(configured.expressions, path)) {
      open ??= new Set(sensitive);
      open.add(path);
    }
  return open ?? sensitive;
}

const NONE: readonly string[] = [];
const NOTHING: Fields = {};
