import type { SystemId } from "../../catalog/declaration.ts";
import type { PlanFile } from "../../catalog/terraform-plan/read-plan.ts";
import type { EngineView } from "../plan/system-plan.ts";
import type { EngineFailure } from "./engine-failure.ts";
import { hasChanges, planDigest } from "./plan-digest.ts";
import type { EngineContext, StackToPlan, StateVersion } from "./plan-stack.ts";
import { type Progress, planStacks } from "./plan-stacks.ts";
import { readEngineFile } from "./read-view.ts";
import { decidingFiles, type SavedStack } from "./saved-plan.ts";

/** A system for the engine. */
export interface SystemToPlan extends StackToPlan {
  readonly id: SystemId;
}

export interface OnlinePlan {
  /** What the engine planned, of the systems that it could plan. */
  readonly views: ReadonlyMap<SystemId, EngineView>;
  readonly failures: ReadonlyMap<SystemId, EngineFailure>;
  readonly saved: readonly SavedStack[];
}

/** Plans systems with the engine and reads its plans. */
export async function planOnline(
  systems: readonly SystemToPlan[],
  options: {
    /** Folder that holds the working folders, one a stack. */
    readonly root: string;
    readonly jobs: number;
    readonly context: EngineContext;
    readonly progress?: Progress;
    /** Reads a plan: the only reader of Terraform's formats is the catalogue's. */
    readonly readView: (file: PlanFile, id: SystemId) => EngineView;
  },
): Promise<OnlinePlan> {
  const byStack = new Map(systems.map((system) => [system.stack, system]));
  const idOf = (stack: string) => byStack.get(stack)?.id ?? stack;
  const outcomes = await planStacks(systems, {
    ...options,
    read: ({ stack, folder, state }) => {
      const id = idOf(stack);
      const file = readEngineFile(folder.planJson, id);
      const view = options.readView(file, id);
      return { view, saved: savedStack(id, stack, folder.path, file.value as Record<string, unknown>, state) };
    },
  });
  const views = new Map<SystemId, EngineView>();
  const failures = new Map<SystemId, EngineFailure>();
  const saved: SavedStack[] = [];
  for (const { stack, result, failure } of outcomes) {
    if (failure !== undefined) failures.set(idOf(stack), failure);
    if (result === undefined) continue;
    views.set(idOf(stack), result.view);
    saved.push(result.saved);
  }
  return { views, failures, saved };
}

function savedStack(id: SystemId, stack: string, folder: string, plan: Record<string, unknown>, state: StateVersion | null): SavedStack {
  return { id, stack, changes: hasChanges(plan), planned: planDigest(plan), state, files: decidingFiles(folder) };
}
