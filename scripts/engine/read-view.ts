import { InvalidInput } from "../../catalog/source/diagnostic.ts";
import { standingAfter } from "../../catalog/terraform-plan/left-standing.ts";
import { type EnginePlan, type PlanFile, parseEnginePlan, readPlan, readPlanBytes } from "../../catalog/terraform-plan/read-plan.ts";
import { text } from "../../catalog/text.ts";
import type { EngineView } from "../plan/system-plan.ts";
import { EngineFailure } from "./engine-failure.ts";

/** What this program's own engine has just printed of a plan. Throws EngineFailure where it cannot be read: no request is to blame for that. */
export function readEngineFile(path: string, name: string): PlanFile {
  return blamingTheEngine(name, () => parseEnginePlan(name, readPlanBytes(path, name)));
}

/** The engine's plan of a stack. Throws EngineFailure where it cannot be read. */
export function readPlanned(file: PlanFile, name: string): EnginePlan {
  return blamingTheEngine(name, () => readPlan(file));
}

/** The engine's plan of a stack as a plan of this program sees it. Throws EngineFailure where it cannot be read. */
export function readView(file: PlanFile, name: string): EngineView {
  return viewOf(readPlanned(file, name));
}

/** What a plan lets go of goes on standing: it is priced, judged and reached as before. */
export function viewOf({ before, after, changes }: EnginePlan): EngineView {
  return { before, resources: standingAfter(after, changes), changes };
}

function blamingTheEngine<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const { zh, en } = error.diagnostics[0]?.message ?? text("无法辨认", "it is none");
    throw new EngineFailure("unreadable-plan", text(`${name}：引擎的计划不能读：${zh}`, `${name}: cannot read the engine's plan: ${en}`));
  }
}
