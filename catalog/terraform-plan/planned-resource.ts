/** What happens to a resource; `replace` is a delete and a create in either order. */
export type Action = "create" | "update" | "replace" | "delete" | "forget" | "no-op";

/** What a change really does, from what the providers were observed to do; Terraform's verb does not tell. */
export type DamageClass = "reboot" | "re-addressed" | "root-disk-lost" | "data-lost" | "exposure-changed" | "outage" | "fails-at-apply";
export const DAMAGE_CLASSES: readonly DamageClass[] = [
  "data-lost",
  "root-disk-lost",
  "fails-at-apply",
  "outage",
  "exposure-changed",
  "re-addressed",
  "reboot",
];

/** One resource as a plan or a synthesised configuration states it. */
export interface PlannedResource {
  /** `type.name`, with its module and index where it has them; unique within its stack. */
  readonly address: string;
  readonly type: string;
  readonly name: string;
  /** Attributes whose values are known; nested blocks as arrays of objects. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Dotted paths, list positions left out, of what will only be known after apply. */
  readonly unknown: ReadonlySet<string>;
  /** Dotted path → what the value there refers to, in order. */
  readonly references: ReadonlyMap<string, readonly Reference[]>;
  readonly ignoreChanges: readonly string[];
  /** Dotted paths of secrets, of which an engine's plan tells only whether they change; they count as unknown too. */
  readonly sensitive?: ReadonlySet<string>;
  /** Source of its provider as a plan names it, empty where it does not; undefined in what this program synthesises. */
  readonly provider?: string;
  /** Its replacement is made before the old one goes. */
  readonly createBeforeDestroy?: boolean;
}

/** A use of another resource's attribute: `${type.name.attribute}`. */
export interface Reference {
  readonly address: string;
  readonly attribute: string;
}

/** Stands among the references of a list, or of an expression, for what is known later and names no resource. */
export const NO_RESOURCE: Reference = { address: "", attribute: "" };

/** A resource before and after a change. */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  readonly before: PlannedResource | undefined;
  readonly after: PlannedResource | undefined;
  /** Dotted paths of the attributes that cause the action. */
  readonly cause: readonly string[];
  readonly damage: readonly DamageClass[];
  /** Why the engine replaces or deletes it, in its own word: `replace_because_tainted`, …; two configurations compared tell none. */
  readonly reason?: string | undefined;
  /** Order of a replacement, where an engine tells it; `forget` leaves the old object in the cloud. */
  readonly order?: "delete-first" | "create-first" | "forget" | undefined;
}

/** The engine's word for the replacement of what an apply left half made: no configuration asks for it, only the mark in the state. */
export const TAINTED = "replace_because_tainted";

/** Text at a path of one step, where it is known. */
export function stringValue(resource: PlannedResource | undefined, attribute: string): string | undefined {
  const value = resource?.values[attribute];
  return typeof value === "string" ? value : undefined;
}

/** The blocks of a name, whichever way the JSON writes a single one. */
export function blocks(resource: PlannedResource | undefined, name: string): readonly Readonly<Record<string, unknown>>[] {
  const value = resource?.values[name];
  if (Array.isArray(value)) return value as Record<string, unknown>[];
  return typeof value === "object" && value !== null ? [value as Record<string, unknown>] : [];
}

/** Addresses that a resource's attribute refers to. */
export function referredTo(resource: PlannedResource, path: string): readonly string[] {
  return (resource.references.get(path) ?? []).map(({ address }) => address);
}

/** Values at a dotted path, of each block where there are several; undefined where a block leaves it out. */
export function valuesAt(resource: PlannedResource | undefined, path: string): readonly unknown[] {
  return resource === undefined ? [] : valuesBelow(resource.values, path.split("."));
}

function valuesBelow(value: unknown, [step, ...rest]: readonly string[]): readonly unknown[] {
  if (step === undefined) return [value];
  if (Array.isArray(value)) return value.flatMap((each) => valuesBelow(each, [step, ...rest]));
  if (typeof value !== "object" || value === null) return [undefined];
  if (Object.hasOwn(value, step)) return valuesBelow((value as Record<string, unknown>)[step], rest);
  // A key may hold a dot itself: `limits.cpu` of a Kubernetes quota.
  const [next, ...others] = rest;
  return next === undefined ? [undefined] : valuesBelow(value, [`${step}.${next}`, ...others]);
}
