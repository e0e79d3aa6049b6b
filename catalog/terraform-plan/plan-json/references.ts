import { append, textsAt } from "../exposure/stack-index.ts";
import { NO_RESOURCE, type Reference } from "../planned-resource.ts";
import { type Configuration, type ConfiguredModule, type ConfiguredResource, eachExpression, withoutIndexes } from "./configuration.ts";
import { type Fields, isRecord } from "./read-values.ts";

/** A resource that something may refer to: what both sides know of it. */
export interface Referable {
  readonly address: string;
  /** Address of its module with indexes, empty for the root. */
  readonly module: string;
  /** Key of count or for_each; undefined where the resource stands alone. */
  readonly index: string | number | undefined;
  readonly values: readonly Fields[];
}

/** An attribute that names more resources than this is left to its value: nothing real refers to so many one by one. */
const MAX_REFERENCES = 1000;
/** Longer references than this nobody writes. */
const MAX_LENGTH = 1000;
/** More resources than this do not share an id. */
const MAX_NAMESAKES = 16;
/** Ids shorter than this are chosen by people and say too little. */
const MIN_ID_LENGTH = 8;

/**
 * What the attributes of a plan's resources refer to. The configuration tells it, through variables and outputs of modules; locals it does not tell. Of
 * the resources that count and for_each make of one block those count whose value is known to be meant, else the one with the same key, else all.
 */
export class References {
  readonly #configuration: Configuration;
  readonly #instances = new Map<string, Referable[]>();
  readonly #inModule = new Map<string, Referable[]>();
  readonly #byId = new Map<string, Referable[]>();
  readonly #resolved = new Map<string, readonly Candidate[]>();
  readonly #nearby = new Map<string, Instances>();
  readonly #byBlock = new Map<ConfiguredResource, Written>();

