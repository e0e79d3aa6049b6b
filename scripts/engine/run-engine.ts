import { closeSync, openSync } from "node:fs";
import { $ } from "zx";
import { type Text, text } from "../../catalog/text.ts";
import type { EngineEnvironment } from "./engine-environment.ts";
import { EngineFailure } from "./engine-failure.ts";
import type { Engine } from "./find-engine.ts";

export interface EngineCall {
  readonly engine: Engine;
  readonly environment: EngineEnvironment;
  /** Working folder of the stack. */
  readonly folder: string;
  readonly stack: string;
  /** What is being done, for people. */
  readonly step: Text;
  /** Milliseconds; then the engine is asked to stop, and a grace period later killed with its children. */
  readonly timeLimit: number;
  readonly signal?: AbortSignal | undefined;
  /** Standard output goes to this file instead of memory: a plan's JSON may be large, and holds secrets. */
  readonly outputFile?: string;
  /** Add to that file what is there already. */
  readonly append?: boolean;
}

export interface EngineAnswer {
  readonly exitCode: number;
  /** Redacted. */
  readonly stdout: string;
  readonly stderr: string;
}

/** How long an engine that was asked to stop may take to put down its lock and write its state. */
const GRACE = 30_000;

/** Runs the engine once. Throws where it ran out of time or was cancelled; a failure of its own is an exit code. */
export async function runEngine(call: EngineCall, args: readonly string[]): Promise<EngineAnswer> {
  const { engine, environment, folder, stack, step, timeLimit, signal } = call;
  if (signal?.aborted === true) throw stoppedFailure("cancelled", stack, step, timeLimit);
  const output = call.outputFile === undefined ? undefined : openSync(call.outputFile, call.append === true ? "a" : "w", 0o600);
  let stopped: "time-limit" | "cancelled" | undefined;
  try {
    const running = $({
      cwd: folder,
      env: environment.variables,
      // A process group of its own: Ctrl-C in the terminal reaches the engine once, through us, and a kill reaches its providers too.
      detached: true,
      nothrow: true,
      quiet: true,
      stdio: ["ignore", output ?? "pipe", "pipe"],
    })`${engine.path} ${args}`;
    const stop = (why: "time-limit" | "cancelled") => {
      if (stopped !== undefined) return;
      stopped = why;
      // The engine alone first: it tells its providers, puts down its lock and writes its state.
      kill(running.pid, "SIGINT");
      killer = setTimeout(() => kill(running.pid === undefined ? undefined : -running.pid, "SIGKILL"), GRACE);
    };
    let killer: NodeJS.Timeout | undefined;
    const timer = setTimeout(() => stop("time-limit"), timeLimit);
    const cancel = () => stop("cancelled");
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      const { exitCode, stdout, stderr } = await running;
      if (stopped !== undefined) throw stoppedFailure(stopped, stack, step, timeLimit);
      return { exitCode: exitCode ?? 1, stdout: environment.redact(stdout), stderr: environment.redact(stderr) };
    } finally {
      clearTimeout(timer);
      clearTimeout(killer);
      signal?.removeEventListener("abort", cancel);
    }
  } finally {
    if (output !== undefined) closeSync(output);
  }
}

function stoppedFailure(why: "time-limit" | "cancelled", stack: string, step: Text, timeLimit: number): EngineFailure {
  const minutes = Number((timeLimit / 60_000).toPrecision(3));
  return why === "time-limit"
    ? new EngineFailure(
        "time-limit",
        text(
          `${stack}：${step.zh}超过 ${minutes} 分钟，已停止`,
          `${stack}: ${step.en} took longer than ${minutes} minutes and was stopped`,
        ),
      )
    : new EngineFailure("cancelled", text(`${stack}：${step.zh}已取消`, `${stack}: ${step.en} was cancelled`));
}

function kill(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}
