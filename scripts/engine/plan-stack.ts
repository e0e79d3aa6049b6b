import { rmSync } from "node:fs";
import { text } from "../../catalog/text.ts";
import type { TerraformJson } from "../../stacks/named-stack.ts";
import { closeState } from "../state/state-folder.ts";
import type { EngineEnvironment } from "./engine-environment.ts";
import { EngineFailure, failureOf } from "./engine-failure.ts";
import { errorsIn } from "./engine-messages.ts";
import type { Engine } from "./find-engine.ts";
import { type EngineAnswer, type EngineCall, runEngine } from "./run-engine.ts";
import type { StateStore } from "./state-store.ts";
import { prepareFolder, type WorkingFolder, windingDownFolder, workingFolder } from "./working-folder.ts";

/** What the engine has to plan: one stack, by the name that its state and folder have. */
export interface StackToPlan {
  readonly stack: string;
  readonly json: TerraformJson;
  /** What a retired system is left with in between: applied first, so that its service ends and its quotas are 0 before its project goes. */
  readonly windingDown?: TerraformJson;
}

/** Everything that the steps of one run share. */
export interface EngineContext {
  readonly engine: Engine;
  readonly environment: EngineEnvironment;
  readonly store: StateStore;
  readonly timeLimits: TimeLimits;
  readonly signal?: AbortSignal;
}

/** Milliseconds that a step may take. */
export interface TimeLimits {
  readonly init: number;
  readonly plan: number;
  readonly show: number;
  readonly apply: number;
}

const MINUTE = 60_000;
export const TIME_LIMITS: TimeLimits = { init: 5 * MINUTE, plan: 15 * MINUTE, show: 2 * MINUTE, apply: 60 * MINUTE };

/** How long the engine waits for somebody else's lock before it gives up. */
const LOCK_TIMEOUT = "20s";

export interface PlannedStack {
  readonly stack: string;
  readonly folder: WorkingFolder;
  /** Null before the first apply. */
  readonly state: StateVersion | null;
}

/** Which state a plan was made against. */
export interface StateVersion {
  readonly lineage: string;
  readonly serial: number;
}

export type Step = "init" | "plan" | "show" | "apply";
const STEPS = {
  init: text("初始化", "initialising"),
  plan: text("计划", "planning"),
  show: text("读出计划", "reading the plan"),
  apply: text("执行", "applying"),
  state: text("读出状态", "reading the state"),
};

/** Initialises a stack's working folder: its providers and the store of its state. */
export async function initStack(
  { stack, json, windingDown }: StackToPlan,
  path: string,
  context: EngineContext,
  options: { readonly lockFile?: string } = {},
): Promise<WorkingFolder> {
  const folder = workingFolder(path);
  prepareFolder(folder, { stack, json, store: context.store, ...options });
  if (windingDown !== undefined) prepareFolder(windingDownFolder(path), { stack, json: windingDown, store: context.store });
  await reinitialise(stack, folder, context);
  return folder;
}

/** The same in a folder that stands already, such as a saved plan brought from another machine. */
export async function reinitialise(stack: string, folder: WorkingFolder, context: EngineContext): Promise<void> {
  const answer = await call("init", stack, folder, context, ["init", "-input=false", "-no-color", "-reconfigure"]);
  if (answer.exitCode !== 0) throw failureOf(stack, STEPS.init, `${answer.stderr}\n${answer.stdout}`);
}

/** Plans an initialised stack against its state and leaves plan and plan JSON in its folder. The caller removes the JSON: it holds secrets. */
export async function planStack(stack: string, folder: WorkingFolder, context: EngineContext): Promise<PlannedStack> {
  await savePlanAndJson(stack, folder, context);
  return { stack, folder, state: await stateVersion(stack, folder, context) };
}

/** The same without asking which state it was. */
export async function savePlanAndJson(stack: string, folder: WorkingFolder, context: EngineContext): Promise<void> {
  const planned = await call("plan", stack, folder, context, [
    "plan",
    "-input=false",
    "-json",
    `-lock-timeout=${LOCK_TIMEOUT}`,
    `-out=${folder.planFile}`,
  ]);
  if (planned.exitCode !== 0) throw failureOf(stack, STEPS.plan, `${errorsIn(planned.stdout)}\n${planned.stderr}`);
  await showPlan(stack, folder, context);
}

/** Writes the saved plan as JSON beside it. */
export async function showPlan(stack: string, folder: WorkingFolder, context: EngineContext): Promise<void> {
  const shown = await call("show", stack, folder, context, ["show", "-json", folder.planFile], { outputFile: folder.planJson });
  if (shown.exitCode === 0) return;
  rmSync(folder.planJson, { force: true });
  throw failureOf(stack, STEPS.show, shown.stderr);
}

/** Lineage and serial of the stack's state, from the store; null where there is none yet. */
export async function stateVersion(stack: string, folder: WorkingFolder, context: EngineContext): Promise<StateVersion | null> {
  const pulled = await call("show", stack, folder, context, ["state", "pull"], { step: STEPS.state });
  if (pulled.exitCode !== 0) throw failureOf(stack, STEPS.state, pulled.stderr);
  const words = pulled.stdout.trim();
  if (words === "") return null;
  // Lineage and serial stand before the resources, so nothing of these is read, parsed or kept.
  const head = words.slice(0, 2000);
  const lineage = /"lineage":\s*"([^"]*)"/.exec(head)?.[1];
  const serial = /"serial":\s*(\d+)/.exec(head)?.[1];
  if (lineage === undefined || serial === undefined)
    throw new EngineFailure("state-store", text(`${stack}：状态无法辨认`, `${stack}: cannot read the state's lineage and serial`));
  // An empty state that was never written has neither; what the engine left of a first apply, encrypted and put back, has no lineage.
  return lineage === "" && serial === "0" ? null : { lineage, serial: Number(serial) };
}

/** Applies the saved plan of a folder; the engine's messages go to a file, which outlives this process. */
export async function applyPlan(stack: string, folder: WorkingFolder, context: EngineContext): Promise<EngineAnswer> {
  return await call("apply", stack, folder, context, ["apply", "-input=false", "-json", `-lock-timeout=${LOCK_TIMEOUT}`, folder.planFile], {
    outputFile: folder.log,
    append: true,
  });
}

async function call(
  step: Step,
  stack: string,
  folder: WorkingFolder,
  { engine, environment, store, timeLimits, signal }: EngineContext,
  args: readonly string[],
  options: Pick<EngineCall, "outputFile" | "append"> & { readonly step?: EngineCall["step"] } = {},
): Promise<EngineAnswer> {
  try {
    return await runEngine(
      { engine, environment, folder: folder.path, stack, step: STEPS[step], timeLimit: timeLimits[step], signal, ...options },
      args,
    );
  } finally {
    if (store.kind === "local") closeState(store.label, stack);
  }
}