  constructor(configuration: Configuration, resources: Iterable<Referable>) {
    this.#configuration = configuration;
    for (const resource of resources) {
      const bare = withoutIndexes(resource.address);
      append(this.#instances, bare, resource);
      if (resource.module !== "") append(this.#inModule, `${bare} ${resource.module}`, resource);
      for (const values of resource.values) {
        const id = values["id"];
        if (typeof id !== "string" || id.length < MIN_ID_LENGTH) continue;
        const namesakes = this.#byId.get(id) ?? [];
        if (namesakes.length < MAX_NAMESAKES && !namesakes.includes(resource)) append(this.#byId, id, resource);
      }
    }
  }

  /** References of one side of a resource: dotted path → what the value there refers to. */
  read(
    resource: Referable,
    side: "before" | "after",
    values: Fields,
    unknown: ReadonlySet<string>,
  ): ReadonlyMap<string, readonly Reference[]> {
    const found: Found = new Map();
    const configured = this.#configuration.resource(resource.address);
    const { named, open } = configured === undefined ? NOTHING_WRITTEN : this.#configuredReferences(configured);
    for (const [path, candidates] of named) {
      const meant = this.#only(candidates, side) ?? this.#meant(candidates, resource, side, textsOf(values, path), unknown.has(path));
      if (meant.length > 0) found.set(path, meant);
    }
    if (this.#byId.size > 0) this.#addById(values, "", resource, found);
    for (const [path, references] of found) {
      if (references.length > 1) found.set(path, eachOnce(references));
      // Beside what names its resource, what does not must not be lost.
      if (side === "after" && unknown.has(path) && (open.has(path) || !named.has(path))) append(found, path, NO_RESOURCE);
    }
    return found;
  }

  /** Read once for all resources that a block makes. */
  #configuredReferences(configured: ConfiguredResource): Written {
    const known = this.#byBlock.get(configured);
    if (known !== undefined) return known;
    const found = new Map<string, readonly Candidate[]>();
    const open = new Set<string>();
    const visited = new Set<string>();
    eachExpression(configured.expressions, "", (path, expression) => {
      if (isConstant(expression)) return;
      if (visited.size > 0) visited.clear();
      const all = this.#ofExpression(expression, configured.module, configured.forEach, visited);
      const candidates = all.every(isNamed) ? all : all.filter(isNamed);
      if (candidates.length < all.length) open.add(path);
      if (candidates.length === 0 || candidates.length > MAX_REFERENCES) return;
      const others = found.get(path);
      found.set(path, others === undefined ? candidates : [...others, ...candidates]);
    });
    const written: Written = { named: found, open };
    this.#byBlock.set(configured, written);
    return written;
  }

  /** What one reference to one resource means, which is what most attributes hold; undefined where there is more to look at. */
  #only(candidates: readonly Candidate[], side: "before" | "after"): Reference[] | undefined {
    const [candidate] = candidates;
    if (candidate === undefined || candidates.length > 1 || side === "before") return undefined;
    const { address, attribute } = candidate;
    const instances = this.#instances.get(withoutIndexes(address));
    if (instances === undefined) return [{ address, attribute }];
    const [first] = instances;
    return first === undefined || instances.length > 1 ? undefined : [{ address: first.address, attribute }];
  }

  #meant(
    candidates: readonly Candidate[],
    own: Referable,
    side: "before" | "after",
    texts: ReadonlySet<string>,
    isUnknown: boolean,
  ): Reference[] {
    const all = candidates.flatMap((candidate) => this.#expand(candidate, own));
    const known = texts.size === 0 ? [] : all.filter(({ attribute, target }) => target !== undefined && names(target, attribute, texts));
    const isKnown = known.length > 0 && !isUnknown;
    // The configuration is that of afterwards: before, only what the value says was meant.
    if (!isKnown && (side === "before" || all.length > MAX_REFERENCES)) return [];
    return (isKnown ? known : all).map(({ address, attribute }) => ({ address, attribute }));
  }

  /** The resources of the plan that a candidate stands for; one that the plan does not hold keeps its address. */
  #expand(candidate: Candidate, own: Referable): Expanded[] {
    const { address, attribute, sameKey } = candidate;
    const bare = withoutIndexes(address);
    const instances = this.#instances.get(bare) ?? [];
    const [first] = instances;
    if (first === undefined) return [{ address, attribute, target: undefined }];
    // Whatever is said of the key, it can be no other.
    if (instances.length === 1) return [{ address: first.address, attribute, target: first }];
    const near = this.#near(bare, own.module);
    const exact = bare === address ? undefined : near.byIndex.get(lastIndex(address));
    const same = sameKey ? this.#withSameKey(near, own) : undefined;
    const only = exact ?? same;
    if (only !== undefined) return [{ address: only.address, attribute, target: only }];
    // So many are told apart by their ids, where these are known.
    return near.all.length > MAX_REFERENCES ? [] : near.all.map((target) => ({ address: target.address, attribute, target }));
  }

  /** `x[count.index]` and `x[each.key]`: the configuration tells that a key is used, not how; where both have the same number of keys it is the same one. */
  #withSameKey(near: Instances, own: Referable): Referable | undefined {
    if (own.index === undefined) return undefined;
    const siblings = this.#near(withoutIndexes(own.address), own.module);
    return siblings.all.length === near.all.length ? near.byIndex.get(own.index) : undefined;
  }

