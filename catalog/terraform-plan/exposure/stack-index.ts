import { type PlannedResource, type Reference, stringValue } from "../planned-resource.ts";

/** What an attribute names: a resource of this stack, something made elsewhere, or what only the apply will tell. */
export type Target =
  | { readonly kind: "own"; readonly resource: PlannedResource }
  | { readonly kind: "foreign"; readonly id: string }
  | { readonly kind: "unknown" };

const NONE: readonly Reference[] = [];
const NOTHING: readonly Target[] = [];
const UNKNOWN: readonly Target[] = [{ kind: "unknown" }];

/** The resources of one stack by type, by address and by the id that a resource in being has. */
export class StackIndex {
  readonly #byType: ReadonlyMap<string, readonly PlannedResource[]>;
  readonly #byAddress = new Map<string, PlannedResource[]>();
  readonly #byId = new Map<string, PlannedResource>();

  constructor(resources: readonly PlannedResource[]) {
    const byType = new Map<string, PlannedResource[]>();
    for (const resource of resources) {
      append(byType, resource.type, resource);
      append(this.#byAddress, resource.address, resource);
      // A reference names `type.name`, also where count or for_each make it several.
      const bare = resource.address.replace(/\[[^[]*\]$/, "");
      if (bare !== resource.address) append(this.#byAddress, bare, resource);
      const id = stringValue(resource, "id");
      if (id !== undefined && id !== "") this.#byId.set(`${resource.type} ${id}`, resource);
    }
    this.#byType = byType;
  }

  ofType(type: string): readonly PlannedResource[] {
    return this.#byType.get(type) ?? [];
  }

  /** Everything that a path (`port_id`, `network.port`) of a resource names, each once; nothing where it is left out. */
  resolve(resource: PlannedResource, path: string, type: string): readonly Target[] {
    const references = resource.references.get(path) ?? NONE;
    // Most attributes are left out, most others are one reference: this runs for every resource of a plan.
    const dot = path.indexOf(".");
    const value = resource.values[dot < 0 ? path : path.slice(0, dot)];
    const [only] = references;
    if (only === undefined && value === undefined) return resource.unknown.has(path) ? UNKNOWN : NOTHING;
    if (only !== undefined && references.length === 1 && value === undefined) {
      const [own, ...others] = this.#byAddress.get(only.address) ?? [];
      if (own?.type === type && others.length === 0) return [{ kind: "own", resource: own }];
    }
    const values = textsAt(resource.values, path.split("."));
    const isUnknown = resource.unknown.has(path);
    const found = new Map<string, Target>();
    const add = (target: Target) => found.set(targetKey(target), target);
    // A value that is known is what it is, whatever its expression refers to: told by its id, or by the attribute that it was taken from.
    const settled = new Set<string>();
    for (const id of values) {
      const own = this.#byId.get(`${type} ${id}`);
      if (own === undefined) continue;
      add({ kind: "own", resource: own });
      settled.add(id);
    }
    const pending: Target[] = [];
    for (const { address, attribute } of references) {
      const all = this.#byAddress.get(address) ?? [];
      const own = all.filter((each) => each.type === type);
      // Another kind of thing with the same text for an id, such as a namespace with the name of a group: the text tells more.
      if (own.length === 0 && all.some((each) => textsAt(each.values[attribute], []).some((value) => values.includes(value)))) continue;
      if (own.length === 0) pending.push(address === "" ? { kind: "unknown" } : { kind: "foreign", id: `${address}.${attribute}` });
      for (const each of own) {
        const known = textsAt(each.values[attribute], []);
        const taken = known.filter((value) => values.includes(value));
        for (const value of taken) settled.add(value);
        if (taken.length > 0) add({ kind: "own", resource: each });
        else if (isUnknown || known.length === 0) pending.push({ kind: "own", resource: each });
      }
    }
    const others = values.filter((value) => !settled.has(value));
    if (isUnknown || others.length > 0) for (const target of pending) add(target);
    // Where each other value has a reference, they are the same things told twice.
    if (isUnknown || pending.length !== others.length) for (const id of others) add({ kind: "foreign", id });
    if (isUnknown && references.length === 0) add({ kind: "unknown" });
    return [...found.values()];
  }

  /** The resource of this stack that an attribute names. */
  own(resource: PlannedResource, path: string, type: string): PlannedResource | undefined {
    const [target, ...others] = this.resolve(resource, path, type);
    return target?.kind === "own" && others.length === 0 ? target.resource : undefined;
  }
}

const INDEXES = new WeakMap<readonly PlannedResource[], StackIndex>();

/** Several readers look at the same stack; it is indexed once. */
export function indexStack(resources: readonly PlannedResource[]): StackIndex {
  const index = INDEXES.get(resources) ?? new StackIndex(resources);
  INDEXES.set(resources, index);
  return index;
}

/** A name for a target within one stack. */
export function targetKey(target: Target): string {
  return target.kind === "own" ? target.resource.address : target.kind === "foreign" ? `id ${target.id}` : "unknown";
}

/** Not empty texts at a path, through lists and blocks. */
export function textsAt(value: unknown, path: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => textsAt(each, path));
  const [key, ...rest] = path;
  if (key === undefined) return typeof value === "string" && value !== "" ? [value] : [];
  return typeof value === "object" && value !== null ? textsAt((value as Record<string, unknown>)[key], rest) : [];
}

export function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
