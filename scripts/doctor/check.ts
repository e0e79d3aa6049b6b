import type { SystemId } from "../../catalog/declaration.ts";
import type { Pool } from "../../catalog/pool.ts";
import { type Text, text, verbatim } from "../../catalog/text.ts";
import type { CloudClient } from "../cloud/cloud-client.ts";
import { CloudFailure } from "../cloud/cloud-failure.ts";
import type { Limits } from "../cloud/http.ts";
import { EngineFailure } from "../engine/engine-failure.ts";
import type { CheckedTree } from "../plan/read-tree.ts";
import type { Needed, ProjectNeed } from "./needed.ts";

/** Whether something that plan and apply need is there. `not-checked` is no pass: its message says why nothing can be said. */
export interface Finding {
  /** `engine`, `login/gov`, `capacity/gov/general`: check, pool, part. */
  readonly id: string;
  readonly result: "ok" | "warning" | "failed" | "not-checked";
  readonly message: Text;
  readonly remedy?: Text;
  /** Systems of a saved plan that it concerns; absent where it concerns the machine or no plan is checked. */
  readonly systems?: readonly SystemId[];
}

/** What the checks are made with. */
export interface Surroundings {
  readonly tree: CheckedTree;
  readonly environment: NodeJS.ProcessEnv;
  /** Folder below which local states lie where nothing else is named. */
  readonly repository: string;
  readonly limits?: Partial<Limits>;
  /** What a saved plan asks for; without one checks tell what is left. */
  readonly plan?: PlanToCheck;
}

/** What is asked of the surroundings by those systems of a saved plan that it changes. */
export interface PlanToCheck {
  /** Their stacks. */
  readonly stacks: ReadonlyMap<string, SystemId>;
  /** What they add to each pool, by its key. */
  readonly needed: ReadonlyMap<string, Needed>;
  /** What they add to projects that stand already, by the pool's key. */
  readonly projects: ReadonlyMap<string, readonly ProjectNeed[]>;
}

/** One check of this machine. */
export type MachineCheck = (surroundings: Surroundings) => Promise<readonly Finding[]> | readonly Finding[];

/** One check of a pool's cloud, which a client signed in to the vending project reads. */
export type PoolCheck = (pool: Pool, client: CloudClient, surroundings: Surroundings) => Promise<readonly Finding[]> | readonly Finding[];

const LOOK_THERE = text(
  "检查该路径、权限和磁盘；状态目录由 GOVCLOUD_STATE 指定",
  "look at that path, its permissions and the disk; GOVCLOUD_STATE names the folder of the states",
);

/** A failure of the cloud or the engine as a finding. Throws anything else on: a defect of this program is none of the machine's. */
export function failedFinding(id: string, error: unknown): Finding {
  if (error instanceof CloudFailure || error instanceof EngineFailure)
    return { id, result: "failed", message: error.summary, remedy: error.remedy };
  const { code, syscall } = error as NodeJS.ErrnoException;
  // The operating system said no.
  if (code !== undefined && syscall !== undefined)
    return { id, result: "failed", message: verbatim((error as Error).message), remedy: LOOK_THERE };
  throw error;
}
