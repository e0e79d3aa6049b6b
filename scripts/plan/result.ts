import type { AskedEntry } from "../../catalog/asked-entry.ts";
import type { Action, DamageClass } from "../../catalog/terraform-plan/planned-resource.ts";
import type { Parts } from "./fingerprint.ts";

/**
 * The one result object that every format renders. Money is CNY with two decimals, quantities are plain decimals;
 * both are strings. `schema` names scripts/schema/plan.schema.json.
 */
export interface PlanResult {
  readonly schema: "govcloud/plan/1";
  /** Day that the plan is made for, Asia/Shanghai. */
  readonly at: string;
  readonly contract: string;
  readonly priceBook: string;
  /** The book in force in the base; null where nothing is compared. */
  readonly basePriceBook: string | null;
  /** Label of the tree compared with; null where everything counts as new. */
  readonly base: string | null;
  readonly head: string;
  readonly systems: readonly SystemResult[];
  /** Files of the catalogue that the request adds, edits or takes out; all of them where nothing is compared. */
  readonly catalogue: readonly CatalogueChangeResult[];
  readonly total: {
    /** Factor from list price to fee (7.1.1) and the VAT rate inside the prices, as decimals. */
    readonly factor: string;
    readonly vatRate: string;
    readonly list: AmountsResult;
    readonly fee: AmountsResult;
    /** The fee without VAT, and the VAT in it. */
    readonly net: AmountsResult;
    readonly vat: AmountsResult;
  };
  readonly budget: { readonly estimate: string; readonly settled: string | null; readonly forecast: string };
  /** Every line of Annex 1 that the whole contract uses, all systems together. */
  readonly lines: readonly LineResult[];
  /** Counts over all systems of the tree, shown or not. */
  readonly counts: {
    readonly systems: number;
    readonly added: number;
    readonly changed: number;
    readonly removed: number;
    readonly unchanged: number;
  };
  /** What a reader of the sums has to know: trial systems counted as whole months, a day after the term. */
  readonly notes: readonly string[];
  readonly findings: readonly FindingResult[];
  readonly verdict: PlanVerdict;
  /** Plans of other pipelines: the sums are of them alone, and no contract's. Absent from a plan of this repository. */
  readonly foreign?: true;
  /** Who must approve, by the program's rules, and why; absent where nobody asked. No part of the fingerprint, for it follows from it. */
  readonly approvals?: readonly ApprovalResult[];
  /** What the outcome rests on, part by part; the fingerprint is their digest. */
  readonly parts: Parts;
  readonly fingerprint: string;
  /** Who planned, where the engine did; absent from an offline plan. */
  readonly engine?: {
    readonly kind: "OpenTofu" | "Terraform";
    readonly version: string;
    /** False where it was planned with an empty state and no cloud. */
    readonly cloud: boolean;
    /** Of how many systems the cloud was asked; absent where no cloud was to be asked. */
    readonly asked?: number;
    /** Systems whose state holds nothing of a cloud yet, so that none was asked. */
    readonly unasked?: readonly string[];
    readonly failures: readonly { readonly system: string; readonly message: string; readonly remedy: string }[];
  };
}

export interface CatalogueChangeResult {
  readonly file: string;
  /** Price books; contracts and annexes; all else, which describes the platform. */
  readonly area: "prices" | "contract" | "platform";
  readonly change: "added" | "changed" | "removed";
}

export interface ApprovalResult {
  readonly role: "bureau" | "centre" | "security";
  /** What the role is called, in the language of the result. */
  readonly name: string;
  /** Set with role `bureau` alone. */
  readonly bureau: string | null;
  readonly because: readonly string[];
}

/** A run in which not every policy judged (`--select`, `--skip`) accepts nothing: what it does not refuse is partial. */
export type PlanVerdict = "accepted" | "refused" | "partial";

/** What stands in a result's place where the request is invalid (exit code 3): nothing was priced or judged. */
export interface InvalidResult {
  readonly schema: "govcloud/plan/1" | "govcloud/check/1" | "govcloud/right-size/1" | "govcloud/right-size-review/1";
  readonly verdict: "invalid";
  readonly diagnostics: readonly DiagnosticResult[];
}

export interface DiagnosticResult {
  /** Kind of error, stable across languages and releases. */
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  /** Null where the command was called wrongly, so that no file is to blame. */
  readonly location: { readonly file: string; readonly line: number; readonly column: number } | null;
}

export interface SystemResult {
  readonly id: string;
  /** Null for the platform. */
  readonly tenant: string | null;
  readonly name: string;
  /** As declared after the change; of a removed system, as it was. Null for the platform. */
  readonly stage: string | null;
  /** As declared in the base; null where nothing declares it there, or nothing is compared. */
  readonly stageBefore: string | null;
  readonly change: "added" | "changed" | "removed" | "unchanged";
  readonly lines: readonly LineResult[];
  /** List price. */
  readonly monthly: AmountsResult;
  readonly resources: readonly ResourceResult[];
  readonly exposure: readonly ExposureResult[];
  readonly findings: readonly FindingResult[];
}

export interface LineResult {
  readonly item: string;
  readonly name: string;
  readonly unit: string;
  readonly unitPrice: string;
  /** The price before the change, where a new price book changed it; else the same. */
  readonly unitPriceBefore: string;
  readonly before: string;
  readonly after: string;
  readonly listBefore: string;
  readonly listAfter: string;
}

export interface AmountsResult {
  readonly before: string;
  readonly after: string;
  readonly delta: string;
}

export interface ResourceResult {
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  readonly damage: readonly DamageClass[];
  readonly cause: readonly string[];
  /** Why the engine replaces or deletes it, in its own word; absent from an offline plan. */
  readonly reason?: string;
}

export interface ExposureResult {
  readonly server: string;
  readonly protocol: string;
  readonly ports: string;
  readonly from: string;
  readonly change: "opened" | "closed" | "unchanged";
}

export interface FindingResult {
  readonly policy: string;
  readonly level: "advisory" | "mandatory";
  readonly result: "violation" | "undetermined";
  readonly system: string | null;
  readonly address: string;
  readonly attribute: string;
  readonly message: string;
  readonly remedy: string;
  /** In the language of the result. */
  readonly clause: string;
  /** The recorded decision that lets the finding stand, with the days that it still holds. */
  readonly waiver: WaiverResult | null;
  /** Entries of the declaration that would ask for the change; absent where none can. */
  readonly asks?: readonly AskedEntry[];
  /** Where somebody wrote what causes it, or the file that comes nearest. */
  readonly location: { readonly file: string; readonly line: number; readonly column: number };
}

export interface WaiverResult {
  readonly reason: string;
  readonly owner: string;
  readonly approver: string;
  readonly expires: string;
  readonly daysLeft: number;
  readonly location: { readonly file: string; readonly line: number; readonly column: number };
}
