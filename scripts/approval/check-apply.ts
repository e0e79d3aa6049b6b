import type { Command } from "commander";
import { text } from "../../catalog/text.ts";
import type { SavedPlan } from "../engine/saved-plan.ts";
import type { Refusal } from "../engine/verify-saved-plan.ts";
import { REPOSITORY, type TreeOptions, treeFolder, userPath } from "../options.ts";
import { partsAgain } from "../plan/fingerprint.ts";
import type { PlanResult } from "../plan/result.ts";
import { isPipeline } from "../plan/selection.ts";
import { type Approval, readApprovals } from "./approval.ts";
import { readApprovalKeys } from "./approval-keys.ts";
import { readApprovalRules } from "./approval-rules.ts";
import { judgeApprovals } from "./judge-approvals.ts";
import { requestAuthors } from "./request-authors.ts";
import { requiredApprovals } from "./required-approvals.ts";
import { treeAt } from "./verify-approval.ts";

export interface ApprovalOptions extends TreeOptions {
  readonly approvals?: readonly string[];
  readonly base?: string;
}

/** Who approved what is applied; `unsigned` where nobody had to show it. */
export type ApprovedBy = { readonly kind: "unsigned" } | { readonly kind: "signed"; readonly by: readonly Approver[] };

/** Somebody whose signature counted; `at` is when they signed, ISO 8601 in UTC. */
export type Approver = Pick<Approval, "role" | "bureau" | "holder" | "at">;

export function addApprovalOptions(command: Command): Command {
  return command
    .option(
      "--approvals <file|folder...>",
      "npm run approve 写出的批准 / what npm run approve wrote",
      (value: string, earlier: string[] = []) => [...earlier, value],
    )
    .option("--base <revision>", "计划比较的提交，默认取自计划 / commit that was compared with, default: as the plan names it");
}

/**
 * Holds the approvals against a saved plan whose fingerprint was found right. In a pipeline, and wherever approvals are given, every one that the
 * program's rules demand must be there; a person at a terminal, who has the credentials anyway, may go without, and the report says so.
 */
export function checkApprovals(
  options: ApprovalOptions,
  { saved, result }: { readonly saved: SavedPlan; readonly result: PlanResult },
  { instant, environment }: { readonly instant: Date; readonly environment: NodeJS.ProcessEnv },
): { readonly refusals: readonly Refusal[]; readonly approvedBy: ApprovedBy } {
  if (options.approvals === undefined && !isPipeline(environment)) return { refusals: [], approvedBy: { kind: "unsigned" } };
  const rules = readApprovalRules(REPOSITORY);
  const folder = treeFolder(options);
  const { accepted, refusals } = judgeApprovals(requiredApprovals(result, rules), readApprovals((options.approvals ?? []).map(userPath)), {
    // Those that were found right, not those that the result claims.
    fingerprint: saved.fingerprint,
    parts: partsAgain(result, saved.stacks),
    keys: readApprovalKeys(REPOSITORY),
    validDays: rules.validDays,
    instant,
    authors: requestAuthors(folder, result, options.base),
    treeOf: (commit) => treeAt(folder, commit),
  });
  const by = accepted.map(({ role, bureau, holder, at }) => ({ role, bureau, holder, at }));
  return { refusals: [...unseen(saved, result), ...refusals], approvedBy: { kind: "signed", by } };
}

/** What the engine changes has to be in the plan that approvers saw. */
function unseen({ stacks }: SavedPlan, { systems }: PlanResult): Refusal[] {
  const shown = new Set(systems.filter(({ change }) => change !== "unchanged").map(({ id }) => id));
  return stacks
    .filter(({ id, changes }) => changes && !shown.has(id))
    .map(({ id }) => ({
      message: text(
        `引擎要变更 ${id}，而批准人看到的计划里没有它`,
        `The engine changes ${id}, which the plan that approvers see does not show`,
      ),
      remedy: text("不带 --system 重新计划、重新批准", "plan again without --system, and approve that"),
    }));
}
