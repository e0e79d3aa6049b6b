import type { DamageClass } from "../../catalog/terraform-plan/planned-resource.ts";
import type { Text } from "../../catalog/text.ts";
import type { CatalogueChangeResult, SystemResult } from "../plan/result.ts";
import { readProgramFile } from "../program-file.ts";

export const ROLES = ["bureau", "centre", "security"] as const;
/** Who approves: the bureau whose system it is, the big-data centre, its security officer. */
export type Role = (typeof ROLES)[number];

/** When a role must approve: all that is written must hold, money of the request as a whole, everything else of one system. */
export interface ApprovalCondition {
  readonly change?: readonly SystemResult["change"][];
  readonly stage?: readonly string[];
  /** CNY a month at list price, a decimal string. */
  readonly increaseFrom?: string;
  readonly totalFrom?: string;
  readonly damage?: readonly DamageClass[];
  readonly opened?: readonly ("internet" | "network")[];
  readonly mlps?: 3;
  readonly waiver?: true;
  readonly platform?: true;
  /** Parts of the catalogue that the request as a whole adds to, edits or takes from. */
  readonly catalogue?: readonly CatalogueChangeResult["area"][];
}

export interface ApprovalRules {
  /** Days that an approval holds. */
  readonly validDays: number;
  readonly roles: Readonly<Record<Role, Text>>;
  readonly rules: readonly { readonly role: Role; readonly when: ApprovalCondition; readonly why: Text }[];
}

/** Reads policies/approvals.yaml of the program; throws InvalidInput with every error in it. */
export function readApprovalRules(program: string): ApprovalRules {
  return readProgramFile(program, "policies/approvals.yaml", "approvals").value as ApprovalRules;
}
