import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toContract } from "../../catalog/contract.ts";
import { forecastTerm, termMonths } from "../../cost/forecast.ts";
import { monthlyFee, roundHalfUpToFen, splitVat } from "../../cost/money.ts";
import { CONTRACT } from "../declared.ts";

test.each([
  { amount: "0.004999999999999999999999999999", rounded: "0.00" },
  { amount: "0.005", rounded: "0.01" },
  { amount: "0.015", rounded: "0.02" },
  { amount: "1.005", rounded: "1.01" },
  { amount: "2.675", rounded: "2.68" },
  { amount: "0.125", rounded: "0.13" },
  { amount: "0.135", rounded: "0.14" },
  { amount: "999999999999.995", rounded: "1000000000000.00" },
  { amount: "-0.005", rounded: "-0.01" },
  { amount: "592385.0555", rounded: "592385.06" },
])("$amount rounds half up to $rounded, at the fen and not in binary", ({ amount, rounded }) => {
  expect(roundHalfUpToFen(new Decimal(amount)).toFixed(2)).toBe(rounded);
});

describe("The monthly fee is the list × 0.9999, rounded once (7.1.1):", () => {
  test.each([
    { list: "0.00", fee: "0.00" },
    { list: "0.01", fee: "0.01" },
    { list: "49.99", fee: "49.99" },
    // 50 × 0.9999 = 49.995
    { list: "50.00", fee: "50.00" },
    // 50.01 × 0.9999 = 50.004999
    { list: "50.01", fee: "50.00" },
    // 150 × 0.9999 = 149.985
    { list: "150.00", fee: "149.99" },
    { list: "100.00", fee: "99.99" },
    { list: "10000.00", fee: "9999.00" },
    // 592444.30 × 0.9999 = 592385.05557
    { list: "592444.30", fee: "592385.06" },
    // 725072.51 × 0.9999 = 725000.002749
    { list: "725072.51", fee: "725000.00" },
  ])("of $list it is $fee", ({ list, fee }) => {
    expect(monthlyFee(new Decimal(list), CONTRACT).toFixed(2)).toBe(fee);
  });
});

describe("The VAT inside an amount is taken out at 6 %, the net rounded once:", () => {
  test.each([
    { gross: "0.00", net: "0.00", vat: "0.00" },
    { gross: "0.01", net: "0.01", vat: "0.00" },
    { gross: "0.09", net: "0.08", vat: "0.01" },
    { gross: "1.06", net: "1.00", vat: "0.06" },
    { gross: "100.00", net: "94.34", vat: "5.66" },
    { gross: "106.00", net: "100.00", vat: "6.00" },
    // 0.53 ÷ 1.06 = 0.5
    { gross: "0.53", net: "0.50", vat: "0.03" },
    // 592385.06 ÷ 1.06 = 558853.8301…
    { gross: "592385.06", net: "558853.83", vat: "33531.23" },
    // 8700000 ÷ 1.06 = 8207547.1698…
    { gross: "8700000.00", net: "8207547.17", vat: "492452.83" },
  ])("$gross is $net net and $vat VAT", ({ gross, net, vat }) => {
    const split = splitVat(new Decimal(gross), CONTRACT);
    expect([split.net.toFixed(2), split.vat.toFixed(2)]).toEqual([net, vat]);
  });

  test("for any amount net and VAT add up to it, and neither is negative", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 14n }), (fen) => {
        const gross = new Decimal(fen.toString()).dividedBy(100);
        const { net, vat } = splitVat(gross, CONTRACT);
        return net.plus(vat).equals(gross) && vat.greaterThanOrEqualTo(0) && net.decimalPlaces() <= 2 && vat.decimalPlaces() <= 2;
      }),
    );
  });
});

const contract = (from: string, to: string) =>
  toContract({
    ...{
      id: "x",
      name: { zh: "x", en: "x" },
      purchaser: { zh: "x", en: "x" },
      operator: { zh: "x", en: "x" },
      runOnWorkingDays: 30,
      trialMonths: 1,
    },
    ...{
      factor: "0.9999",
      vatRate: "0.06",
      estimate: "8700000.00",
      payments: [],
      circuits: { count: 4, bandwidthM: 1000, yearlyPrice: "120.00" },
    },
    deadlines: { statementWorkingDays: 5, deliveryWorkingDays: 2, deliveryExtendedWorkingDays: 5 },
    term: { from, to },
  });

describe("Months of a term, each day a part of its own calendar month:", () => {
  test.each([
    { from: "2025-06-20", to: "2026-06-19", months: "12" },
    { from: "2025-01-01", to: "2025-12-31", months: "12" },
    { from: "2025-06-01", to: "2025-06-30", months: "1" },
    { from: "2025-06-01", to: "2025-06-15", months: "0.5" },
    { from: "2025-06-16", to: "2025-06-16", months: "0.03333333333333333333" },
    // 15 of 30 days of June and 31 of 31 of July
    { from: "2025-06-16", to: "2025-07-31", months: "1.5" },
    // 14 of 28 days of February
    { from: "2026-02-15", to: "2026-02-28", months: "0.5" },
    // 1 of 31 days of January, the whole February, 1 of 31 of March
    { from: "2026-01-31", to: "2026-03-01", months: "1.06451612903225806452" },
    // 2024 and 2028 have a 29 February; 2025-02-20 to 2026-02-19 has none
    { from: "2025-02-20", to: "2026-02-19", months: "12" },
    // 10 of 29 days of February 2024, eleven months, 19 of 28 of February 2025
    { from: "2024-02-20", to: "2025-02-19", months: "12.02339901477832512315" },
  ])("$from to $to is $months", ({ from, to, months }) => {
    expect(termMonths(contract(from, to)).toString()).toBe(months);
  });

  test("the first contract's is 12.0", () => {
    expect(termMonths(CONTRACT).toFixed(1)).toBe("12.0");
  });
});

test.each([
  { fee: "592385.06", forecast: "7108620.72" },
  { fee: "725000.00", forecast: "8700000.00" },
  { fee: "0.01", forecast: "0.12" },
  { fee: "0.00", forecast: "0.00" },
])("A fee of $fee a month forecasts $forecast for the term", ({ fee, forecast }) => {
  expect(forecastTerm(new Decimal(fee), CONTRACT).toFixed(2)).toBe(forecast);
});

test("A forecast over part of a month is rounded once", () => {
  // 100 × 1/30 = 3.333…
  expect(forecastTerm(new Decimal(100), contract("2025-06-16", "2025-06-16")).toFixed(2)).toBe("3.33");
});
