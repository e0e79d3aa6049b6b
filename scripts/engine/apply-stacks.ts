import pMap from "p-map";
import { type AppliedStack, applyStack } from "./apply-stack.ts";
import type { EngineContext } from "./plan-stack.ts";

export interface StackToApply {
  readonly stack: string;
  readonly folder: string;
}

export type ApplyOutcome = AppliedStack | { readonly stack: string; readonly result: "skipped" };

/**
 * Applies saved plans: what all systems stand on (the platform) first and alone; then the others, at most `jobs` at a time. One that fails
 * does not stop the others, but nothing is begun on a platform that failed, nor after a cancellation.
 */
export async function applyStacks(
  { first, others }: { readonly first: readonly StackToApply[]; readonly others: readonly StackToApply[] },
  options: {
    readonly jobs: number;
    readonly context: EngineContext;
    readonly onOutcome?: (outcome: ApplyOutcome) => void;
    readonly onWait?: (stack: string) => void;
  },
): Promise<readonly ApplyOutcome[]> {
  const { jobs, context } = options;
  const one = async ({ stack, folder }: StackToApply, stands: boolean): Promise<ApplyOutcome> => {
    const cancelled = context.signal?.aborted === true;
    const outcome: ApplyOutcome =
      stands && !cancelled
        ? await applyStack(stack, folder, context, { onWait: () => options.onWait?.(stack) })
        : { stack, result: "skipped" };
    options.onOutcome?.(outcome);
    return outcome;
  };
  const platform = await pMap(first, (each) => one(each, true), { concurrency: 1 });
  const stands = platform.every(({ result }) => result === "applied");
  return [...platform, ...(await pMap(others, (each) => one(each, stands), { concurrency: jobs }))];
}
