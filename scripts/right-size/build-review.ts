import { Decimal } from "decimal.js";
import type { Temporal } from "temporal-polyfill";
import { contractAt, priceBookAt } from "../../catalog/catalogue.ts";
import type { Declaration, ServerGroup } from "../../catalog/declaration.ts";
import type { PriceBook } from "../../catalog/price-book.ts";
import type { ComputeAdvice, GroupAdvice } from "../../catalog/sizing/advice.ts";
import { adviseMonth } from "../../catalog/sizing/advise-month.ts";
import { type Band, bandOf, directionOf, type ResourceUsageRules } from "../../catalog/sizing/bands.ts";
import { type CalendarMonth, monthOf, readMonth } from "../../catalog/sizing/calendar-month.ts";
import type { UsageMonth } from "../../catalog/sizing/usage.ts";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { text } from "../../catalog/text.ts";
import { priceSizeChange } from "../../cost/sizing/price-change.ts";
import type { CheckedTree } from "../plan/read-tree.ts";
import { asMeasured } from "./settle-advice.ts";
import { endOfMonth, readSizesBefore, type SizesAt, sizesOf } from "./size-history.ts";

/** What became of one piece of advice: of the CPU or the memory of a server group. */
export interface ReviewedAdvice {
  readonly declaration: Declaration;
  readonly group: ServerGroup;
  readonly resource: "cpu" | "memory";
  /** Of each server, in cores or GB: when advised, as advised, and at the next month's end. */
  readonly from: number;
  readonly target: number;
  readonly after: number;
  /** `otherwise`: changed, to another size than advised. */
  readonly outcome: "followed" | "unanswered" | "otherwise";
  /** Averages, percent: of the month advised on, what that makes at the new size, and of the next month; the last null where too little was measured. */
  readonly percent: Decimal;
  readonly predicted: Decimal;
  readonly actual: Decimal | null;
  readonly bands: readonly Band[];
  /** Where the next month's average lies; null where it is not known, or nothing was changed. */
  readonly standing: "in-band" | "further" | "swing" | null;
  /** Band of the next month's average. */
  readonly band: Band | null;
  /** List price a month of the change that was made, CNY; negative is saved. */
  readonly delta: Decimal;
  /** Whole months since at whose end the new size was there. */
  readonly months: number;
}

export interface Review {
  readonly month: CalendarMonth;
  readonly next: CalendarMonth;
  readonly at: Temporal.PlainDate;
  readonly advice: readonly ReviewedAdvice[];
  /** Last whole month that is counted in what was saved and spent so far. */
  readonly until: CalendarMonth;
}

export interface ReviewUsage {
  readonly month: UsageMonth;
  readonly next: UsageMonth;
}

/** More months than a contract's term has are not looked through. */
const MOST_MONTHS = 36;

/** The month after another. */
export function monthAfter({ last }: CalendarMonth): CalendarMonth {
  return monthOf(last.add({ days: 1 }));
}

/**
 * Holds a month's advice against what was done, by git, and against the use of the month after. Prices are of the book in force on the day. Throws
 * {@link InvalidRequest} where the tree has no history: what was followed cannot be known.
 */
export function buildReview(
  { catalogue, declarations: { systems } }: CheckedTree,
  usage: ReviewUsage,
  { at, folder, only }: { readonly at: Temporal.PlainDate; readonly folder: string; readonly only?: ReadonlySet<string> | undefined },
): Review {
  const month = readMonth(usage.month.month);
  const next = monthAfter(month);
  const after = sizesSince(folder, next);
  const book = priceBookAt(catalogue, contractAt(catalogue, at), at);
  const months = wholeMonths(next, at);
  const history = months.map((each) => sizesSince(folder, each));
  const advised = adviseMonth(catalogue, asMeasured(systems, sizesAtEnd(folder, month)), usage.month);
  const later = adviseMonth(catalogue, asMeasured(systems, after), usage.next);
  const laterGroups = new Map(later.groups.map((each) => [keyOf(each), each]));
  // The advice is on declarations with the sizes of its month.
  const today = new Map(systems.map((declaration) => [declaration.id, declaration]));
  const facts = { after, history, book, rules: catalogue.resourceUsage };
  const advice = advised.groups
    .filter(({ declaration }) => only === undefined || only.has(declaration.id))
    .map((group) => ({ ...group, declaration: today.get(group.declaration.id) ?? group.declaration }))
    .flatMap((group) =>
      (["cpu", "memory"] as const).flatMap((resource) => reviewed(group, resource, laterGroups.get(keyOf(group))?.[resource], facts) ?? []),
    );
  return { month, next, at, advice, until: months.at(-1) ?? next };
}

