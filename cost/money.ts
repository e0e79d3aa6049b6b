import { Decimal } from "decimal.js";
import type { Contract } from "../catalog/contract.ts";

/** Rounds half up to the fen: the contract's one rounding, applied where an amount becomes payable. */
export function roundHalfUpToFen(amount: Decimal): Decimal {
  return amount.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
}

/** A whole month's fee of a list total: × the contract's factor, rounded once (7.1.1). */
export function monthlyFee(list: Decimal, contract: Contract): Decimal {
  return roundHalfUpToFen(list.times(contract.factor));
}

/** Takes the VAT that is inside an amount apart: net = gross ÷ (1 + rate), rounded once; VAT = gross − net (7, 6 %). */
export function splitVat(gross: Decimal, contract: Contract): { readonly net: Decimal; readonly vat: Decimal } {
  const net = roundHalfUpToFen(gross.dividedBy(contract.vatRate.plus(1)));
  return { net, vat: gross.minus(net) };
}
