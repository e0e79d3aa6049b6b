import type { Decimal } from "decimal.js";
import type { Factor } from "../../catalog/sizing/bands.ts";
import { bandedPercentWords } from "../../catalog/sizing/percent-words.ts";
import { money } from "../plan/put-into-words.ts";
import { type Review, type ReviewedAdvice, reviewMoney } from "./build-review.ts";

/** Result of `right-size --review`; scripts/schema/right-size-review.schema.json. Percentages and money are decimal strings. */
export interface ReviewResult {
  readonly schema: "govcloud/right-size-review/1";
  /** Of the advice, and the one after it. */
  readonly month: string;
  readonly next: string;
  readonly at: string;
  readonly counts: {
    readonly followed: number;
    readonly unanswered: number;
    readonly otherwise: number;
    readonly swing: number;
    readonly further: number;
  };
  readonly servers: readonly ReviewedResult[];
  /** List price, CNY; what was changed, as advised or otherwise. `net` is spent less saved. */
  readonly money: {
    readonly monthly: SavedAndSpent;
    /** Whole months at whose end the new size was there, up to `until`. */
    readonly soFar: SavedAndSpent & { readonly until: string };
  };
}

export interface SavedAndSpent {
  readonly saved: string;
  readonly spent: string;
  readonly net: string;
}

/** One resource of a server group that there was advice for; sizes are of each server. */
export interface ReviewedResult {
  readonly system: string;
  readonly server: string;
  readonly count: number;
  readonly resource: "cpu" | "memory";
  readonly from: number;
  readonly target: number;
  readonly after: number;
  readonly outcome: ReviewedAdvice["outcome"];
  readonly percent: string;
  /** What the month's average makes at the size after it; over 100 is a load that the size could not carry. */
  readonly predicted: string;
  /** The next month's average; null where too little was measured. */
  readonly actual: string | null;
  /** What the next month's band asks for. */
  readonly factor: Factor | null;
  readonly standing: ReviewedAdvice["standing"];
  /** List price a month of the change, all servers of the group. */
  readonly monthly: string;
}

/** Turns a review into its result object. */
export function reviewResult({ month, next, at, advice, until }: Review): ReviewResult {
  const count = (is: (each: ReviewedAdvice) => boolean) => advice.filter(is).length;
  const { monthly, soFar } = reviewMoney(advice);
  return {
    schema: "govcloud/right-size-review/1",
    month: month.key,
    next: next.key,
    at: at.toString(),
    counts: {
      followed: count(({ outcome }) => outcome === "followed"),
      unanswered: count(({ outcome }) => outcome === "unanswered"),
      otherwise: count(({ outcome }) => outcome === "otherwise"),
      swing: count(({ standing }) => standing === "swing"),
      further: count(({ standing }) => standing === "further"),
    },
    servers: advice.map(reviewedResult),
    money: { monthly: inWords(monthly), soFar: { ...inWords(soFar), until: until.key } },
  };
}

function reviewedResult({ declaration, group, bands, percent, predicted, actual, band, delta, ...each }: ReviewedAdvice): ReviewedResult {
  const { resource, from, target, after, outcome, standing } = each;
  return {
    system: declaration.id,
    server: group.key,
    count: group.count,
    resource,
    from,
    target,
    after,
    outcome,
    percent: bandedPercentWords(percent, bands),
    predicted: bandedPercentWords(predicted, bands),
    actual: actual === null ? null : bandedPercentWords(actual, bands),
    factor: band?.factor ?? null,
    standing,
    monthly: money(delta),
  };
}

function inWords({ saved, spent, net }: Readonly<Record<keyof SavedAndSpent, Decimal>>): SavedAndSpent {
  return { saved: money(saved), spent: money(spent), net: money(net) };
}
