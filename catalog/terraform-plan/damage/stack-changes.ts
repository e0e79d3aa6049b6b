import { type PlannedResource, type Reference, type ResourceChange, valuesAt } from "../planned-resource.ts";

/** A change before it is classed. */
export type Change = Omit<ResourceChange, "damage">;

const NONE: readonly Change[] = [];
const NO_REFERENCES: readonly Reference[] = [];

/** What happens to the other resources of a stack, found by address, by type, and by the ids that a recorded plan holds instead of references. */
export class StackChanges {
  readonly #byAddress: ReadonlyMap<string, Change>;
  readonly #byType = new Map<string, Change[]>();
  readonly #byId = new Map<string, Change>();
  readonly #told = new Map<string, unknown>();
  readonly #users = new Map<string, ReadonlyMap<string, readonly Change[]>>();
  /** Whether the project of the system is deleted, and with it everything. */
  readonly projectGoes: boolean;
  /** Whether the whole system is deleted: its project, or every server that it had. What is lost then is told by what held it. */
  readonly systemGoes: boolean;

  constructor(all: readonly Change[]) {
    this.#byAddress = new Map(all.map((change) => [change.address, change]));
    for (const change of all) {
      const sameType = this.#byType.get(change.type);
      if (sameType === undefined) this.#byType.set(change.type, [change]);
      else sameType.push(change);
      for (const resource of [change.before, change.after]) {
        const id = resource?.values["id"];
        if (typeof id === "string") this.#byId.set(id, change);
      }
    }
    this.projectGoes = this.ofType("openstack_identity_project_v3").some(({ action }) => action === "delete");
    const servers = this.ofType("openstack_compute_instance_v2").filter(({ before }) => before !== undefined);
    this.systemGoes = this.projectGoes || (servers.length > 0 && servers.every(({ action }) => action === "delete"));
  }

  /** Works out once what rules ask of the whole stack, and not for every change of it. */
  once<T>(what: string, work: () => T): T {
    if (!this.#told.has(what)) this.#told.set(what, work());
    return this.#told.get(what) as T;
  }

  ofType(...types: readonly string[]): readonly Change[] {
    const [only, ...others] = types;
    return only !== undefined && others.length === 0
      ? (this.#byType.get(only) ?? [])
      : types.flatMap((type) => this.#byType.get(type) ?? []);
  }

  /** Changes of what a resource refers to at a dotted path, by reference or by id. */
  pointedTo(resource: PlannedResource | undefined, path: string): readonly Change[] {
    if (resource === undefined) return NONE;
    const references = resource.references.get(path) ?? NO_REFERENCES;
    const [only] = references;
    // This runs for every change of a plan: most have one reference and no value, or a value and no id.
    if (this.#byId.size === 0 && references.length <= 1) {
      const change = only === undefined ? undefined : this.#byAddress.get(only.address);
      return change === undefined ? NONE : [change];
    }
    const found = new Set<Change>();
    const add = (change: Change | undefined) => {
      if (change !== undefined) found.add(change);
    };
    for (const { address } of references) add(this.#byAddress.get(address));
    if (this.#byId.size === 0) return [...found];
    for (const value of valuesAt(resource, path))
      for (const id of Array.isArray(value) ? (value as unknown[]) : [value]) if (typeof id === "string") add(this.#byId.get(id));
    return [...found];
  }

  /** Whether something that a resource refers to at a path, before or after, changes in one of these ways. */
  isPointedTo({ before, after }: Change, path: string, ...actions: readonly Change["action"][]): boolean {
    return [before, after].some((resource) => this.pointedTo(resource, path).some(({ action }) => actions.includes(action)));
  }

  /** Changes of the resources of a type that refer to this one at a path, before the change or after it. */
  usersOf({ address }: Change, type: string, path: string, when: "before" | "after"): readonly Change[] {
    const key = `${type} ${path} ${when}`;
    const known = this.#users.get(key) ?? this.#indexUsers(type, path, when);
    this.#users.set(key, known);
    return known.get(address) ?? NONE;
  }

  #indexUsers(type: string, path: string, when: "before" | "after"): ReadonlyMap<string, readonly Change[]> {
    const users = new Map<string, Change[]>();
    for (const user of this.ofType(type)) {
      for (const { address } of this.pointedTo(user[when], path)) {
        const others = users.get(address);
        if (others === undefined) users.set(address, [user]);
        else others.push(user);
      }
    }
    return users;
  }
}

/** Whether an attribute, or something below it, is among the causes of a change. */
export function touches({ cause }: Change, ...attributes: readonly string[]): boolean {
  return cause.some((path) => attributes.some((attribute) => path === attribute || path.startsWith(`${attribute}.`)));
}

/** Whether a change switches an attribute that was on, or left to its default, off. */
export function switchesOff(change: Change, ...attributes: readonly string[]): boolean {
  return attributes.some((attribute) => touches(change, attribute) && change.after?.values[attribute] === false);
}

/** Whether a change destroys what was there, for good or to make it anew. */
export function destroys({ action }: Change): boolean {
  return action === "delete" || action === "replace";
}