  /** Instances of a block in the same instance of a module; where there is none, in all. */
  #near(bare: string, module: string): Instances {
    const key = `${bare} ${module}`;
    const known = this.#nearby.get(key);
    if (known !== undefined) return known;
    const all = this.#inModule.get(key) ?? this.#instances.get(bare) ?? [];
    const byIndex = new Map(all.flatMap((each) => (each.index === undefined ? [] : [[each.index, each] as const])));
    const found = { all, byIndex: byIndex.size === all.length ? byIndex : new Map<string | number, Referable>() };
    this.#nearby.set(key, found);
    return found;
  }

  #ofExpression(expression: Fields, module: ConfiguredModule, forEach: unknown, visited: Set<string>): readonly Candidate[] {
    if (isConstant(expression)) return NO_CANDIDATES;
    if (expression["references"] === undefined) return [OPEN];
    const written = (Array.isArray(expression["references"]) ? (expression["references"] as unknown[]) : [])
      .slice(0, MAX_REFERENCES)
      .filter((each): each is string => typeof each === "string" && each.length <= MAX_LENGTH);
    const whole = withoutBeginnings(written);
    const sameKey = written.some((each) => each === "count.index" || each.startsWith("each."));
    const [only] = whole;
    if (only !== undefined && whole.length === 1) return this.#ofReference(only, module, forEach, sameKey, visited);
    return whole.flatMap((each) => this.#ofReference(each, module, forEach, sameKey, visited));
  }

  #ofReference(words: string, module: ConfiguredModule, forEach: unknown, sameKey: boolean, visited: Set<string>): readonly Candidate[] {
    const steps = splitReference(words);
    if (!INDIRECT.has(steps[0] ?? "")) return this.#resolve(steps, module, forEach, sameKey, visited);
    const key = `${module.path}|${words}`;
    const usesKey = words.startsWith("each.value");
    // `each.value` is another thing in every block; all else is the same wherever the module says it.
    const known = usesKey ? undefined : this.#resolved.get(key);
    if (known !== undefined) return sameKey ? known.map((each) => ({ ...each, sameKey })) : known;
    if (visited.has(key) || visited.size > MAX_REFERENCES) return [];
    visited.add(key);
    const found = this.#resolve(steps, module, forEach, sameKey, visited);
    const kept = found.length > MAX_REFERENCES ? [] : found;
    if (!usesKey)
      this.#resolved.set(
        key,
        kept.map((each) => ({ ...each, sameKey: false })),
      );
    return kept;
  }

  #resolve(
    steps: readonly string[],
    module: ConfiguredModule,
    forEach: unknown,
    sameKey: boolean,
    visited: Set<string>,
  ): readonly Candidate[] {
    const [first = "", second = "", third = ""] = steps;
    const prefix = module.path === "" ? "" : `${module.path}.`;
    switch (first) {
      case "var": {
        const { parent } = module;
        return parent === undefined ? [] : this.#ofAll(module.arguments[withoutIndexes(second)], parent, undefined, visited);
      }
      case "module": {
        const child = module.children.get(withoutIndexes(second));
        const output = child?.outputs[withoutIndexes(third)];
        return child !== undefined && isRecord(output) ? this.#ofAll(output["expression"], child, undefined, visited) : [];
      }
      case "each":
        return second === "value" ? this.#ofAll(forEach, module, undefined, visited) : [];
      case "data":
        return [{ address: `${prefix}data.${second}.${third}`, attribute: steps[3] ?? "", sameKey }];
      case "local":
        return [OPEN];
      case "count":
      case "path":
      case "terraform":
      case "tofu":
      case "self":
      case "":
        return [];
      default:
        return second === "" ? [] : [{ address: `${prefix}${first}.${second}`, attribute: withoutIndexes(third), sameKey }];
    }
  }

  #ofAll(value: unknown, module: ConfiguredModule, forEach: unknown, visited: Set<string>): Candidate[] {
    const all: Candidate[] = [];
    eachExpression(value, "", (_, expression) => {
      for (const each of this.#ofExpression(expression, module, forEach, visited)) all.push(each);
    });
    return all;
  }

  /** Ids of resources of the plan wherever they stand: what was written as text, through a local, or is only in the state. */
  #addById(value: unknown, path: string, own: Referable, found: Found): void {
    if (typeof value === "string") {
      if (value.length < MIN_ID_LENGTH || path === "id") return;
      for (const target of this.#byId.get(value) ?? [])
        if (target !== own && (found.get(path)?.length ?? 0) < MAX_REFERENCES * MAX_NAMESAKES)
          append(found, path, { address: target.address, attribute: "id" });
    } else if (Array.isArray(value)) for (const each of value as unknown[]) this.#addById(each, path, own, found);
    else if (isRecord(value)) for (const key in value) this.#addById(value[key], path === "" ? key : `${path}.${key}`, own, found);
  }
}

