import type { Temporal } from "temporal-polyfill";
import type { SourceFile } from "./source/source-file.ts";

/** A recorded decision to let one finding of one policy stand until a day. */
export interface Waiver {
  readonly policy: string;
  /** Undefined for a finding of the contract as a whole. */
  readonly system: string | undefined;
  /** Exactly the finding's address. */
  readonly address: string;
  /** Exactly the finding's attribute; undefined where only one finding stands at the address. */
  readonly attribute: string | undefined;
  /** What it lets stand. What could not be determined was never seen, so that is a decision of its own. */
  readonly covers: "violation" | "undetermined";
  readonly reason: string;
  readonly owner: string;
  /** Role or person of `policies/approvers.yaml`, as written. */
  readonly approver: string;
  /** Last day that it holds, ISO date. */
  readonly expires: string;
  readonly source: SourceFile;
  /** Position in its file. */
  readonly index: number;
}

/** A waiver, and what came of it. */
export interface WaiverUse {
  readonly waiver: Waiver;
  readonly outcome: WaiverOutcome;
  /** Whether the tree compared with does not have it, so that who approves the request approves it too. */
  readonly isNew: boolean;
}

export type WaiverOutcome =
  | { readonly kind: "covers" }
  /** No finding stands there. */
  | { readonly kind: "unneeded" }
  /** Several findings stand at the address and it names no attribute. */
  | { readonly kind: "ambiguous"; readonly attributes: readonly string[] }
  /** The finding there is of the other kind: undetermined where it covers a violation, or the reverse. */
  | { readonly kind: "other-kind"; readonly found: "violation" | "undetermined" }
  /** This plan does not judge what it waives, which says nothing of it. */
  | { readonly kind: "unjudged" };

/** How long a waiver may hold from the day of the plan: a decision for longer is a change of the rule. */
const LONGEST_YEARS = 1;

/** Last day that a waiver may name on a day. */
export function latestExpiry(day: Temporal.PlainDate): string {
  return day.add({ years: LONGEST_YEARS }).toString();
}

/** Whether a waiver holds on a day: it has not ended, and does not reach further than a waiver may. */
export function isInForce({ expires }: Waiver, day: Temporal.PlainDate): boolean {
  return day.toString() <= expires && expires <= latestExpiry(day);
}
