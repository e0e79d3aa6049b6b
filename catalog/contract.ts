import { Decimal } from "decimal.js";
import { Temporal } from "temporal-polyfill";
import type { Text } from "./text.ts";

// 40 digits: the largest sum here has 15, and a quotient keeps enough places for its one rounding.
Decimal.set({ precision: 40, rounding: Decimal.ROUND_HALF_UP });

/** A contract with its operator; several can stand side by side, and a date picks the one in force. */
export interface Contract {
  readonly id: string;
  readonly name: Text;
  readonly purchaser: Text;
  readonly operator: Text;
  /** First and last day of service, both inclusive (2.1). */
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
  /** Most working days that service may run on for after the end (2.2). */
  readonly runOnWorkingDays: number;
  /** Factor on the sum of a month's fees (7.1.1). */
  readonly factor: Decimal;
  /** VAT included in every price (7). */
  readonly vatRate: Decimal;
  /** Estimated fee of the whole term, CNY (7): an estimate, not a cap. */
  readonly estimate: Decimal;
  /** Leased circuits (5.1.6). */
  readonly circuits: { readonly count: number; readonly bandwidthM: number; readonly yearlyPrice: Decimal };
  readonly payments: readonly { readonly key: string; readonly amount: Decimal | undefined; readonly rule: Text }[];
  readonly deadlines: {
    readonly statementWorkingDays: number;
    readonly deliveryWorkingDays: number;
    readonly deliveryExtendedWorkingDays: number;
  };
  /** Months of trial that are not billed (5.1.2). */
  readonly trialMonths: number;
}

interface ContractFile {
  readonly id: string;
  readonly name: Text;
  readonly purchaser: Text;
  readonly operator: Text;
  readonly term: { readonly from: string; readonly to: string };
  readonly runOnWorkingDays: number;
  readonly factor: string;
  readonly vatRate: string;
  readonly estimate: string;
  readonly circuits: { readonly count: number; readonly bandwidthM: number; readonly yearlyPrice: string };
  readonly payments: readonly { readonly key: string; readonly amount?: string; readonly rule: Text }[];
  readonly deadlines: Contract["deadlines"];
  readonly trialMonths: number;
}

/** Turns a validated contract file into a {@link Contract}. */
export function toContract(file: unknown): Contract {
  const { term, factor, vatRate, estimate, circuits, payments, ...rest } = file as ContractFile;
  return {
    ...rest,
    from: Temporal.PlainDate.from(term.from),
    to: Temporal.PlainDate.from(term.to),
    factor: new Decimal(factor),
    vatRate: new Decimal(vatRate),
    estimate: new Decimal(estimate),
    circuits: { ...circuits, yearlyPrice: new Decimal(circuits.yearlyPrice) },
    payments: payments.map(({ amount, ...payment }) => ({ ...payment, amount: amount === undefined ? undefined : new Decimal(amount) })),
  };
}
