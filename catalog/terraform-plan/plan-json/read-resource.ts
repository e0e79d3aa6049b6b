import type { PlannedResource, Reference } from "../planned-resource.ts";
import { isConfigured } from "./configuration.ts";
import type { PlanContext, RawChange } from "./read-change.ts";
import { type Fields, type ReadSide, readValues } from "./read-values.ts";

/**
 * One side of a change. Of most resources of a large plan nobody asks more than the type, so that attributes and references are read when they are asked
 * for; what is read is kept.
 */
export class ReadResource implements PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly ignoreChanges: readonly string[] = NONE;
  readonly createBeforeDestroy: boolean;
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
    this.createBeforeDestroy = raw.facts.order === "create-first";
    this.#raw = raw;
    this.#side = side;
    this.#context = context;
  }

  get values(): Fields {
    return this.#whole().values;
  }

  get unknown(): ReadonlySet<string> {
    this.#unknown ??= this.#readUnknown();
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
    const { address, type, name, values, unknown, references, ignoreChanges, sensitive, createBeforeDestroy } = this;
    return { address, type, name, values, unknown, references, ignoreChanges, sensitive, createBeforeDestroy };
  }

  #whole(): ReadSide {
    this.#read ??= this.#readWhole();
    return this.#read;
  }

  #readWhole(): ReadSide {
    const { type, change, before, after } = this.#raw;
    const isAfter = this.#side === "after";
    return readValues(type, {
      side: this.#side,
      value: (isAfter ? after : before) ?? NOTHING,
      unknown: isAfter ? change["after_unknown"] : undefined,
      sensitive: [change["before_sensitive"], change["after_sensitive"]],
      other: (isAfter ? before : after) ?? null,
    });
  }

  /** Left out of the configuration, a value that is not known yet is only the provider's to choose. */
  #readUnknown(): ReadonlySet<string> {
    const { unknown, sensitive } = this.#whole();
    if (unknown.size === 0) return sensitive;
    const configured = this.#context.configuration.resource(this.address);
    const open = configured === undefined ? unknown : [...unknown].filter((path) => isConfigured(configured.expressions, path));
    return new Set([...open, ...sensitive]);
  }
}

const NONE: readonly string[] = [];
const NOTHING: Fields = {};
