import { Decimal } from "decimal.js";
import { directionOf, type Factor } from "./bands.ts";

/** Where a size goes, and why it stays where it does. */
export type Target =
  | { readonly kind: "change"; readonly size: number /** The limit stopped it short of what the band asks for. */; readonly cut: boolean }
  | { readonly kind: "keep" }
  /** At, or beyond, the limit that the band points to (Annex 2 §7 note 1). */
  | { readonly kind: "at-limit"; readonly limit: number; readonly end: "smallest" | "largest" };

const FRACTIONS: Readonly<Record<Factor, readonly [times: number, by: number]>> = {
  "3": [3, 1],
  "2": [2, 1],
  "1": [1, 1],
  "1/2": [1, 2],
  "1/4": [1, 4],
};

/**
 * The size that a band asks for, in whole cores or GB: fractions round up, and the result stays between the platform's smallest and largest
 * configuration.
 */
export function targetSize(now: number, factor: Factor, limits: { readonly smallest: number; readonly largest: number }): Target {
  const { smallest, largest } = limits;
  const direction = directionOf(factor);
  if (direction === "keep") return { kind: "keep" };
  if (direction === "grow" && now >= largest) return { kind: "at-limit", limit: largest, end: "largest" };
  if (direction === "shrink" && now <= smallest) return { kind: "at-limit", limit: smallest, end: "smallest" };
  const [times, by] = FRACTIONS[factor];
  const wanted = Math.ceil((now * times) / by);
  const size = Math.min(Math.max(wanted, smallest), largest);
  return { kind: "change", size, cut: size !== wanted };
}

/**
 * The largest whole GB that keep a disk's use above a percentage, never under what is used, and at least one: the smallest volume there is.
 */
export function targetDiskGb(usedGb: Decimal, abovePercent: Decimal): number {
  // used ÷ size > above is used × 100 > size × above, which is exact; the quotient only comes near.
  const isAbove = (size: Decimal) => usedGb.times(100).greaterThan(abovePercent.times(size));
  let size = usedGb.times(100).dividedBy(abovePercent).ceil();
  while (size.isPositive() && !isAbove(size)) size = size.minus(1);
  return Decimal.max(size, usedGb.ceil(), 1).toNumber();
}
