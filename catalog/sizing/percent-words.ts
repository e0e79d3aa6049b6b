import { Decimal } from "decimal.js";
import { type Band, bandOf } from "./bands.ts";

const PLACES = 4;

/**
 * A percentage as a plain decimal of at most four places. It is never rounded across an edge: where `sameSide` says that the nearest such figure
 * would be judged otherwise, the one on the other side is printed (69.99999 as 69.9999, 15.00001 as 15.0001).
 */
export function percentWords(percent: Decimal, sameSide: (printed: Decimal) => boolean = () => true): string {
  const nearest = percent.toDecimalPlaces(PLACES, Decimal.ROUND_HALF_UP);
  if (sameSide(nearest)) return nearest.toFixed();
  return percent.toDecimalPlaces(PLACES, nearest.greaterThan(percent) ? Decimal.ROUND_FLOOR : Decimal.ROUND_CEIL).toFixed();
}

/** An average as printed beside its band. */
export function bandedPercentWords(percent: Decimal, bands: readonly Band[]): string {
  const band = bandOf(bands, percent);
  return percentWords(percent, (printed) => bandOf(bands, printed) === band);
}

/** A percentage as printed beside a figure that it must reach or pass. */
export function limitedPercentWords(percent: Decimal, limit: Decimal.Value): string {
  return percentWords(percent, (printed) => printed.lessThan(limit) === percent.lessThan(limit));
}
