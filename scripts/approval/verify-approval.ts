import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { readGitTree } from "../../catalog/source/git-tree.ts";
import type { Tree } from "../../catalog/source/tree.ts";
import { text } from "../../catalog/text.ts";
import type { ApproveOptions } from "../approve.ts";
import { REPOSITORY, treeFolder, userPath } from "../options.ts";
import { writeResult } from "../output.ts";
import { readPlanResult } from "../plan/read-result.ts";
import { renderApproveText } from "../render/approve-text.ts";
import { jsonText } from "../render/json-text.ts";
import { paintFor } from "../render/style.ts";
import { readApproval } from "./approval.ts";
import { readApprovalKeys } from "./approval-keys.ts";
import { readApprovalRules } from "./approval-rules.ts";
import { planFaults, unwantedFault } from "./approve-plan.ts";
import type { ApproveResult } from "./approve-result.ts";
import { approvalFault } from "./judge-approvals.ts";
import { requestAuthors } from "./request-authors.ts";
import { approvalResults, requiredApprovals } from "./required-approvals.ts";

/** Says whether an approval holds for a plan, and if not, why and what changed since; 2 where it does not. */
export function verifyApprovalFile(options: ApproveOptions & { readonly plan: string; readonly verify: string }): number {
  const { lang, format, out } = options;
  const plan = readPlanResult(userPath(options.plan));
  const read = readApproval(userPath(options.verify));
  if (read.kind === "unreadable")
    throw new InvalidRequest(text(`${options.verify}：${read.why.zh}`, `Cannot verify ${options.verify}: ${read.why.en}`));
  const { approval } = read;
  const rules = readApprovalRules(REPOSITORY);
  const folder = treeFolder(options);
  const authors = requestAuthors(folder, plan, options.base);
  const required = requiredApprovals(plan, rules);
  const fault = approvalFault(approval, {
    fingerprint: plan.fingerprint,
    parts: plan.parts,
    keys: readApprovalKeys(REPOSITORY),
    validDays: rules.validDays,
    instant: new Date(),
    authors,
    treeOf: (commit) => treeAt(folder, options.was ?? commit),
  });
  const refusals = [
    ...planFaults(plan, { authors, folder, rules }),
    ...(fault === undefined ? unwantedFault(approval, required) : [fault]),
  ];
  const { role, bureau, holder } = approval;
  const result: ApproveResult = {
    schema: "govcloud/approve/1",
    kind: refusals.length === 0 ? "holds" : "does-not-hold",
    fingerprint: plan.fingerprint,
    role,
    bureau,
    holder,
    file: options.verify,
    required: approvalResults(required, rules, lang),
    refusals: refusals.map(({ message, remedy }) => ({ message: message[lang], remedy: remedy[lang] })),
    warnings: [],
  };
  const words = format === "json" ? jsonText(result) : renderApproveText(result, plan, lang, paintFor(process.stdout));
  writeResult(words, out);
  return refusals.length === 0 ? 0 : 2;
}

/** The tree of a commit; undefined where the repository does not have it (any more). */
export function treeAt(folder: string, commit: string): Tree | undefined {
  try {
    return readGitTree(folder, commit);
  } catch (error) {
    if (error instanceof InvalidRequest) return undefined;
    throw error;
  }
}
