import type { SystemId } from "../../catalog/declaration.ts";
import type { Pool } from "../../catalog/pool.ts";
import { costingFacts } from "../../cost/costing.ts";
import type { EngineView } from "../plan/system-plan.ts";
import type { Finding, PlanToCheck, Surroundings } from "./check.ts";
import { addNeeded, type Needed, neededOf, projectNeeds } from "./needed.ts";
import { type CheckName, runChecks } from "./run-checks.ts";

/** A system that the plan changes, as the engine reads its plan. */
export interface ChangingSystem {
  readonly id: SystemId;
  readonly stack: string;
  readonly view: EngineView;
}

/** The pool that a system is declared in; undefined for the platform, which stands in all of them. */
function poolOf(id: SystemId, { tree: { catalogue, declarations } }: Surroundings): Pool | undefined {
  return catalogue.pools.get(declarations.systems.find((each) => each.id === id)?.pool ?? "");
}

/** Adds up, pool by pool, what the systems ask of it. */
export function planToCheck(changing: readonly ChangingSystem[], surroundings: Surroundings): PlanToCheck {
  const { catalogue } = surroundings.tree;
  const needs = changing.map(({ id, view }) => {
    const pool = poolOf(id, surroundings);
    const needed = neededOf(view.changes, costingFacts(catalogue, view.resources, pool));
    return { key: pool?.key, needed, projects: projectNeeds(id, view.changes, needed) };
  });
  const byPool = Map.groupBy(
    needs.filter(({ key }) => key !== undefined),
    ({ key = "" }) => key,
  );
  return {
    stacks: new Map(changing.map(({ id, stack }) => [stack, id])),
    needed: new Map([...byPool].map(([key, each]): [string, Needed] => [key, addNeeded(each.map(({ needed }) => needed))])),
    projects: new Map([...byPool].map(([key, each]) => [key, each.flatMap(({ projects }) => projects)])),
  };
}

/** Only what the plan touches is asked: built-in resources alone need no cloud. */
export async function checkPools(changing: readonly ChangingSystem[], surroundings: Surroundings): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const pool of surroundings.tree.catalogue.pools.values()) {
    const using = (provider: string) =>
      changing.filter(
        ({ id, view }) =>
          (poolOf(id, surroundings) ?? pool) === pool &&
          view.changes.some(({ type, action }) => action !== "no-op" && type.startsWith(provider)),
      );
    const [cloud, cluster] = [using("openstack_"), using("kubernetes_")];
    const only: CheckName[] = [
      ...(cloud.length === 0 ? [] : (["login"] as const)),
      // What the platform makes (flavors, networks) takes nothing of a pool.
      ...(cloud.some(({ id }) => poolOf(id, surroundings) !== undefined) ? (["quota", "capacity"] as const) : []),
      ...(cluster.length === 0 ? [] : (["kubernetes"] as const)),
    ];
    if (only.length === 0) continue;
    for (const finding of await runChecks(surroundings, [pool], only)) {
      const concerned = finding.id.startsWith("kubernetes/") ? cluster : cloud;
      findings.push({ systems: concerned.map(({ id }) => id), ...finding });
    }
  }
  return findings;
}
