import { type Fields, isRecord } from "./read-values.ts";

/** One resource block of the configuration; count and for_each make it several resources. */
export interface ConfiguredResource {
  /** Attributes and blocks that are written, each an expression, a block or a list of blocks. */
  readonly expressions: Fields;
  readonly forEach: unknown;
  readonly module: ConfiguredModule;
}

export interface ConfiguredModule {
  /** `module.a.module.b`, empty for the root; without indexes, as configurations have none. */
  readonly path: string;
  readonly parent: ConfiguredModule | undefined;
  /** Arguments that the parent's call gives it. */
  readonly arguments: Fields;
  readonly children: ReadonlyMap<string, ConfiguredModule>;
  readonly outputs: Fields;
}

/** What the plan's `configuration` says, by address without indexes. Whatever is of another shape than an engine's is passed over as not configured. */
export class Configuration {
  readonly #resources = new Map<string, ConfiguredResource>();
  readonly root: ConfiguredModule;

  constructor(configuration: unknown) {
    const root = isRecord(configuration) && isRecord(configuration["root_module"]) ? configuration["root_module"] : {};
    this.root = this.#read(root, "", undefined, {});
  }

  /** The block that an address of the plan comes from. */
  resource(address: string): ConfiguredResource | undefined {
    return this.#resources.get(withoutIndexes(address));
  }

  /** Addresses without indexes of the managed resources that stand alone, without count or for_each, in the root module. */
  get single(): readonly string[] {
    return [...this.#resources].flatMap(([address, { module, forEach }]) => (module.path === "" && forEach === undefined ? [address] : []));
  }

  #read(module: Fields, path: string, parent: ConfiguredModule | undefined, given: Fields): ConfiguredModule {
    const children = new Map<string, ConfiguredModule>();
    const outputs = isRecord(module["outputs"]) ? module["outputs"] : {};
    const own: ConfiguredModule = { path, parent, arguments: given, children, outputs };
    for (const resource of Array.isArray(module["resources"]) ? (module["resources"] as unknown[]) : []) {
      if (!isRecord(resource) || resource["mode"] !== "managed" || typeof resource["address"] !== "string") continue;
      this.#resources.set(joined(path, resource["address"]), {
        expressions: isRecord(resource["expressions"]) ? resource["expressions"] : {},
        forEach: resource["for_each_expression"] ?? resource["count_expression"],
        module: own,
      });
    }
    for (const [name, call] of Object.entries(isRecord(module["module_calls"]) ? module["module_calls"] : {})) {
      if (!isRecord(call) || !isRecord(call["module"])) continue;
      const inner = isRecord(call["expressions"]) ? call["expressions"] : {};
      children.set(name, this.#read(call["module"], joined(path, `module.${name}`), own, inner));
    }
    return own;
  }
}

/** Whether an expression, not a block with expressions inside. */
function isExpression(value: Fields): boolean {
  return Array.isArray(value["references"]) || Object.hasOwn(value, "constant_value");
}

/** Visits the expressions at and below a part of the configuration, each with its dotted path, list positions left out. A function of nothing is written as {}. */
export function eachExpression(value: unknown, path: string, visit: (path: string, expression: Fields) => void): void {
  if (Array.isArray(value)) for (const each of value as unknown[]) eachExpression(each, path, visit);
  else if (isRecord(value)) {
    if (isExpression(value) || Object.keys(value).length === 0) visit(path, value);
    else for (const key of Object.keys(value)) eachExpression(value[key], path === "" ? key : `${path}.${key}`, visit);
  }
}

/**
 * Nested blocks that decide what a server boots from or who reaches it. A block is unknown as a whole only where a `dynamic` block makes it, of which
 * the plan's configuration says nothing; any other attribute that it does not name was left out.
 */
const DYNAMIC_BLOCKS = new Set(["block_device", "network", "fixed_ip", "allowed_address_pairs", "sub_port", "spec"]);

/** Whether the configuration gives what stands at a path. Left out, it is the provider's to choose and no promise of anybody's. */
export function isConfigured(expressions: Fields, path: string): boolean {
  if (!path.includes(".")) return Object.hasOwn(expressions, path) ? isGiven(expressions[path], NO_STEPS, 0) : DYNAMIC_BLOCKS.has(path);
  const steps = path.split(".");
  const [first = ""] = steps;
  // What is known in part without being named stands in a dynamic block.
  if (!Object.hasOwn(expressions, first)) return true;
  return isGiven(expressions[first], steps, 1);
}

const NO_STEPS: readonly string[] = [];

function isGiven(value: unknown, steps: readonly string[], at: number): boolean {
  if (Array.isArray(value)) return value.some((each) => isGiven(each, steps, at));
  if (!isRecord(value)) return false;
  const step = steps[at];
  if (step === undefined) return true;
  if (isExpression(value)) {
    // Keys beside those of a map that is written out are the provider's: Glance adds properties of its own to an image.
    const constant = value["constant_value"];
    return !isRecord(constant) || Object.hasOwn(constant, step);
  }
  return Object.hasOwn(value, step) && isGiven(value[step], steps, at + 1);
}

function joined(module: string, rest: string): string {
  return module === "" ? rest : `${module}.${rest}`;
}

/** An address without the indexes of count and for_each; a key may hold brackets and dots itself. */
export function withoutIndexes(address: string): string {
  if (!address.includes("[")) return address;
  let [found, at] = ["", 0];
  while (at < address.length) {
    if (address[at] !== "[") {
      found += address[at];
      at += 1;
      continue;
    }
    if (address[at + 1] === '"') {
      for (at += 2; at < address.length && address[at] !== '"'; at += 1) if (address[at] === "\\") at += 1;
      at += 1;
    }
    while (at < address.length && address[at] !== "]") at += 1;
    at += 1;
  }
  return found;
}
