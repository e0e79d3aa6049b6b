import { Decimal } from "decimal.js";
import type { Disk, ServerGroup } from "../../catalog/declaration.ts";
import type { PriceBook } from "../../catalog/price-book.ts";
import { diskGbOf, type GroupAdvice } from "../../catalog/sizing/advice.ts";
import { computeItems, diskItem } from "../costing.ts";
import { type Amounts, amounts, sum, unitPriceOf } from "../quote.ts";

/** List price a month of all servers of a group, CNY, before and after its advice. */
export interface AdviceMoney {
  readonly cpu: Amounts;
  readonly memory: Amounts;
  /** `unsplit`: disks of several prices, of which nobody knows yet which one changes; their money is left as it is. */
  readonly disk: { readonly kind: "priced" | "unsplit"; readonly amounts: Amounts };
  readonly monthly: Amounts;
}

/** Prices a group's advice by the book in force; exact, so nothing is rounded. */
export function priceAdvice({ group, cpu, memory, disk }: GroupAdvice, book: PriceBook): AdviceMoney {
  const [core, gb] = computeItems(group.family);
  const sized = (item: typeof core, { now, target }: { readonly now: number; readonly target: number }) => {
    const each = unitPriceOf(book, item).times(group.count);
    return amounts(each.times(now), each.times(target));
  };
  const parts = { cpu: sized(core, cpu), memory: sized(gb, memory), disk: priceDisk(group, disk.target, book) };
  return { ...parts, monthly: addAmounts([parts.cpu, parts.memory, parts.disk.amounts]) };
}

function priceDisk(group: ServerGroup, targetGb: number, book: PriceBook): AdviceMoney["disk"] {
  const { count, systemDisk, dataDisks } = group;
  const priceOf = ({ type }: Disk) => unitPriceOf(book, diskItem(type)).times(count);
  const disks = [systemDisk, ...dataDisks];
  const before = sum(disks.map((disk) => priceOf(disk).times(disk.sizeGb)));
  const changeGb = targetGb - diskGbOf(group);
  const price = priceOf(systemDisk);
  if (changeGb !== 0 && disks.some((disk) => !priceOf(disk).equals(price))) return { kind: "unsplit", amounts: amounts(before, before) };
  return { kind: "priced", amounts: amounts(before, before.plus(price.times(changeGb))) };
}

/** Adds amounts up. */
export function addAmounts(all: readonly Amounts[]): Amounts {
  return amounts(sum(all.map(({ before }) => before)), sum(all.map(({ after }) => after)));
}

/** What a share of the estimated fee of the term would be, CNY, to the fen: the annual fee itself is known at the end (7.3). */
export function shareOfEstimate(estimate: Decimal, percent: Decimal): Decimal {
  return estimate.times(percent).dividedBy(100).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
}
