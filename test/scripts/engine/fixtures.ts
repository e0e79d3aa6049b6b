import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { readDay } from "../../../catalog/day.ts";
import type { Tree } from "../../../catalog/source/tree.ts";
import { engineContext } from "../../../scripts/engine/engine-options.ts";
import { type Engine, findEngine } from "../../../scripts/engine/find-engine.ts";
import { planOnline, type SystemToPlan } from "../../../scripts/engine/plan-online.ts";
import type { EngineContext } from "../../../scripts/engine/plan-stack.ts";
import { readView } from "../../../scripts/engine/read-view.ts";
import { savePlan } from "../../../scripts/engine/save-plan.ts";
import type { SavedPlan } from "../../../scripts/engine/saved-plan.ts";
import { readStateStore } from "../../../scripts/engine/state-store.ts";
import { fingerprintOf, partsAgain, planParts, sourcesDigest } from "../../../scripts/plan/fingerprint.ts";
import { readCheckedTree } from "../../../scripts/plan/read-tree.ts";
import type { PlanResult } from "../../../scripts/plan/result.ts";
import type { EngineView } from "../../../scripts/plan/system-plan.ts";
import { realTree } from "../../tree.ts";
import { provideEngine } from "./provide-engine.ts";

/** The engine of this machine, or why there is none: built-in resources need no provider, so any engine will do. */
export const ENGINE = provideEngine();

/** Environment of a run: the engine found, states in a folder of the test's own. */
export function environmentIn(folder: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    PATH: process.env["PATH"],
    HOME: process.env["HOME"],
    TMPDIR: tmpdir(),
    // What a pipeline demands is for its own tests.
    CI: "",
    ...(ENGINE.path === undefined ? {} : { GOVCLOUD_ENGINE: ENGINE.path }),
    GOVCLOUD_STATE: join(folder, "state"),
    TF_PLUGIN_CACHE_DIR: join(folder, "cache"),
    ...more,
  };
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder of the test's own, removed afterwards. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "govcloud-engine-"));
  folders.push(folder);
  return folder;
}

/** Path of an engine, in this folder, which makes built-in resources in the place of the cloud's (fixture-engine.ts); `cloud`: where marks refuse servers. */
export function fixtureEngine(folder: string, { cloud = folder }: { readonly cloud?: string } = {}): string {
  const path = join(folder, "fixture-engine");
  const script = join(import.meta.dirname, "fixture-engine.ts");
  // What needs no translation goes to the engine itself.
  const lines = [
    "#!/bin/sh",
    'case "$1" in',
    `version) exec '${ENGINE.path}' "$@" ;;`,
    `plan | state | untaint) exec '${ENGINE.path}' -chdir=fixture "$@" ;;`,
    `*) FIXTURE_ENGINE='${ENGINE.path}' FIXTURE_CLOUD='${cloud}' exec '${process.execPath}' '${script}' "$@" ;;`,
    "esac",
    "",
  ];
  writeFileSync(path, lines.join("\n"), { mode: 0o755 });
  return path;
}

/** A stack of built-in resources alone: `command` runs when the resource is made, as a provider would take its time or fail. */
export function stackOf(
  stack: string,
  resources: Readonly<
    Record<string, { readonly input?: unknown; readonly command?: string; readonly after?: string; readonly renew?: string }>
  >,
): SystemToPlan {
  const made = Object.entries(resources).map(([name, { input, command, after, renew }]) => [
    name,
    {
      ...(input === undefined ? {} : { input: input as string }),
      ...(renew === undefined ? {} : { triggers_replace: renew }),
      ...(after === undefined ? {} : { depends_on: [`terraform_data.${after}`] }),
      ...(command === undefined ? {} : { provisioner: [{ "local-exec": { command } }] }),
    },
  ]);
  return { id: stack.replace("--", "/"), stack, json: { resource: { terraform_data: Object.fromEntries(made) } } };
}

export async function contextIn(folder: string, more: NodeJS.ProcessEnv = {}): Promise<{ engine: Engine; context: EngineContext }> {
  const environment = environmentIn(folder, more);
  const engine = await findEngine(environment);
  const { signal } = new AbortController();
  const store = readStateStore(environment, folder);
  return { engine, context: engineContext(engine, store, { repository: folder, cloud: true, signal, environment }) };
}

/** Plans fixture stacks with the engine and saves them, as `plan --online --save` does with the systems of a tree. */
export async function saveFixture(
  folder: string,
  plan: string,
  systems: readonly SystemToPlan[],
  options: {
    readonly verdict?: "accepted" | "refused";
    readonly environment?: NodeJS.ProcessEnv;
    /** What the engine planned, where a test looks at that. */
    readonly onView?: (view: EngineView) => void;
    /** A plan of this tree in the place of one that says nothing. */
    readonly planned?: { readonly result: PlanResult; readonly tree: Tree };
  } = {},
): Promise<SavedPlan> {
  const { engine, context } = await contextIn(folder, options.environment);
  const online = await planOnline(systems, {
    root: join(plan, "stacks"),
    jobs: 2,
    context,
    readView: (file, id) => {
      options.onView?.(readView(file, id));
      return { before: [], resources: [], changes: [] };
    },
  });
  const [failure] = online.failures.values();
  if (failure !== undefined) throw failure;
  const sources = sourcesDigest(readCheckedTree(options.planned?.tree ?? realTree()));
  const words = { ...EMPTY_RESULT, verdict: options.verdict ?? ("accepted" as const) };
  const parts = planParts(words, { head: realTree(), base: undefined, judged: [], engine: online.saved });
  const own = options.planned === undefined ? parts : partsAgain(options.planned.result, online.saved);
  const result: PlanResult = { ...words, ...options.planned?.result, parts: own, fingerprint: fingerprintOf(own) };
  return savePlan(plan, { result, sources, base: null, engine, store: context.store, stacks: online.saved, createdAt: new Date() });
}

const NOTHING = { before: "0.00", after: "0.00", delta: "0.00" };
const EMPTY_RESULT: Omit<PlanResult, "fingerprint" | "parts"> = {
  schema: "govcloud/plan/1",
  at: readDay(undefined).toString(),
  contract: "baotou-2025",
  priceBook: "catalog/price-books/2025-06-20.yaml",
  basePriceBook: null,
  base: null,
  head: "test",
  systems: [],
  catalogue: [],
  total: { factor: "0.9999", vatRate: "0.06", list: NOTHING, fee: NOTHING, net: NOTHING, vat: NOTHING },
  budget: { estimate: "0.00", settled: null, forecast: "0.00" },
  lines: [],
  counts: { systems: 0, added: 0, changed: 0, removed: 0, unchanged: 0 },
  notes: [],
  findings: [],
  verdict: "accepted",
};