interface Facts {
  readonly after: SizesAt;
  readonly history: readonly SizesAt[];
  readonly book: PriceBook;
  readonly rules: ResourceUsageRules;
}

function reviewed(
  { declaration, group, ...of }: GroupAdvice,
  resource: "cpu" | "memory",
  later: ComputeAdvice | undefined,
  { after: sizes, history, book, rules }: Facts,
): ReviewedAdvice | undefined {
  const { percent, now: from, target, left } = of[resource];
  if (left !== null || percent === null) return undefined;
  const key = resource === "cpu" ? "cpu" : "memoryGb";
  const after = sizes.of(declaration).get(group.key)?.[key] ?? from;
  const outcome = after === from ? "unanswered" : after === target ? "followed" : "otherwise";
  const bands = rules[resource];
  const actual = later?.percent ?? null;
  const band = actual === null ? null : bandOf(bands, actual);
  return {
    declaration,
    group,
    resource,
    from,
    target,
    after,
    outcome,
    percent,
    predicted: percent.times(from).dividedBy(after),
    actual,
    bands,
    band,
    standing: band === null || after === from ? null : standingOf(band, after > from ? "grow" : "shrink"),
    delta: priceSizeChange(group, resource, { from, to: after, book }),
    months: after === from ? 0 : history.filter((each) => each.of(declaration).get(group.key)?.[key] === after).length,
  };
}

/** Whether a band asks for the way back, or for more of the same. */
function standingOf({ factor }: Band, way: "grow" | "shrink"): "in-band" | "further" | "swing" {
  const asked = directionOf(factor);
  return asked === "keep" ? "in-band" : asked === way ? "further" : "swing";
}

function sizesAtEnd(folder: string, { key }: CalendarMonth): SizesAt {
  const sizes = readSizesBefore(folder, endOfMonth(key));
  if (sizes !== undefined) return sizes;
  throw new InvalidRequest(
    text(
      `${folder} 不在有提交的 Git 仓库里：看不出建议有没有照办`,
      `Cannot review advice in ${folder}: it is in no Git repository with a commit, so nobody can tell what was followed`,
    ),
  );
}

/** Sizes after advice was given: where the history begins later still, those of today are all that is known. */
function sizesSince(folder: string, month: CalendarMonth): SizesAt {
  const sizes = sizesAtEnd(folder, month);
  return sizes.beginsLater ? { ...sizes, of: sizesOf } : sizes;
}

/** From the month after the advice to the last that has ended. */
function wholeMonths(first: CalendarMonth, at: Temporal.PlainDate): CalendarMonth[] {
  const months: CalendarMonth[] = [];
  const today = at.toString();
  for (let month = first; month.last.toString() < today && months.length < MOST_MONTHS; month = monthAfter(month)) months.push(month);
  return months;
}

function keyOf({ declaration, group }: Pick<GroupAdvice, "declaration" | "group">): string {
  return `${declaration.id} ${group.key}`;
}

/** What changes cost and saved: a month, and in the whole months so far. Both are positive or nothing. */
export function reviewMoney(advice: readonly Pick<ReviewedAdvice, "delta" | "months">[]) {
  const total = (amounts: readonly Decimal[]) => amounts.reduce((all, each) => all.plus(each), new Decimal(0));
  const of = (weight: (each: Pick<ReviewedAdvice, "delta" | "months">) => Decimal) => {
    const amounts = advice.map(weight);
    const saved = total(amounts.filter((each) => each.isNegative()))
      .negated()
      .plus(0);
    const spent = total(amounts.filter((each) => each.greaterThan(0)));
    return { saved, spent, net: spent.minus(saved) };
  };
  return { monthly: of(({ delta }) => delta), soFar: of(({ delta, months }) => delta.times(months)) };
}
