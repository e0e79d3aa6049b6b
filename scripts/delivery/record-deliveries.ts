import type { Lang } from "../../catalog/text.ts";
import type { ApprovedBy } from "../approval/check-apply.ts";
import type { ApplyOutcome } from "../engine/apply-stacks.ts";
import type { SavedPlan, SavedStack } from "../engine/saved-plan.ts";
import type { PlanResult } from "../plan/result.ts";
import { terminalSafe } from "../render/escape.ts";
import { type Delivery, delivery, type Origin } from "./delivery.ts";
import { commitOf, type DeliveryOptions, type Keep, keepers } from "./delivery-options.ts";
import { requestOf } from "./request-of.ts";

/** Records deliveries as they happen, so that a run that is killed has recorded what it told. */
export interface DeliveryRecorder {
  /** A stack's outcome: recorded where it was applied. */
  readonly tell: (outcome: ApplyOutcome) => void;
  /** After all: what this change brings and an earlier run had made already. */
  readonly tellFound: () => void;
  /** How many records nobody keeps. */
  readonly lost: () => number;
}

/** Makes ready to record; throws InvalidRequest where it could not be done, before anything is applied. */
export async function deliveryRecorder(
  { saved, result, approvedBy }: { readonly saved: SavedPlan; readonly result: PlanResult; readonly approvedBy: ApprovedBy },
  options: DeliveryOptions,
  environment: NodeJS.ProcessEnv,
): Promise<DeliveryRecorder> {
  const keeps = keepers(options, environment);
  const origin = keeps.length === 0 ? undefined : await originOf(saved, options, environment);
  let lost = 0;
  const record = (stack: SavedStack, evidence: Delivery["evidence"]) => {
    if (origin === undefined) return;
    const made = delivery(stack, result, { evidence, instant: new Date(), origin, approvedBy });
    if (!keep(made, keeps, options.lang)) lost += 1;
  };
  return {
    tell: ({ stack, result: outcome }) => {
      const applied = outcome === "applied" ? saved.stacks.find((each) => each.stack === stack) : undefined;
      if (applied !== undefined) record(applied, "applied");
    },
    tellFound: () => {
      const changed = new Set(result.systems.filter(({ change }) => change !== "unchanged").map(({ id }) => id));
      for (const stack of saved.stacks) if (!stack.changes && changed.has(stack.id)) record(stack, "found");
    },
    lost: () => lost,
  };
}

/** Where records come from; a request that is not known is told, and stays null in them. */
async function originOf({ fingerprint }: SavedPlan, options: DeliveryOptions, environment: NodeJS.ProcessEnv): Promise<Origin> {
  const found = await requestOf(environment);
  if (found.kind === "unknown" && found.why !== undefined) {
    const why = terminalSafe(found.why[options.lang]);
    process.stderr.write(options.lang === "zh" ? `交付记录里没有申请编号：${why}\n` : `The deliveries name no request: ${why}\n`);
  }
  return { fingerprint, commit: commitOf(options, environment), request: found.kind === "known" ? found.request : null };
}

/** What is applied stays applied: a record that could not be kept is told in full, for somebody to keep. */
function keep(made: Delivery, keeps: readonly Keep[], lang: Lang): boolean {
  const line = JSON.stringify(made);
  let kept = true;
  for (const each of keeps) {
    try {
      each(line);
    } catch (error) {
      kept = false;
      const cause = terminalSafe(error instanceof Error ? error.message : String(error));
      const words =
        lang === "zh"
          ? `✘ ${made.system}：已执行，但没有记录（${cause}）。请把这条记录补上：`
          : `✘ ${made.system}: applied but not recorded (${cause}). Keep this record by hand:`;
      process.stderr.write(`${words}\n${line}\n`);
    }
  }
  return kept;
}
