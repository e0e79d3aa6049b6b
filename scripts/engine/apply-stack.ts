import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "../../catalog/text.ts";
import { EngineFailure, failureOf } from "./engine-failure.ts";
import { errorsIn, readMessage } from "./engine-messages.ts";
import { applyPlan, type EngineContext, reinitialise } from "./plan-stack.ts";
import { unsavedState } from "./unsaved-state.ts";
import { stepsOf } from "./wind-down.ts";
import { workingFolder } from "./working-folder.ts";

/** What an apply did to one stack, from the engine's own messages. */
export interface AppliedStack {
  readonly stack: string;
  readonly result: "applied" | "failed" | "interrupted";
  readonly done: readonly ResourceDone[];
  /** Begun and neither finished nor refused: may exist in the cloud without being in the state. */
  readonly unfinished: readonly string[];
  readonly failed: readonly string[];
  readonly failure?: EngineFailure;
}

export interface ResourceDone {
  readonly address: string;
  /** The engine's verb: create, update, delete, … */
  readonly action: string;
}

/** The engine's messages, in the stack's folder: written by the engine itself, so that they outlive a killed parent. */
const LOG = "apply.ndjson";
const APPLYING = text("执行", "applying");

/** Applies the saved plan of a stack's folder. A failure is part of the answer; so is what was done before it. */
export async function applyStack(stack: string, path: string, context: EngineContext): Promise<AppliedStack> {
  const log = join(path, LOG);
  try {
    await reinitialise(stack, workingFolder(path), context);
    for (const { folder, prepare } of await stepsOf(stack, path, context)) {
      await prepare();
      const { exitCode, stderr } = await applyPlan(stack, folder, context, log);
      if (exitCode === 0) continue;
      const told = readLog(log);
      const words = context.environment.redact(`${errorsIn(readFileSync(log, "utf8"))}\n${stderr}`);
      // An engine that was killed says nothing of what it had begun.
      const failure = unsavedState(stack, path, words.trim()) ?? failureOf(stack, APPLYING, words);
      return { stack, result: told.unfinished.length > 0 ? "interrupted" : "failed", ...told, failure };
    }
    return { stack, result: "applied", ...readLog(log) };
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    const stopped = error.kind === "time-limit" || error.kind === "cancelled";
    return {
      stack,
      result: stopped ? "interrupted" : "failed",
      ...readLog(log),
      failure: unsavedState(stack, path, error.details) ?? error,
    };
  }
}

/**
 * What an earlier apply of this folder did, where there was one: undefined where none was begun. One that does not end with the engine's
 * summary was interrupted.
 */
export function earlierApply(stack: string, path: string): AppliedStack | undefined {
  const log = join(path, LOG);
  if (!existsSync(log)) return undefined;
  const output = readFileSync(log, "utf8");
  const told = readLog(log);
  if (/"type":"change_summary"[^\n]*"operation":"apply"|"operation":"apply"[^\n]*"type":"change_summary"/.test(output))
    return { stack, result: "applied", ...told };
  if (told.failed.length > 0 && told.unfinished.length === 0) return { stack, result: "failed", ...told };
  return { stack, result: "interrupted", ...told };
}

function readLog(path: string): Pick<AppliedStack, "done" | "unfinished" | "failed"> {
  const done: ResourceDone[] = [];
  const failed: string[] = [];
  const begun = new Set<string>();
  for (const line of existsSync(path) ? readFileSync(path, "utf8").split("\n") : []) {
    const message = readMessage(line);
    if (message === undefined || message.kind === "error") continue;
    if (message.kind === "start") begun.add(message.address);
    else begun.delete(message.address);
    if (message.kind === "complete") done.push({ address: message.address, action: message.action });
    if (message.kind === "failed") failed.push(message.address);
  }
  return { done, unfinished: [...begun], failed };
}
