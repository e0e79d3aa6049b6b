import type { Temporal } from "temporal-polyfill";
import { text } from "../../catalog/text.ts";
import type { ApprovedBy } from "../approval/check-apply.ts";
import { earlierApply } from "../engine/apply-stack.ts";
import { type EngineOptions, engineContext, jobsOf } from "../engine/engine-options.ts";
import { findEngine } from "../engine/find-engine.ts";
import type { EngineContext } from "../engine/plan-stack.ts";
import { readSavedPlan, type SavedPlan, stackFolder } from "../engine/saved-plan.ts";
import { readStateStore } from "../engine/state-store.ts";
import { unsavedState } from "../engine/unsaved-state.ts";
import { type Refusal, refusalsOf } from "../engine/verify-saved-plan.ts";
import { fingerprintOf, partsAgain, programParts, restsOn, sourcesDigest } from "../plan/fingerprint.ts";
import { readPlanResult } from "../plan/read-result.ts";
import type { CheckedTree } from "../plan/read-tree.ts";
import type { PlanResult } from "../plan/result.ts";
import type { Finding } from "./check.ts";
import { checkSavedPlan } from "./saved-plan-checks.ts";

/** A saved plan, what it is applied with, and everything that speaks against applying it now. */
export interface ExaminedPlan extends SeenPlan {
  readonly context: EngineContext;
  /** Why it may not be applied as it is: not the approved one, edited, too old, begun already, overtaken. */
  readonly refusals: readonly Refusal[];
  /** What was found of the machine and the cloud; none were looked for where the plan is refused before. */
  readonly findings: readonly Finding[];
  readonly approvedBy: ApprovedBy;
}

/** A saved plan whose fingerprint was found right, with what people saw of it. */
export interface SeenPlan {
  readonly saved: SavedPlan;
  readonly result: PlanResult;
}

/** Reads a saved plan and looks whether it could be applied now. Changes nothing. */
export async function examineSavedPlan(
  folder: string,
  options: EngineOptions & {
    readonly tree: CheckedTree;
    readonly repository: string;
    readonly environment: NodeJS.ProcessEnv;
    readonly signal: AbortSignal;
    readonly approved?: string | undefined;
    readonly maxAgeHours: number;
    readonly instant: Date;
    /** Day of the apply. */
    readonly day: Temporal.PlainDate;
    /** Whether those who must have approved; nobody is asked where it is left out. */
    readonly approval?: (plan: SeenPlan) => { readonly refusals: readonly Refusal[]; readonly approvedBy: ApprovedBy };
  },
): Promise<ExaminedPlan> {
  const { tree, repository, environment, approved, maxAgeHours, instant, day } = options;
  const saved = readSavedPlan(folder);
  const result = readPlanResult(folder);
  const store = readStateStore(environment, repository);
  const context = engineContext(await findEngine(environment), store, { ...options, cloud: true });
  const refusals = [
    ...refusalsOf(saved, {
      approved,
      fingerprint: fingerprintOf(partsAgain(result, saved.stacks)),
      // The list could have been edited; the parts are what the fingerprint is of.
      sources: restsOn(result.parts, tree.tree, "head") ? sourcesDigest(tree) : "",
      store: store.label,
      program: programParts().program ?? "",
      plannedBy: result.parts["program"] ?? "",
      plannedFor: result.at,
      day,
      instant,
      maxAgeHours,
    }),
    ...begunBefore(saved, folder),
  ];
  // Of a plan that is not what it says nobody can say who approved it.
  const approval = refusals.length > 0 ? undefined : options.approval?.({ saved, result });
  const approvedBy = approval?.approvedBy ?? { kind: "unsigned" };
  refusals.push(...(approval?.refusals ?? []));
  if (refusals.length > 0) return { saved, result, context, refusals, findings: [], approvedBy };
  const plan = { saved, folder, context, instant, maxAgeHours, jobs: jobsOf(options) };
  return { saved, result, context, approvedBy, ...(await checkSavedPlan(plan, { tree, repository, environment })) };
}

/** A plan is begun once: what an interrupted apply left is for the next plan to see, not for this one to repeat. */
function begunBefore(saved: SavedPlan, folder: string): Refusal[] {
  const list = (addresses: readonly string[]) => (addresses.length === 0 ? "" : `: ${addresses.join(", ")}`);
  return saved.stacks.flatMap(({ id, stack }) => {
    const begun = earlierApply(stack, stackFolder(folder, stack));
    if (begun === undefined) return [];
    const { result, done, failed, unfinished } = begun;
    const message = text(
      `${stack}：这个计划已经执行过（${{ applied: "完成", failed: "失败", interrupted: "中断" }[result]}）：完成 ${done.length} 项，失败 ${failed.length} 项${list(failed)}，去向不明 ${unfinished.length} 项${list(unfinished)}`,
      `${stack}: this plan was begun already (${result}): ${done.length} done, ${failed.length} failed${list(failed)}, ${unfinished.length} of unknown fate${list(unfinished)}`,
    );
    return [{ message, remedy: unsavedState(stack, stackFolder(folder, stack))?.remedy ?? goOn(id, unfinished.length > 0) }];
  });
}

/** How to go on after an apply that did not end well: what exists, what is half made, and a plan from there. */
function goOn(id: string, someUnknown: boolean) {
  const plan = text(
    `npm run state -- show ${id} 列出已有的和残缺的；npm run plan -- --online --system ${id} 从现状重新计划`,
    `npm run state -- show ${id} lists what is there and what is half made; npm run plan -- --online --system ${id} plans again from there`,
  );
  return someUnknown
    ? text(
        `先用 npm run drift -- --system ${id} 查找去向不明的资源，留着就会重复；${plan.zh}`,
        `first npm run drift -- --system ${id} finds what is of unknown fate, or it is made twice; ${plan.en}`,
      )
    : plan;
}
