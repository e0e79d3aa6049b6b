import { rmSync } from "node:fs";
import { join } from "node:path";
import pMap from "p-map";
import { EngineFailure } from "./engine-failure.ts";
import { type EngineContext, initStack, type PlannedStack, planStack, type StackToPlan, type Step } from "./plan-stack.ts";

/** Tells people how far a long run is. */
export type Progress = (event: {
  readonly stack: string;
  readonly step: Step | "done" | "failed";
  readonly done: number;
  readonly of: number;
  readonly milliseconds: number;
}) => void;

export interface StackOutcome<Result> {
  readonly stack: string;
  readonly result?: Result;
  readonly failure?: EngineFailure;
}

/**
 * Plans stacks, at most `jobs` at a time, each in a folder of its own below `root`; one that fails does not stop the others.
 * `read` takes what it wants from each plan while its JSON stands.
 */
export async function planStacks<Result>(
  stacks: readonly StackToPlan[],
  options: {
    readonly root: string;
    readonly jobs: number;
    readonly context: EngineContext;
    readonly progress?: Progress;
    readonly read: (planned: PlannedStack) => Result;
  },
): Promise<readonly StackOutcome<Result>[]> {
  const { root, jobs, context, read } = options;
  const started = performance.now();
  let done = 0;
  const tell = (stack: string, step: Step | "done" | "failed") => {
    if (step === "done" || step === "failed") done += 1;
    options.progress?.({ stack, step, done, of: stacks.length, milliseconds: performance.now() - started });
  };
  // Stacks with the same providers share a lock file; the first of them fetches the providers into the cache, alone, for the cache takes one writer.
  const fetched = new Map<string, Promise<string | undefined>>();
  const one = async (stack: StackToPlan): Promise<StackOutcome<Result>> => {
    try {
      tell(stack.stack, "init");
      const path = join(root, stack.stack);
      const providers = JSON.stringify((stack.json["terraform"] as { required_providers?: unknown } | undefined)?.required_providers ?? {});
      const first = fetched.get(providers);
      const init = async () => {
        const lockFile = await first;
        return await initStack(stack, path, context, lockFile === undefined ? {} : { lockFile });
      };
      const folder = init();
      if (first === undefined)
        fetched.set(
          providers,
          folder.then(
            ({ lockFile }) => lockFile,
            () => undefined,
          ),
        );
      const ready = await folder;
      tell(stack.stack, "plan");
      const result = await readAway(read, await planStack(stack.stack, ready, context));
      tell(stack.stack, "done");
      return { stack: stack.stack, result };
    } catch (error) {
      tell(stack.stack, "failed");
      if (error instanceof EngineFailure) return { stack: stack.stack, failure: error };
      throw error;
    }
  };
  return await pMap(stacks, one, { concurrency: jobs });
}

/** Reads a plan while its JSON stands, and removes that: it holds secrets in clear. */
async function readAway<Result>(read: (planned: PlannedStack) => Result, planned: PlannedStack): Promise<Result> {
  try {
    return read(planned);
  } finally {
    rmSync(planned.folder.planJson, { force: true });
  }
}
