import { Decimal } from "decimal.js";
import { Temporal } from "temporal-polyfill";
import type { Contract } from "../catalog/contract.ts";
import { roundHalfUpToFen } from "./money.ts";

/** Months of service in a contract's term: each calendar month counts its days in the term ÷ its days (7.1.1); 12 for the first contract. */
export function termMonths({ from, to }: Contract): Decimal {
  let months = new Decimal(0);
  const last = to.toPlainYearMonth();
  for (let month = from.toPlainYearMonth(); Temporal.PlainYearMonth.compare(month, last) <= 0; month = month.add({ months: 1 })) {
    const first = month.toPlainDate({ day: 1 });
    const lastDay = month.toPlainDate({ day: month.daysInMonth });
    const start = first.toString() < from.toString() ? from : first;
    const end = lastDay.toString() > to.toString() ? to : lastDay;
    months = months.plus(new Decimal(start.until(end).days + 1).dividedBy(month.daysInMonth));
  }
  return roundMonths(months);
}

/** Fractions such as 11/30 + 19/30 add up to a whole number again. */
function roundMonths(months: Decimal): Decimal {
  return months.toDecimalPlaces(20);
}

/** The fee of the whole term if it were the same every month, as long as nothing is settled yet. */
export function forecastTerm(monthlyFee: Decimal, contract: Contract): Decimal {
  return roundHalfUpToFen(monthlyFee.times(termMonths(contract)));
}