/** The engine writes each reference and then its beginnings: `a.b.id`, `a.b`. */
function withoutBeginnings(written: readonly string[]): readonly string[] {
  const [first, second, ...others] = written;
  // Most expressions are one reference; then nothing need be looked up.
  if (first === undefined || second === undefined) return written;
  if (others.length === 0 && first.startsWith(second) && (first[second.length] === "." || first[second.length] === "[")) return [first];
  const beginnings = new Set(written.flatMap((each) => [...each.matchAll(/[.[]/g)].map(({ index }) => each.slice(0, index))));
  return written.filter((each) => !beginnings.has(each));
}

/** References by path. */
type Found = Map<string, Reference[]>;

/** The first of each resource: what the configuration says tells more than an id, namely which attribute. */
function eachOnce(references: readonly Reference[]): Reference[] {
  const byAddress = new Map<string, Reference>();
  for (const each of references) if (byAddress.size < MAX_REFERENCES && !byAddress.has(each.address)) byAddress.set(each.address, each);
  return [...byAddress.values()];
}

function textsOf(values: Fields, path: string): ReadonlySet<string> {
  return new Set(textsAt(values, path.includes(".") ? path.split(".") : [path]));
}

/** What a reference in the configuration may stand for. */
interface Candidate {
  /** Address with indexes of the resource where they are written, without those of modules. */
  readonly address: string;
  readonly attribute: string;
  /** Whether the expression uses the key of its own count or for_each. */
  readonly sameKey: boolean;
}

/** What stands for something that is written elsewhere, which may go round in a circle. */
const INDIRECT: ReadonlySet<string> = new Set(["var", "module", "each"]);

function isConstant(expression: Fields): boolean {
  return expression["references"] === undefined && Object.hasOwn(expression, "constant_value");
}

const NO_CANDIDATES: readonly Candidate[] = [];
/** A local, or a function of nothing: what it stands for the configuration does not tell. */
const OPEN: Candidate = { ...NO_RESOURCE, sameKey: false };

function isNamed({ address }: Candidate): boolean {
  return address !== OPEN.address;
}

/** What the expressions of a block refer to, by dotted path, and the paths where they may stand for something else too. */
interface Written {
  readonly named: ReadonlyMap<string, readonly Candidate[]>;
  readonly open: ReadonlySet<string>;
}
const NOTHING_WRITTEN: Written = { named: new Map(), open: new Set() };

interface Instances {
  readonly all: readonly Referable[];
  readonly byIndex: ReadonlyMap<string | number, Referable>;
}

interface Expanded extends Reference {
  readonly target: Referable | undefined;
}

/** Whether a resource's id, or the attribute that is referred to, is one of these texts. */
function names({ values }: Referable, attribute: string, texts: ReadonlySet<string>): boolean {
  return values.some((each) => [each["id"], each[attribute]].some((value) => typeof value === "string" && texts.has(value)));
}

/** Key at the end of an address: `"a"` of `x.y["a"]`, 0 of `x.y[0]`; empty where it has none. */
function lastIndex(address: string): string | number {
  const [, key = '""'] = /\[("(?:[^"\\]|\\.)*"|\d+)\]$/.exec(address) ?? [];
  try {
    return JSON.parse(key) as string | number;
  } catch {
    return "";
  }
}

/** `a.b["x.y"].id` → `a`, `b["x.y"]`, `id`. */
function splitReference(words: string): string[] {
  if (!words.includes("[")) return words.split(".");
  const steps: string[] = [];
  let [step, isQuoted, isIndex] = ["", false, false];
  for (const character of words) {
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === "[") isIndex = true;
    else if (!isQuoted && character === "]") isIndex = false;
    if (character === "." && !isQuoted && !isIndex) {
      steps.push(step);
      step = "";
    } else step += character;
  }
  return [...steps, step];
}
