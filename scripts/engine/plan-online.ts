import type { SystemId } from "../../catalog/declaration.ts";
import type { PlanFile } from "../../catalog/terraform-plan/read-plan.ts";
import { text } from "../../catalog/text.ts";
import type { EngineView } from "../plan/system-plan.ts";
import { PROJECT } from "../state/read-state.ts";
import { makeStateFolder } from "../state/state-folder.ts";
import { EngineFailure } from "./engine-failure.ts";
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
    /** Systems that are declared: the state of one is no other's. */
    readonly declared?: ReadonlySet<SystemId>;
    /** Reads a plan: the only reader of Terraform's formats is the catalogue's. */
    readonly readView: (file: PlanFile, id: SystemId) => EngineView;
  },
): Promise<OnlinePlan> {
  makeStateFolder(options.context.store);
  const byStack = new Map(systems.map((system) => [system.stack, system]));
  const idOf = (stack: string) => byStack.get(stack)?.id ?? stack;
  const outcomes = await planStacks(systems, {
    ...options,
    read: ({ stack, folder, state }) => {
      const id = idOf(stack);
      const file = readEngineFile(folder.planJson, id);
      const view = options.readView(file, id);
      refuseForeignState(id, view, options.declared ?? new Set());
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

/** A state whose project is that of another system, which is declared too, was moved by mistake; one of a name that nobody declares was renamed. */
function refuseForeignState(id: SystemId, { before }: EngineView, declared: ReadonlySet<SystemId>): void {
  const project = before.find(({ type }) => type === PROJECT)?.values["name"];
  const owner = typeof project === "string" ? project.replace("--", "/") : id;
  if (owner === id || !declared.has(owner)) return;
  throw new EngineFailure("foreign-state", text(`${id}：状态里的资源是 ${owner} 的`, `${id}: its state holds the resources of ${owner}`), {
    remedy: text(
      `把它改回去：npm run state -- move ${id} ${owner}（${owner} 已有状态时先查看：npm run state -- show ${owner}）`,
      `move it back: npm run state -- move ${id} ${owner} (where ${owner} has a state already, look at that first: npm run state -- show ${owner})`,
    ),
  });
}

function savedStack(id: SystemId, stack: string, folder: string, plan: Record<string, unknown>, state: StateVersion | null): SavedStack {
  return { id, stack, changes: hasChanges(plan), planned: planDigest(plan), state, files: decidingFiles(folder) };
}
