import { createHash } from "node:crypto";
import { byKey } from "../../catalog/by-key.ts";

/**
 * Parts of a plan's JSON that say what an apply will do; its time stamp and what it read before are none. The configuration is one: of provisioners and
 * providers the changes say nothing.
 */
const DECIDING = ["format_version", "resource_changes", "output_changes", "configuration"] as const;

/** Digest of what the engine plans, values and unknowns included: two plans with one digest do the same. */
export function planDigest(plan: Readonly<Record<string, unknown>>): string {
  const hash = createHash("sha256");
  for (const part of DECIDING) hash.update(`${part}\0${JSON.stringify(sortKeys(plan[part] ?? null))}\0`);
  return `sha256:${hash.digest("hex")}`;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(byKey)
      .map(([key, inner]) => [key, sortKeys(inner)]),
  );
}

/** Whether a plan changes anything, an output included. */
export function hasChanges(plan: Readonly<Record<string, unknown>>): boolean {
  const changes = [
    ...((plan["resource_changes"] ?? []) as { change?: { actions?: string[]; importing?: unknown }; previous_address?: unknown }[]).map(
      (each) => ({ actions: each.change?.actions ?? [], moves: each.previous_address !== undefined || each.change?.importing != null }),
    ),
    ...Object.values((plan["output_changes"] ?? {}) as Record<string, { actions?: string[] }>).map((each) => ({
      actions: each.actions ?? [],
      moves: false,
    })),
  ];
  return changes.some(({ actions, moves }) => moves || actions.some((action) => action !== "no-op" && action !== "read"));
}
