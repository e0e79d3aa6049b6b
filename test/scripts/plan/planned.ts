import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { readDay } from "../../../catalog/day.ts";
import type { Tree } from "../../../catalog/source/tree.ts";
import type { Lang } from "../../../catalog/text.ts";
import { readApprovalRules } from "../../../scripts/approval/approval-rules.ts";
import { withApprovals } from "../../../scripts/approval/required-approvals.ts";
import { buildPlan, type PlanOptions } from "../../../scripts/plan/build-plan.ts";
import { planResult } from "../../../scripts/plan/put-into-words.ts";
import { readCheckedTree } from "../../../scripts/plan/read-tree.ts";
import type { PlanResult } from "../../../scripts/plan/result.ts";
import { selectFindings } from "../../../scripts/plan/selection.ts";
import { type FileOf, realTree, treeOf } from "../../tree.ts";
import { ROOT } from "../run.ts";

const RULES = readApprovalRules(ROOT);

const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(new URL("../../../scripts/schema/plan.schema.json", import.meta.url), "utf8")) as object,
);

/** Every result of a test is held against the published schema. */
export function checkResult(result: unknown): PlanResult {
  if (!validate(result)) throw new Error(`The result breaks its schema: ${JSON.stringify(validate.errors, null, 2)}`);
  return result as PlanResult;
}

/** Plans one tree against another for a day of the term. */
export function planned(
  head: Tree,
  base: Tree | undefined,
  options: Partial<Omit<PlanOptions, "base">> & { readonly lang?: Lang } = {},
): PlanResult {
  const { lang = "en", ...rest } = options;
  const plan = buildPlan(readCheckedTree({ ...head, label: "request" }), {
    at: readDay("2026-01-15"),
    base: base === undefined ? undefined : readCheckedTree({ ...base, label: "main" }),
    ...rest,
  });
  return checkResult(withApprovals(planResult(selectFindings(plan, undefined), lang), RULES, lang));
}

/** The repository's whole tree with some files changed, added or (undefined) left out. */
export function wholeTreeWith(changes: Readonly<Record<string, FileOf>>): Tree {
  const files: Record<string, FileOf> = {};
  for (const [path, entry] of realTree().entries) if (path.endsWith(".yaml") && entry.kind === "file") files[path] = entry.bytes();
  return treeOf({ ...files, ...changes });
}
