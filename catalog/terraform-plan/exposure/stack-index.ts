import { type PlannedResource, type Reference, stringValue } from "../planned-resource.ts";

/** What an attribute names: a resource of this stack, something made elsewhere, or what only the apply will tell. */
export type Target =
  | { readonly kind: "own"; readonly resource: PlannedResource }
  | { readonly kind: "foreign"; readonly id: string }
  | { readonly kind: "unknown" };

const NONE: readonly Reference[] = [];
const NOTHING: readonly Target[] = [];
const UNKNOWN: readonly Target[] = [{ kind: "unknown" }];

/** The resources of one type by address and by the id that a resource in being has. */
interface Named {
  readonly byAddress: ReadonlyMap<string, readonly PlannedResource[]>;
  readonly byId: ReadonlyMap<string, PlannedResource>;
}

/** The resources of one stack by type, and in it by what names them. */
export class StackIndex {
  readonly #byType = new Map<string, PlannedResource[]>();
  /** Few types are ever named by another resource: each is read when the first asks. */
  readonly #named = new Map<string, Named>();

  constructor(resources: readonly PlannedResource[]) {
    for (const resource of resources) append(this.#byType, resource.type, resource);
  }

  ofType(type: string): readonly PlannedResource[] {
    return this.#byType.get(type) ?? [];
  }

  /** Everything that a path (`port_id`, `network.port`) of a resource names, each once; nothing where it is left out. */
  resolve(resource: PlannedResource, path: string, type: string): readonly Target[] {
    const references = resource.references.get(path) ?? NONE;
    // Most attributes are left out, most others are one reference: this runs for every resource of a plan.
    const steps = stepsOf(path);
    if (resource.values[steps[0] ?? ""] === undefined) {
      const only = references[0];
      if (only === undefined) return resource.unknown.has(path) ? UNKNOWN : NOTHING;
      if (references.length === 1) {
        const named = this.#namedOf(type).byAddress.get(only.address);
        const own = named?.[0];
        if (own !== undefined && named?.length === 1) return [{ kind: "own", resource: own }];
      }
    }
    const values = textsAt(resource.values, steps);
    return values.length === 0 ? this.#resolveLater(resource, path, type) : this.#resolveKnown(resource, path, type, values);
  }

  /** What only references tell. */
  #resolveLater({ references, unknown }: PlannedResource, path: string, type: string): readonly Target[] {
    if (!unknown.has(path)) return NOTHING;
    const all = references.get(path) ?? NONE;
    const first = all[0];
    if (first === undefined) return UNKNOWN;
    const targets = all.length === 1 ? this.#targetsOf(first, type) : all.flatMap((reference) => this.#targetsOf(reference, type));
    return targets.length === 1 ? targets : [...new Map(targets.map((target) => [targetKey(target), target])).values()];
  }

  #targetsOf({ address, attribute }: Reference, type: string): readonly Target[] {
    const own = this.#namedOf(type).byAddress.get(address);
    if (own !== undefined) return own.map((resource) => ({ kind: "own", resource }));
    return address === "" ? UNKNOWN : [{ kind: "foreign", id: `${address}.${attribute}` }];
  }

  #resolveKnown(resource: PlannedResource, path: string, type: string, values: readonly string[]): readonly Target[] {
    const references = resource.references.get(path) ?? NONE;
    const { byAddress, byId } = this.#namedOf(type);
    const given = new Set(values);
    const isUnknown = resource.unknown.has(path);
    const found = new Map<string, Target>();
    const add = (target: Target) => found.set(targetKey(target), target);
    // A value that is known is what it is, whatever its expression refers to: told by its id, or by the attribute that it was taken from.
    const settled = new Set<string>();
    for (const id of values) {
      const own = byId.get(id);
      if (own === undefined) continue;
      add({ kind: "own", resource: own });
      settled.add(id);
    }
    const pending: Target[] = [];
    for (const reference of references) {
      const own = byAddress.get(reference.address) ?? [];
      if (own.length === 0) pending.push(...this.#targetsOf(reference, type));
      for (const each of own) {
        const known = textsAt(each.values[reference.attribute], []);
        const taken = known.filter((value) => given.has(value));
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

  #namedOf(type: string): Named {
    let named = this.#named.get(type);
    if (named === undefined) {
      named = readNames(this.ofType(type));
      this.#named.set(type, named);
    }
    return named;
  }

  /** The resource of this stack that an attribute names. */
  own(resource: PlannedResource, path: string, type: string): PlannedResource | undefined {
    const targets = this.resolve(resource, path, type);
    const target = targets[0];
    return target?.kind === "own" && targets.length === 1 ? target.resource : undefined;
  }
}

function readNames(resources: readonly PlannedResource[]): Named {
  const byAddress = new Map<string, PlannedResource[]>();
  const byId = new Map<string, PlannedResource>();
  for (const resource of resources) {
    append(byAddress, resource.address, resource);
    // A reference names `type.name`, also where count or for_each make it several.
    if (resource.address.endsWith("]")) append(byAddress, resource.address.replace(/\[[^[]*\]$/, ""), resource);
    const id = stringValue(resource, "id") ?? "";
    if (id !== "") byId.set(id, resource);
  }
  return { byAddress, byId };
}

const INDEXES = new WeakMap<readonly PlannedResource[], StackIndex>();

/** Several readers look at the same stack; it is indexed once. */
export function indexStack(resources: readonly PlannedResource[]): StackIndex {
  let index = INDEXES.get(resources);
  if (index === undefined) {
    index = new StackIndex(resources);
    INDEXES.set(resources, index);
  }
  return index;
}

/** A name for a target within one stack. */
export function targetKey(target: Target): string {
  return target.kind === "own" ? target.resource.address : target.kind === "foreign" ? `id ${target.id}` : "unknown";
}

/** Not empty texts at a path, through lists and blocks. */
export function textsAt(value: unknown, path: readonly string[]): string[] {
  const found: string[] = [];
  addTexts(found, value, path, 0);
  return found;
}

function addTexts(found: string[], value: unknown, path: readonly string[], depth: number): void {
  if (Array.isArray(value)) {
    for (const each of value) addTexts(found, each, path, depth);
    return;
  }
  const key = path[depth];
  if (key === undefined) {
    if (typeof value === "string" && value !== "") found.push(value);
  } else if (typeof value === "object" && value !== null) addTexts(found, (value as Record<string, unknown>)[key], path, depth + 1);
}

/** The code asks for few paths, each for every resource of a plan. */
const STEPS = new Map<string, readonly string[]>();

function stepsOf(path: string): readonly string[] {
  let steps = STEPS.get(path);
  if (steps === undefined) {
    steps = path.split(".");
    STEPS.set(path, steps);
  }
  return steps;
}

export function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
