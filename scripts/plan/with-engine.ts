import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isProvided, type SystemId } from "../../catalog/declaration.ts";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { counted, type Lang, text } from "../../catalog/text.ts";
import { synthesise } from "../../stacks/build-app.ts";
import { composeApp } from "../compose-app.ts";
import { cancelOnSignals } from "../engine/cancel.ts";
import { type EngineOptions, engineContext, jobsOf } from "../engine/engine-options.ts";
import { type Engine, findEngine } from "../engine/find-engine.ts";
import { type OnlinePlan, planOnline } from "../engine/plan-online.ts";
import type { EngineContext } from "../engine/plan-stack.ts";
import { readView } from "../engine/read-view.ts";
import { savePlan } from "../engine/save-plan.ts";
import { refuseUsedFolder, stackFolder } from "../engine/saved-plan.ts";
import { emptyStore, readStateStore } from "../engine/state-store.ts";
import { REPOSITORY, userPath } from "../options.ts";
import { renderEngineFailure } from "../render/engine-failure.ts";
import { progressLine } from "../render/engine-progress.ts";
import { type PlanOptions, systemsToJudge } from "./build-plan.ts";
import { sourcesDigest } from "./fingerprint.ts";
import type { CheckedTree } from "./read-tree.ts";
import type { PlanResult } from "./result.ts";

export interface OnlineOptions extends EngineOptions {
  readonly online?: boolean;
  /** `none`: systems are planned as new ones, with an empty state, without credentials and without a connection. */
  readonly cloud: "pool" | "none";
  readonly save?: string;
}

/** An online plan, and what is needed to save it. */
export interface EnginePlanned extends OnlinePlan {
  readonly engine: Engine;
  readonly cloud: boolean;
  /** Systems with nothing of a cloud in their state: the engine looks up what it manages, so of these it asked no cloud. */
  readonly unasked: readonly SystemId[];
  /** Makes the folder of the options a saved plan; without that option the working folders are removed. */
  readonly finish: (result: PlanResult, trees: { readonly head: CheckedTree; readonly base: CheckedTree | undefined }) => void;
}

/** Plans with the engine the systems that a request touches; undefined where the plan is to be made offline. */
export async function planWithEngine(
  head: CheckedTree,
  options: OnlineOptions & { readonly lang: Lang },
  scope: PlanOptions,
): Promise<EnginePlanned | undefined> {
  refuseContradictions(options);
  if (options.online !== true) return undefined;
  const saveTo = options.save === undefined ? undefined : userPath(options.save);
  if (saveTo !== undefined) refuseUsedFolder(saveTo);
  const engine = await findEngine();
  const cloud = options.cloud === "pool";
  const store = cloud ? readStateStore(process.env, REPOSITORY) : emptyStore();
  const { signal, release } = cancelOnSignals();
  const root = saveTo === undefined ? mkdtempSync(join(tmpdir(), "govcloud-plan-")) : saveTo;
  const createdAt = new Date();
  try {
    const context: EngineContext = engineContext(engine, store, {
      ...options,
      repository: REPOSITORY,
      cloud,
      signal,
      environment: process.env,
    });
    const planned = await planOnline(systemsOf(head, scope), {
      root: stackFolder(root, ""),
      jobs: jobsOf(options),
      context,
      declared: new Set(head.declarations.systems.map(({ id }) => id)),
      readView,
      progress: (event) => process.stderr.write(progressLine(event, options.lang)),
    });
    tellFailures(planned, options.lang);
    return {
      ...planned,
      engine,
      cloud,
      unasked: [...planned.views].filter(([, { before }]) => before.every(({ type }) => type === RECORD)).map(([id]) => id),
      finish: (result, trees) => {
        if (saveTo !== undefined && planned.failures.size === 0)
          savePlan(saveTo, {
            result,
            sources: sourcesDigest(trees.head),
            base: trees.base === undefined ? null : sourcesDigest(trees.base),
            engine,
            store,
            stacks: planned.saved,
            createdAt,
          });
      },
    };
  } finally {
    release();
    if (saveTo === undefined) rmSync(root, { recursive: true, force: true });
  }
}

/** What stands in a state and in no cloud. */
const RECORD = "terraform_data";

function refuseContradictions({ online, cloud, save, jobs, timeLimit }: OnlineOptions): void {
  const engineOnly = [
    ...(cloud === "none" ? ["--cloud"] : []),
    ...(save === undefined ? [] : ["--save"]),
    ...(jobs === undefined ? [] : ["--jobs"]),
    ...(timeLimit === undefined ? [] : ["--time-limit"]),
  ];
  if (online !== true && engineOnly.length > 0)
    throw new InvalidRequest(
      text(
        `${engineOnly.join("、")} 只用于 --online 的计划：离线计划不用引擎；请加上 --online，或去掉${engineOnly.length > 1 ? "它们" : "它"}`,
        `Cannot use ${engineOnly.join(", ")} without --online: an offline plan asks no engine; add --online or leave ${engineOnly.length > 1 ? "them" : "it"} out`,
      ),
    );
  if (cloud === "none" && save !== undefined)
    throw new InvalidRequest(
      text(
        "--cloud none 的计划没有连云，不能保存来执行；去掉 --cloud none（计划要执行的），或去掉 --save",
        "Cannot save a plan made with --cloud none: it was made against no state and must not be applied; leave --cloud none out for a plan to apply, or --save",
      ),
    );
}

function systemsOf(head: CheckedTree, scope: PlanOptions) {
  const judged = systemsToJudge(head, scope);
  const request = { head, waivers: scope.waivers ?? [] };
  const { stacks } = composeApp(request, scope.at, { only: judged });
  const retired = new Set(head.declarations.systems.filter((each) => !isProvided(each) && judged.has(each.id)).map(({ id }) => id));
  const between = composeApp(request, scope.at, { only: retired, windingDown: true }).stacks;
  return [...stacks].map(([id, stack]) => {
    const onTheWay = between.get(id);
    const windingDown = onTheWay === undefined ? {} : { windingDown: synthesise(onTheWay) };
    return { id, stack: stack.node.id, json: synthesise(stack), ...windingDown };
  });
}

/** After the progress of many, what failed once more, together. */
function tellFailures({ failures, views }: OnlinePlan, lang: Lang): void {
  if (failures.size === 0) return;
  const heading =
    lang === "zh"
      ? `✘ ${failures.size + views.size} 个系统中有 ${failures.size} 个没有计划成：`
      : `✘ ${failures.size} of ${counted(failures.size + views.size, "system")} could not be planned:`;
  process.stderr.write(`\n${heading}\n${[...failures.values()].map((failure) => renderEngineFailure(failure, lang)).join("")}`);
}
