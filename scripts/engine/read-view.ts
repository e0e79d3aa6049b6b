import { type EnginePlan, readPlanFile } from "../../catalog/terraform-plan/read-plan.ts";
import type { EngineView } from "../plan/system-plan.ts";

/** The engine's plan of a stack as a plan of this program sees it. */
export function readView(path: string, name: string): EngineView {
  return viewOf(readPlanFile(path, name));
}

export function viewOf({ before, after, changes }: EnginePlan): EngineView {
  return { before, resources: after, changes };
}
