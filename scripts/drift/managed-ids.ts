import { text } from "../../catalog/text.ts";
import { EngineFailure } from "../engine/engine-failure.ts";

/** What a system's Terraform state holds of the cloud. */
export interface ManagedIds {
  /** Terraform type → ids; objects that await their deletion (deposed) are held too. */
  readonly ids: ReadonlyMap<string, ReadonlySet<string>>;
  /** Security groups that keep the egress rules Neutron makes with a group. */
  readonly groupsWithDefaultRules: ReadonlySet<string>;
}

interface StateResource {
  readonly mode?: unknown;
  readonly type?: unknown;
  /** `show -json`. */
  readonly values?: unknown;
  /** `state pull`. */
  readonly instances?: readonly { readonly attributes?: unknown }[];
}
interface StateModule {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly StateModule[];
}

/** Reads the ids out of a state as `show -json` or `state pull` prints it; nothing else of it is kept. Throws where it is neither. */
export function readManagedIds(state: unknown): ManagedIds {
  const ids = new Map<string, Set<string>>();
  const groupsWithDefaultRules = new Set<string>();
  for (const { mode, type, values, instances } of resourcesOf(state)) {
    if (mode !== "managed" || typeof type !== "string") continue;
    for (const attributes of instances?.map((instance) => instance.attributes) ?? [values]) {
      const { id, delete_default_rules: deleted } = (attributes ?? {}) as { id?: unknown; delete_default_rules?: unknown };
      if (typeof id !== "string") continue;
      ids.set(type, (ids.get(type) ?? new Set()).add(id));
      if (type === "openstack_networking_secgroup_v2" && deleted !== true) groupsWithDefaultRules.add(id);
    }
  }
  return { ids, groupsWithDefaultRules };
}

function resourcesOf(state: unknown): readonly StateResource[] {
  const { version, resources, format_version: format, values } = (state ?? {}) as Record<string, unknown>;
  if (version === 4 && Array.isArray(resources)) return resources as StateResource[];
  // An empty state has no values.
  if (typeof format === "string" && /^1\./.test(format)) {
    const root = (values as { root_module?: StateModule } | undefined)?.root_module;
    return root === undefined ? [] : inModule(root);
  }
  throw new EngineFailure(
    "state-store",
    text(
      "状态的格式不认识（需要 show -json 或 state pull 的输出）",
      "Cannot read the state: wanted what `show -json` or `state pull` prints",
    ),
  );
}

function inModule({ resources = [], child_modules: children = [] }: StateModule): StateResource[] {
  return [...resources, ...children.flatMap(inModule)];
}
