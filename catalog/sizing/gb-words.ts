import { Decimal } from "decimal.js";

/** GB to four places, so that what is used is never printed as less. */
export function gbWords(gb: Decimal): string {
  return gb.toDecimalPlaces(4, Decimal.ROUND_CEIL).toFixed();
}
