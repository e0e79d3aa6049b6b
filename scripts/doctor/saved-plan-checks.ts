import { existsSync, readFileSync } from "node:fs";
import pMap from "p-map";
import { text } from "../../catalog/text.ts";
import { EngineFailure } from "../engine/engine-failure.ts";
import type { Engine } from "../engine/find-engine.ts";
import type { EngineContext } from "../engine/plan-stack.ts";
import { type SavedPlan, stackFolder } from "../engine/saved-plan.ts";
import { type Refusal, verifyStack } from "../engine/verify-saved-plan.ts";
import { workingFolder } from "../engine/working-folder.ts";
import { type Finding, failedFinding, type Surroundings } from "./check.ts";
import { checkPools, planToCheck } from "./plan-pools.ts";
import { lockedVersions } from "./providers.ts";
import { runChecks } from "./run-checks.ts";

export interface SavedPlanToCheck {
  readonly saved: SavedPlan;
  readonly folder: string;
  readonly context: EngineContext;
  readonly instant: Date;
  readonly maxAgeHours: number;
  readonly jobs: number;
}

/** Why a saved plan is not applied, and what was found of what its apply needs. */
export interface CheckedPlan {
  readonly refusals: readonly Refusal[];
  readonly findings: readonly Finding[];
}

/**
 * Makes the checks that an apply stands on: the engine and the providers that planned, states that did not move, room for them, free locks; for what
 * uses the cloud the login, quotas and the capacity left against what the plan adds. Reads only.
 */
export async function checkSavedPlan(plan: SavedPlanToCheck, surroundings: Surroundings): Promise<CheckedPlan> {
  const engine = engineFinding(plan.saved, plan.context.engine);
  // Another version reads no plan of this one: whatever it said would not be of this plan.
  if (engine.result === "failed") return { refusals: [], findings: [engine] };
  const { saved, folder, context, instant, maxAgeHours, jobs } = plan;
  const verified = await pMap(
    saved.stacks,
    async (stack) => {
      try {
        return { ...stack, ...(await verifyStack(stack, stackFolder(folder, stack.stack), context, { instant, maxAgeHours })) };
      } catch (error) {
        if (error instanceof EngineFailure) return { ...stack, failure: error };
        throw error;
      }
    },
    { concurrency: jobs },
  );
  const changing = verified.flatMap((each) =>
    "view" in each && each.changes ? [{ id: each.id, stack: each.stack, view: each.view }] : [],
  );
  const failed = verified.flatMap((each) =>
    "failure" in each ? [{ ...failedFinding(areaOf(each.failure), each.failure), systems: [each.id] }] : [],
  );
  const asked = { ...surroundings, plan: planToCheck(changing, surroundings) };
  const findings = [
    engine,
    ...(failed.some(({ id }) => id === "providers") ? [] : [providersFinding(saved, folder)]),
    ...failed,
    ...(await runChecks(asked, [], ["state-store", "locks"])),
    ...(await checkPools(changing, asked)),
  ];
  return { refusals: verified.flatMap((each) => ("refusal" in each && each.refusal !== undefined ? [each.refusal] : [])), findings };
}

/** The engine that planned has to apply: another version may do otherwise with the same plan. */
function engineFinding({ engine: planned }: SavedPlan, { kind, version, path }: Engine): Finding {
  const same = planned.kind === kind && planned.version === version;
  return same
    ? { id: "engine", result: "ok", message: text(`${kind} ${version}（${path}）`, `${kind} ${version} (${path})`) }
    : {
        id: "engine",
        result: "failed",
        message: text(
          `计划由 ${planned.kind} ${planned.version} 所作，现在是 ${kind} ${version}`,
          `the plan was made by ${planned.kind} ${planned.version}, this is ${kind} ${version}`,
        ),
        remedy: text(
          "用同一引擎（GOVCLOUD_ENGINE 指明其路径），或重新计划",
          "use that engine (GOVCLOUD_ENGINE names its path), or plan again",
        ),
      };
}

/** What the lock files beside the plans name is what `init` has found: it takes no other version. */
function providersFinding({ stacks }: SavedPlan, folder: string): Finding {
  const versions = stacks.flatMap(({ stack }) => {
    const { lockFile } = workingFolder(stackFolder(folder, stack));
    return existsSync(lockFile) ? lockedVersions(readFileSync(lockFile, "utf8")).map(({ name, version }) => `${name} ${version}`) : [];
  });
  const list = [...new Set(versions)].sort().join(", ");
  return {
    id: "providers",
    result: "ok",
    message:
      list === "" ? text("计划不用插件", "the plan needs no provider") : text(`计划所用的插件 ${list}`, `the plan's providers ${list}`),
  };
}

function areaOf({ kind }: EngineFailure): string {
  if (kind === "no-provider" || kind === "provider-crash") return "providers";
  return kind === "state-store" || kind === "foreign-state" || kind === "disk-full" ? "state-store" : "engine";
}
