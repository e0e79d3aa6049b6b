import { InvalidInput } from "../../catalog/source/diagnostic.ts";
import { type EnginePlan, readPlanFile } from "../../catalog/terraform-plan/read-plan.ts";
import { text } from "../../catalog/text.ts";
import type { EngineView } from "../plan/system-plan.ts";
import { EngineFailure } from "./engine-failure.ts";

/** The engine's plan of a stack as a plan of this program sees it. Throws EngineFailure where it cannot be read: no request is to blame for that. */
export function readView(path: string, name: string): EngineView {
  try {
    return viewOf(readPlanFile(path, name));
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const { zh, en } = error.diagnostics[0]?.message ?? text("无法辨认", "it is none");
    throw new EngineFailure("unreadable-plan", text(`${name}：引擎的计划不能读：${zh}`, `${name}: cannot read the engine's plan: ${en}`));
  }
}

export function viewOf({ before, after, changes }: EnginePlan): EngineView {
  return { before, resources: after, changes };
}
