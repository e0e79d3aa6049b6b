import { existsSync, readFileSync, statSync } from "node:fs";
import { text } from "../../catalog/text.ts";
import { EngineFailure, failureOf } from "./engine-failure.ts";
import { errorsIn, readMessage } from "./engine-messages.ts";
import { applyPlan, type EngineContext, reinitialise } from "./plan-stack.ts";
import { isStillErasing, stillErasing, waitForErasure } from "./still-erasing.ts";
import { unsavedState } from "./unsaved-state.ts";
import { stepsOf } from "./wind-down.ts";
import { type WorkingFolder, windingDownFolder, workingFolder } from "./working-folder.ts";

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

const APPLYING = text("执行", "applying");

/** Applies the saved plan of a stack's folder. A failure is part of the answer; so is what was done before it. */
export async function applyStack(
  stack: string,
  path: string,
  context: EngineContext,
  options: { readonly onWait?: () => void } = {},
): Promise<AppliedStack> {
  try {
    await reinitialise(stack, workingFolder(path), context);
    for (const { folder, prepare, waits } of await stepsOf(stack, path, context)) {
      const deadline = Date.now() + context.timeLimits.apply;
      for (;;) {
        await prepare();
        const failed = await applyFolder(stack, folder, context);
        if (failed === undefined) break;
        const erasing = waits && isStillErasing(failed.output);
        if (erasing && (await waitForErasure(deadline, context, options.onWait))) continue;
        const told = readLogs(path);
        // An engine that was killed says nothing of what it had begun.
        const failure =
          unsavedState(stack, path, failed.words.trim()) ??
          (erasing ? stillErasing(stack, context, failed.words.trim()) : failureOf(stack, APPLYING, failed.words));
        return { stack, result: told.unfinished.length > 0 ? "interrupted" : "failed", ...told, failure };
      }
    }
    return { stack, result: "applied", ...readLogs(path) };
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    const stopped = error.kind === "time-limit" || error.kind === "cancelled";
    return {
      stack,
      result: stopped ? "interrupted" : "failed",
      ...readLogs(path),
      failure: unsavedState(stack, path, error.details) ?? error,
    };
  }
}

/** Undefined where all of it was done; else what this try said, as the engine wrote it and as redacted words. */
async function applyFolder(
  stack: string,
  folder: WorkingFolder,
  context: EngineContext,
): Promise<{ readonly output: string; readonly words: string } | undefined> {
  const before = existsSync(folder.log) ? statSync(folder.log).size : 0;
  const { exitCode, stderr } = await applyPlan(stack, folder, context);
  if (exitCode === 0) return undefined;
  const output = readFileSync(folder.log).subarray(before).toString("utf8");
  return { output, words: context.environment.redact(`${errorsIn(output)}\n${stderr}`) };
}

/**
 * What an earlier apply of this folder did, where there was one: undefined where none was begun. One whose last step does not end with the
 * engine's summary was interrupted.
 */
export function earlierApply(stack: string, path: string): AppliedStack | undefined {
  const { log } = workingFolder(path);
  if (!existsSync(log) && !existsSync(windingDownFolder(path).log)) return undefined;
  const output = existsSync(log) ? readFileSync(log, "utf8") : "";
  const told = readLogs(path);
  if (/"type":"change_summary"[^\n]*"operation":"apply"|"operation":"apply"[^\n]*"type":"change_summary"/.test(output))
    return { stack, result: "applied", ...told };
  if (told.failed.length > 0 && told.unfinished.length === 0) return { stack, result: "failed", ...told };
  return { stack, result: "interrupted", ...told };
}

/** Of all steps, in their order. */
function readLogs(path: string): Pick<AppliedStack, "done" | "unfinished" | "failed"> {
  const done: ResourceDone[] = [];
  const failed = new Set<string>();
  const begun = new Set<string>();
  const lines = [windingDownFolder(path).log, workingFolder(path).log].flatMap((log) =>
    existsSync(log) ? readFileSync(log, "utf8").split("\n") : [],
  );
  for (const line of lines) {
    const message = readMessage(line);
    if (message === undefined || message.kind === "error") continue;
    if (message.kind === "start") begun.add(message.address);
    else begun.delete(message.address);
    // What was refused and then tried again with success did not fail.
    if (message.kind === "failed") failed.add(message.address);
    else failed.delete(message.address);
    if (message.kind === "complete") done.push({ address: message.address, action: message.action });
  }
  return { done, unfinished: [...begun], failed: [...failed] };
}
