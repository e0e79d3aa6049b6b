import { type EnginePlan, type PlanFile, readPlan } from "../../catalog/terraform-plan/read-plan.ts";
import type { EngineView } from "../plan/system-plan.ts";

/** The engine's plan of a stack as a plan of this program sees it. */
export function readView(file: PlanFile): EngineView {
  return viewOf(readPlan(file));
}

export function viewOf({ before, after, changes }: EnginePlan): EngineView {
  return { before, resources: after, changes };
}
