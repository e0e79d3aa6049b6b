import type { Temporal } from "temporal-polyfill";
import { contractAt, priceBookAt } from "../../catalog/catalogue.ts";
import type { Contract } from "../../catalog/contract.ts";
import type { Declaration, Tenant } from "../../catalog/declaration.ts";
import type { PriceBook } from "../../catalog/price-book.ts";
import type { GroupAdvice, NoAdvice, SizingAdvice } from "../../catalog/sizing/advice.ts";
import { isExempt } from "../../catalog/sizing/advise-group.ts";
import { adviseMonth } from "../../catalog/sizing/advise-month.ts";
import type { ResourceUsageRules } from "../../catalog/sizing/bands.ts";
import { type OverallUse, overallUse } from "../../catalog/sizing/overall-use.ts";
import type { UsageMonth } from "../../catalog/sizing/usage.ts";
import { type WorkingDate, workingDaysAfter } from "../../catalog/working-days.ts";
import { type AdviceMoney, priceAdvice } from "../../cost/sizing/price-advice.ts";
import type { CheckedTree } from "../plan/read-tree.ts";
import { asMeasured, type MonthSizes, settleAdvice } from "./settle-advice.ts";

/** A month's advice with its money, before it is put into words. */
export interface RightSize {
  readonly at: Temporal.PlainDate;
  readonly contract: Contract;
  readonly priceBook: PriceBook;
  readonly rules: ResourceUsageRules;
  readonly tenants: ReadonlyMap<string, Tenant>;
  readonly advice: SizingAdvice;
  readonly groups: readonly { readonly advice: GroupAdvice; readonly money: AdviceMoney }[];
  readonly city: { readonly all: OverallUse; readonly withoutExempt: OverallUse };
  /** GPU groups, which the rule is not for. */
  readonly gpuGroups: number;
  readonly deadline: WorkingDate;
}

export interface RightSizeOptions {
  /** Day of the advice, whose prices count. */
  readonly at: Temporal.PlainDate;
  /** List these systems only; the city's averages stay those of all. */
  readonly only?: ReadonlySet<string>;
  /** What was declared when the month ended; without it, what is declared now counts as what was measured. */
  readonly sizes?: MonthSizes | undefined;
}

/** Advises on everything declared by a month's use, and prices it by the book in force on the day. */
export function buildRightSize(
  { catalogue, declarations }: CheckedTree,
  usage: UsageMonth,
  { at, only, sizes }: RightSizeOptions,
): RightSize {
  const contract = contractAt(catalogue, at);
  const priceBook = priceBookAt(catalogue, contract, at);
  const { systems, tenants } = declarations;
  const measured = asMeasured(systems, sizes?.atEnd);
  const all = settleAdvice(adviseMonth(catalogue, measured, usage), systems, sizes);
  const isListed = (system: string) => only === undefined || only.has(system);
  const advice: SizingAdvice = {
    ...all,
    groups: all.groups.filter(({ declaration }) => isListed(declaration.id)),
    // What nobody declared may be a listed system, mistyped.
    leftOut: all.leftOut.filter((each) => isListed(each.system) || !isDeclared(each, systems)),
  };
  const ruled = measured.filter((declaration) => !isExempt(declaration, all.month.first));
  return {
    at,
    contract,
    priceBook,
    rules: catalogue.resourceUsage,
    tenants,
    advice,
    groups: advice.groups.map((group) => ({ advice: group, money: priceAdvice(group, priceBook) })),
    city: { all: overallUse(measured, usage), withoutExempt: overallUse(ruled, usage) },
    gpuGroups: systems
      .filter(({ id, stage }) => isListed(id) && stage !== "retired")
      .reduce((sum, each) => sum + each.gpuServers.length, 0),
    deadline: workingDaysAfter(all.month.last, catalogue.resourceUsage.advice.workingDays),
  };
}

/** Whether a server's group is declared, GPU servers included; its number is not asked for. */
function isDeclared({ system, server }: NoAdvice, systems: readonly Declaration[]): boolean {
  const declaration = systems.find(({ id }) => id === system);
  return declaration !== undefined && [...declaration.servers, ...declaration.gpuServers].some(({ key }) => key === server);
}
