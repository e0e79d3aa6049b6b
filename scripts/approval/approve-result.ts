import type { ForgeKind } from "../forge/forge.ts";
import type { ApprovalResult } from "../plan/result.ts";
import type { Role } from "./approval-rules.ts";

/** What `approve` did or found. `schema` names scripts/schema/approve.schema.json. */
export interface ApproveResult {
  readonly schema: "govcloud/approve/1";
  /** `holds` and `does-not-hold` answer `--verify`. */
  readonly kind: "approved" | "refused" | "holds" | "does-not-hold";
  readonly fingerprint: string;
  readonly role: Role | null;
  readonly bureau: string | null;
  readonly holder: string | null;
  /** The file that was written, or read. */
  readonly file: string | null;
  readonly required: readonly ApprovalResult[];
  readonly refusals: readonly { readonly message: string; readonly remedy: string }[];
  readonly warnings: readonly string[];
  /** The comment that `--post` wrote. */
  readonly posted?: PostedApproval;
}

export interface PostedApproval {
  readonly project: string;
  readonly request: number;
  readonly comment: number;
}

/** What `approve --collect` found in a request's comments. */
export interface CollectedResult {
  readonly schema: "govcloud/approve/1";
  readonly kind: "collected";
  readonly forge: ForgeKind;
  readonly project: string;
  /** Null where no request brought the commit. */
  readonly request: number | null;
  readonly folder: string;
  readonly approvals: readonly {
    readonly comment: number;
    readonly author: string;
    readonly file: string;
    readonly fingerprint: string;
    readonly role: Role;
    readonly bureau: string | null;
    readonly holder: string;
  }[];
  /** Comments with the marker that hold no approval. */
  readonly skipped: readonly { readonly comment: number; readonly author: string; readonly why: string }[];
  /** How many more there were. */
  readonly left: number;
}
