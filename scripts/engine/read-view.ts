import { type EnginePlan, readPlan } from "../../catalog/terraform-plan/read-plan.ts";
import type { EngineView } from "../plan/system-plan.ts";

/** The engine's plan of a stack as a plan of this program sees it. */
export function readView(bytes: Uint8Array, name: string): EngineView {
  return viewOf(readPlan(name, bytes));
}

export function viewOf({ before, after, changes }: EnginePlan): EngineView {
  return { before, resources: after, changes };
}
