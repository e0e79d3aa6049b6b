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
}
