import { Decimal } from "decimal.js";
import type { Declaration, ServerGroup } from "../declaration.ts";
import type { GroupAdvice } from "./advice.ts";
import { type AdviceFacts, adviseGroup } from "./advise-group.ts";
import { type Band, bandOf, directionOf, type ResourceUsageRules } from "./bands.ts";
import { groupAsMeasured, type MeasuredMonth } from "./measured-month.ts";

export type ComputeResource = "cpu" | "memory";

/** Key of a resource in a server group; cores, or GB. */
export const SIZE_KEY = { cpu: "cpu", memory: "memoryGb" } as const satisfies Readonly<Record<ComputeResource, "cpu" | "memoryGb">>;

/** Cores or GB of all servers of groups. */
export function totalOf(groups: readonly (ServerGroup | undefined)[], resource: ComputeResource): number {
  return groups.reduce((sum, group) => sum + (group === undefined ? 0 : group[SIZE_KEY[resource]] * group.count), 0);
}

/** A group as it is declared, what it had when the month ended (undefined where nobody knows), and what the month says of that. */
export interface MeasuredGroup {
  readonly group: ServerGroup;
  readonly then: ServerGroup | undefined;
  readonly advice: GroupAdvice;
}

export function measureGroup(
  usage: MeasuredMonth,
  declaration: Declaration,
  group: ServerGroup,
  { rules, pool }: Pick<AdviceFacts, "rules" | "pool">,
): MeasuredGroup {
  const figures = usage.byGroup.of(declaration.id, group.key).filter(({ index }) => index <= group.count);
  const then = groupAsMeasured(usage, declaration, group);
  return { group, then, advice: adviseGroup(declaration, then ?? group, figures, { rules, pool, month: usage.month }) };
}

/** Average use of groups, weighed by their cores or GB when they were measured, percent, and its band; undefined where one of them is not measured. */
export function averageUse(
  groups: readonly MeasuredGroup[],
  resource: ComputeResource,
  rules: ResourceUsageRules,
): { readonly percent: Decimal; readonly band: Band } | undefined {
  let [sum, weight] = [new Decimal(0), 0];
  for (const { group, advice } of groups) {
    const { percent, now } = advice[resource];
    if (percent === null) return undefined;
    sum = sum.plus(percent.times(now * group.count));
    weight += now * group.count;
  }
  if (weight === 0) return undefined;
  const percent = sum.dividedBy(weight);
  return { percent, band: bandOf(rules[resource], percent) };
}

/** What a month's use says of more cores or memory. `measured` and `supports` are sizes in the same measure as those that were asked about. */
export type GrowthAnswer =
  | { readonly kind: "supported" }
  /** Nobody knows what there was when the month was measured. */
  | { readonly kind: "size-unknown" }
  | { readonly kind: "not-measured" }
  /** The use is of another size, and supports no more than this. */
  | { readonly kind: "grown-since"; readonly measured: number; readonly supports: number }
  | { readonly kind: "against-use"; readonly measured: number; readonly percent: Decimal; readonly band: Band };

/**
 * Judges growth to a size by the use of the groups that it grows from: of each server, where `of` says so, or of all servers of the groups together.
 * A month's use is of what there was when the month ended: once that has changed, it supports what its band makes of it, and says nothing of more.
 */
export function judgeGrowth(
  groups: readonly MeasuredGroup[],
  is: number,
  { resource, of, rules }: { readonly resource: ComputeResource; readonly of: "each" | "all"; readonly rules: ResourceUsageRules },
): GrowthAnswer {
  const key = SIZE_KEY[resource];
  const total = (size: (group: MeasuredGroup) => number) =>
    groups.reduce((sum, each) => sum + size(each) * (of === "each" ? 1 : each.group.count), 0);
  if (groups.some(({ then }) => then === undefined)) return { kind: "size-unknown" };
  const use = averageUse(groups, resource, rules);
  if (use === undefined) return { kind: "not-measured" };
  const measured = total(({ group, then }) => (then ?? group)[key]);
  const supports = total(({ advice }) => advice[resource].target);
  const isChanged = groups.some(({ group, then }) => then?.[key] !== group[key]);
  if (isChanged && is <= supports) return { kind: "supported" };
  if (directionOf(use.band.factor) === "grow") return isChanged ? { kind: "grown-since", measured, supports } : { kind: "supported" };
  return { kind: "against-use", measured, ...use };
}
