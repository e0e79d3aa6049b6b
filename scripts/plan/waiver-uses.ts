import { isDeepStrictEqual } from "node:util";
import type { SystemId } from "../../catalog/declaration.ts";
import { readSource } from "../../catalog/read-catalogue.ts";
import type { Tree } from "../../catalog/source/tree.ts";
import type { Waiver, WaiverUse } from "../../catalog/waiver.ts";

/** Policies that judge what a change does: without a base they find nothing, which says nothing of their waivers. */
const ON_CHANGES = /^(catalogue|damage|life-cycle)\/|^price\/(no-price-changed-|require-reason-)|^security\/no-.+-lowered$/;

/**
 * What came of the waivers in a plan that judged these systems, compared with this base. A waiver of what the plan does not judge is none that
 * nothing needs: a system out of its sight, or a change where nothing is compared.
 */
export function waiverUses(
  applied: readonly Omit<WaiverUse, "isNew">[],
  judged: ReadonlySet<SystemId>,
  base: Tree | undefined,
): readonly WaiverUse[] {
  return applied.map(({ waiver, outcome }) => {
    const outOfSight =
      (base === undefined && ON_CHANGES.test(waiver.policy)) || (waiver.system !== undefined && !judged.has(waiver.system));
    return {
      waiver,
      outcome: outcome.kind === "unneeded" && outOfSight ? { kind: "unjudged" } : outcome,
      isNew: base !== undefined && isNewIn(base, waiver),
    };
  });
}

/** Whether the base lacks a waiver of the same words. The centre's come with the program, approved already. */
function isNewIn(base: Tree, { source, index }: Waiver): boolean {
  if (source.path.startsWith("policies/")) return false;
  if (!base.entries.has(source.path)) return true;
  const before = readSource(base, source.path, "waivers");
  if (before.kind === "rejected") return true;
  const entry = entriesOf(source.value)[index];
  return !entriesOf(before.file.value).some((each) => isDeepStrictEqual(each, entry));
}

function entriesOf(value: unknown): readonly unknown[] {
  return (value as { readonly waivers: readonly unknown[] }).waivers;
}
