import type { SourceFile } from "./source/source-file.ts";

/** A recorded decision to let one finding of one policy stand until a day. */
export interface Waiver {
  readonly policy: string;
  /** Undefined for a finding of the contract as a whole. */
  readonly system: string | undefined;
  /** Exactly the finding's address. */
  readonly address: string;
  readonly reason: string;
  readonly owner: string;
  readonly approver: string;
  /** Last day that it holds, ISO date. */
  readonly expires: string;
  readonly source: SourceFile;
  /** Position in its file. */
  readonly index: number;
}

/** A waiver, and whether any finding needed it. */
export interface WaiverUse {
  readonly waiver: Waiver;
  readonly used: boolean;
}

/** What no one may waive: the ledger's own honesty, what the law forbids, and what stands in no declaration that a waiver could name. */
export const NEVER_WAIVED: ReadonlySet<string> = new Set([
  "life-cycle/no-vanished-file",
  "price/no-price-above-ceiling",
  "price/no-price-edited-in-force",
  "price/require-declared-equals-planned",
  "price/require-every-resource-priced",
  "security/no-classified-system",
  "security/no-secret-in-declaration",
  "security/require-data-in-prc",
  "security/require-public-keys-only",
  "waiver/no-expired-waiver",
]);
