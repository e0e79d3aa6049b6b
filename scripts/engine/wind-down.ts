import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { text } from "../../catalog/text.ts";
import { EngineFailure } from "./engine-failure.ts";
import { type EngineContext, reinitialise, savePlanAndJson, showPlan } from "./plan-stack.ts";
import { type WorkingFolder, windingDownFolder, workingFolder } from "./working-folder.ts";

/** Address → whether the approved plan makes or removes it; what it only changes is in neither. */
type Approved = ReadonlyMap<string, "made" | "removed">;

interface ApplyStep {
  readonly folder: WorkingFolder;
  /** Plans it anew where the step before has moved the state. */
  readonly prepare: () => Promise<void>;
  /** Whether disks that the cloud still erases are waited for. */
  readonly waits: boolean;
}

/** Steps by which a saved plan is applied: one, but for a retired system, whose service ends before its quotas and its project go. */
export async function stepsOf(stack: string, path: string, context: EngineContext): Promise<readonly ApplyStep[]> {
  const [whole, between] = [workingFolder(path), windingDownFolder(path)];
  const alone = { folder: whole, prepare: async () => undefined, waits: false };
  if (!existsSync(join(between.path, "cdk.tf.json"))) return [alone];
  await showPlan(stack, whole, context);
  const approved = new Map(actionsIn(whole).map(({ address, removes }) => [address, removes ? ("removed" as const) : ("made" as const)]));
  // Where nothing is removed there is no service to end.
  if (![...approved.values()].includes("removed")) return [alone];
  const replan = (folder: WorkingFolder) => async () => {
    await reinitialise(stack, folder, context);
    await savePlanAndJson(stack, folder, context);
    const beyond = actionsIn(folder).filter((action) => !isWithin(action, approved));
    if (beyond.length > 0) throw beyondApproved(stack, beyond);
  };
  return [
    { folder: between, prepare: replan(between), waits: true },
    { folder: whole, prepare: replan(whole), waits: false },
  ];
}

interface PlannedAction {
  readonly address: string;
  readonly removes: boolean;
  readonly makes: boolean;
}

/** Removes the plan's JSON: it holds secrets. */
function actionsIn({ planJson }: WorkingFolder): PlannedAction[] {
  try {
    const { resource_changes: changes = [] } = JSON.parse(readFileSync(planJson, "utf8")) as {
      resource_changes?: { address: string; change: { actions: string[] } }[];
    };
    return changes
      .map(({ address, change: { actions } }) => ({
        address,
        removes: actions.includes("delete"),
        makes: actions.includes("create"),
        changes: actions.includes("update"),
      }))
      .filter(({ removes, makes, changes: updates }) => removes || makes || updates);
  } finally {
    rmSync(planJson, { force: true });
  }
}

/** On the way nothing may be touched but what was seen to go, and nothing made but what was seen to come. */
function isWithin({ address, removes, makes }: PlannedAction, approved: Approved): boolean {
  if (makes) return !removes && approved.get(address) === "made";
  return approved.get(address) === "removed";
}

function beyondApproved(stack: string, beyond: readonly PlannedAction[]): EngineFailure {
  const list = beyond.map(({ address }) => address).join(", ");
  return new EngineFailure(
    "stale-plan",
    text(
      `${stack}：退役的中间一步会动到批准之外的东西：${list}`,
      `${stack}: a step of the retirement would touch what was not approved: ${list}`,
    ),
  );
}
