import { Temporal } from "temporal-polyfill";
import type { Contract } from "./contract.ts";

/**
 * Last day of a trial (试用, contract 5.1.2). A period by the month ends on the day of the same number, or where the month has none on its last day
 * (Civil Code 201 and 202, 民法典第二百零一、二百零二条): begun on 01-31 it ends on 02-28.
 */
export function lastTrialDay(since: string, contract: Pick<Contract, "trialMonths">): Temporal.PlainDate {
  return Temporal.PlainDate.from(since).add({ months: contract.trialMonths });
}
