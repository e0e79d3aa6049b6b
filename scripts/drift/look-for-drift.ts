import pMap from "p-map";
import type { Catalogue } from "../../catalog/catalogue.ts";
import type { SystemId } from "../../catalog/declaration.ts";
import type { Pool } from "../../catalog/pool.ts";
import type { PriceBook } from "../../catalog/price-book.ts";
import type { PlanFile } from "../../catalog/terraform-plan/read-plan.ts";
import { type Text, text } from "../../catalog/text.ts";
import type { CloudClient } from "../cloud/cloud-client.ts";
import { CloudFailure } from "../cloud/cloud-failure.ts";
import { EngineFailure } from "../engine/engine-failure.ts";
import { planOnline, type SystemToPlan } from "../engine/plan-online.ts";
import type { EngineContext } from "../engine/plan-stack.ts";
import type { Progress } from "../engine/plan-stacks.ts";
import { readPlanned } from "../engine/read-view.ts";
import { readPrices } from "./cost-of.ts";
import { driftOf, type SystemDrift } from "./drift-of.ts";
import { type ManagedIds, readManagedIds } from "./managed-ids.ts";
import { type UnmanagedResource, unmanagedResources } from "./unmanaged.ts";

/** A system that has a state. */
export interface SystemToLookAt extends SystemToPlan {
  /** Where its project is; undefined for the platform, whose project is everybody's. */
  readonly pool: Pool | undefined;
}

/** What was found of one system; a failure leaves out what it kept from being seen. */
export interface DriftFound {
  readonly id: SystemId;
  readonly drift: SystemDrift | undefined;
  /** The project whose lists were compared with the state. */
  readonly project: string | undefined;
  readonly unmanaged: readonly UnmanagedResource[];
  readonly failure: DriftFailure | undefined;
}

export interface DriftFailure {
  readonly message: Text;
  readonly remedy: Text;
}

interface Looked {
  readonly drift: SystemDrift;
  readonly managed: ManagedIds;
}

/**
 * Looks for drift in systems: what the engine finds changed behind its back, then what the cloud's own lists hold and no state does. A system that
 * fails in either does not stop the others.
 */
export async function lookForDrift(
  systems: readonly SystemToLookAt[],
  options: {
    readonly root: string;
    readonly jobs: number;
    readonly context: EngineContext;
    readonly progress?: Progress;
    readonly catalogue: Catalogue;
    readonly book: PriceBook;
    /** Signs in to a system's project. */
    readonly signIn: (pool: Pool, project: string) => Promise<CloudClient>;
  },
): Promise<readonly DriftFound[]> {
  const { catalogue, book } = options;
  const looked = new Map<SystemId, Looked>();
  const failures = new Map<SystemId, DriftFailure>();
  const pools = new Map(systems.map(({ id, pool }) => [id, pool]));
  const planned = await planOnline(systems, {
    ...options,
    readView: (file, id) => {
      const drift = driftOf(readPlanned(file, id), { catalogue, pool: pools.get(id), book });
      looked.set(id, { drift, managed: managedIn(file) });
      return { before: [], resources: [], changes: [] };
    },
  });
  for (const [id, failure] of planned.failures) failures.set(id, failureOf(failure));
  return await pMap(
    systems,
    async ({ id, stack, pool }): Promise<DriftFound> => {
      const { drift, managed } = looked.get(id) ?? {};
      const found = { id, drift, project: undefined, unmanaged: [], failure: failures.get(id) };
      if (pool === undefined || managed === undefined || !hasProject(managed)) return found;
      try {
        if (options.context.signal?.aborted === true)
          throw new EngineFailure(
            "cancelled",
            text(`${id}：已取消，没有比较云上清单`, `${id}: cancelled before the cloud's lists were compared`),
          );
        const client = await options.signIn(pool, stack);
        const prices = await readPrices(client, pool, catalogue, book);
        return { ...found, project: stack, unmanaged: await unmanagedResources(client, stack, managed, prices) };
      } catch (error) {
        return { ...found, failure: failureOf(error) };
      }
    },
    { concurrency: options.jobs },
  );
}

/** The ids of the state that the plan was made against, as the engine shows it with the plan; without one nothing is managed. */
function managedIn(file: PlanFile): ManagedIds {
  return readManagedIds(file.listing("prior_state") ?? { format_version: "1.0" });
}

/** A stack of records alone, such as a rack's, has no project in the cloud. */
function hasProject({ ids }: ManagedIds): boolean {
  return [...ids.keys()].some((type) => type.startsWith("openstack_"));
}

/** What is no failure of the engine, the cloud or the plan is this program's own. */
function failureOf(error: unknown): DriftFailure {
  if (error instanceof EngineFailure || error instanceof CloudFailure) return { message: error.summary, remedy: error.remedy };
  throw error;
}
