import { isRecord } from "./read-values.ts";

/** What is asked of a resource, or of a module with what is in it, as `planned_values` and `prior_state` list them: which one it is, not its values. */
export function outlineResource(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { mode, address, deposed_key: deposed, resources, child_modules: children } = value;
  return {
    ...(typeof mode === "string" ? { mode } : {}),
    ...(typeof address === "string" ? { address } : {}),
    ...(deposed === undefined ? {} : { deposed_key: deposed }),
    ...(Array.isArray(resources) ? { resources: (resources as unknown[]).map(outlineResource) } : {}),
    ...(Array.isArray(children) ? { child_modules: (children as unknown[]).map(outlineResource) } : {}),
  };
}
