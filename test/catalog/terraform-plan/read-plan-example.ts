import { type EnginePlan, parseForeignPlan, readPlan } from "../../../catalog/terraform-plan/read-plan.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** A finished plan of nothing, with what a test puts into it. */
export function planOf(more: Fields = {}): Fields {
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: [],
    configuration: { root_module: {} },
    errored: false,
    complete: true,
    applyable: true,
    ...more,
  };
}

/** One entry of `resource_changes`, of `type.name` or `module.x.type.name[0]`. */
export function entryOf(address: string, change: Fields, more: Fields = {}): Fields {
  const [, module = "", type = "", name = "", index] = /^((?:module\.[^.]+\.)*)([^.]+)\.([^.[]+)(\[.*\])?$/.exec(address) ?? [];
  return {
    address,
    mode: "managed",
    type,
    name,
    ...(module === "" ? {} : { module_address: module.slice(0, -1) }),
    ...(index === undefined ? {} : { index: JSON.parse(index)[0] }),
    change: { before: null, after: null, after_unknown: {}, before_sensitive: {}, after_sensitive: {}, ...change },
    ...more,
  };
}

/** A resource block of the configuration. */
export function blockOf(address: string, expressions: Fields, more: Fields = {}): Fields {
  const [type, name] = address.split(".");
  return { address, mode: "managed", type, name, expressions, ...more };
}

export const constant = (value: unknown) => ({ constant_value: value });
export const reference = (...references: readonly string[]) => ({ references });

export function read(plan: unknown): EnginePlan {
  return readPlan(parseForeignPlan("plan.json", Buffer.from(typeof plan === "string" ? plan : JSON.stringify(plan))));
}

/** The plan of some entries, with the blocks of the root module. */
export function readEntries(entries: readonly Fields[], blocks: readonly Fields[] = [], more: Fields = {}): EnginePlan {
  return read(planOf({ resource_changes: entries, configuration: { root_module: { resources: blocks } }, ...more }));
}
