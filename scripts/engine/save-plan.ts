import type { PlanResult } from "../plan/result.ts";
import { programLabel } from "../version.ts";
import type { Engine } from "./find-engine.ts";
import { type SavedPlan, type SavedStack, writeSavedPlan } from "./saved-plan.ts";
import type { StateStore } from "./state-store.ts";

/** Writes the list of a saved plan beside the stacks that the engine planned in its folder; from then on it can be applied. */
export function savePlan(
  folder: string,
  plan: {
    readonly result: PlanResult;
    readonly sources: string;
    readonly base: string | null;
    readonly engine: Engine;
    readonly store: StateStore;
    readonly stacks: readonly SavedStack[];
    readonly createdAt: Date;
  },
): SavedPlan {
  if (plan.result.verdict === "partial") throw new Error("Cannot save a plan that not every policy judged");
  const { result, sources, base, engine, store, stacks, createdAt } = plan;
  const saved = {
    schema: "govcloud/saved-plan/1" as const,
    program: programLabel(),
    engine: { kind: engine.kind, version: engine.version },
    store: store.label,
    createdAt: createdAt.toISOString(),
    at: result.at,
    sources,
    base,
    fingerprint: result.fingerprint,
    verdict: plan.result.verdict,
    stacks,
  };
  return writeSavedPlan(folder, saved, result);
}
