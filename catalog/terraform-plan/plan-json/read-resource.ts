import type { PlannedResource, Reference } from "../planned-resource.ts";
import { isConfigured } from "./configuration.ts";
import type { PlanContext, RawChange } from "./read-change.ts";
import { type Fields, type ReadSide, readValues } from "./read-values.ts";

/** A resource of an engine's plan. */
export interface ReadResource extends PlannedResource {
  readonly sensitive: ReadonlySet<string>;
  /** A path that holds a number no computer means: infinite or too large. */
  readonly badNumber: string | undefined;
}

/**
 * One side of a change. Of most resources of a large plan nobody asks more than the type, so that attributes and references are read when they are asked
 * for; what is read is kept. The accessors are the object's own, so that a copy of it holds all.
 */
export function readResource(raw: RawChange, side: "before" | "after", context: PlanContext): ReadResource {
  let read: ReadSide | undefined;
  let open: ReadonlySet<string> | undefined;
  let referred: ReadonlyMap<string, readonly Reference[]> | undefined;
  const whole = () => {
    read ??= readSide(raw, side);
    return read;
  };
  return {
    address: raw.address,
    type: raw.type,
    name: raw.name,
    ignoreChanges: NONE,
    createBeforeDestroy: raw.facts.order === "create-first",
    get values() {
      return whole().values;
    },
    get unknown() {
      open ??= readUnknown(raw, whole(), context);
      return open;
    },
    get references() {
      referred ??= context.references().read(raw, side, this.values, this.unknown);
      return referred;
    },
    get sensitive() {
      return whole().sensitive;
    },
    get badNumber() {
      return whole().badNumber;
    },
  };
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
  if (unknown.size === 0) return sensitive;
  const configured = configuration.resource(address);
  const open = configured === undefined ? unknown : [...unknown].filter((path) => isConfigured(configured.expressions, path));
  return new Set([...open, ...sensitive]);
}

const NONE: readonly string[] = [];
const NOTHING: Fields = {};
