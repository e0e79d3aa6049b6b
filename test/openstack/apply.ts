import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Temporal } from "temporal-polyfill";
import { contractAt } from "../../catalog/catalogue.ts";
import { readDirectoryTree } from "../../catalog/source/tree.ts";
import { applyStack } from "../../scripts/engine/apply-stack.ts";
import { engineEnvironment } from "../../scripts/engine/engine-environment.ts";
import { findEngine } from "../../scripts/engine/find-engine.ts";
import { type EngineContext, initStack, planStack, TIME_LIMITS } from "../../scripts/engine/plan-stack.ts";
import { readStateStore } from "../../scripts/engine/state-store.ts";
import { type CheckedTree, readCheckedTree } from "../../scripts/plan/read-tree.ts";
import { buildApp, synthesise } from "../../stacks/build-app.ts";
import type { TerraformJson } from "../../stacks/named-stack.ts";
import { type CloudTreeOptions, writeCloudTree } from "./cloud-tree.ts";
import { type CloudFacts, cloudFolder } from "./start.ts";

/** Why nothing can be applied here: no engine, or it finds no providers. Undefined where everything is there. */
export async function whyNotApply(): Promise<string | undefined> {
  const folder = join(cloudFolder(), "data/probe");
  try {
    const probe = {
      terraform: { required_providers: { openstack: { source: "registry.terraform.io/terraform-provider-openstack/openstack" } } },
    };
    await initStack({ stack: "probe", json: probe }, folder, await context(process.env, folder));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Environment of a run against the loopback cloud: its user, no proxy. */
export function cloudEnvironment(facts: CloudFacts, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const loopback = "127.0.0.1,localhost";
  return { ...process.env, OS_USERNAME: facts.username, OS_PASSWORD: facts.password, no_proxy: loopback, NO_PROXY: loopback, ...more };
}

/** Writes and reads a tree of the loopback cloud. */
export function cloudTree(folder: string, facts: CloudFacts, options: CloudTreeOptions): CheckedTree {
  mkdirSync(folder, { recursive: true });
  writeCloudTree(folder, facts, options);
  return readCheckedTree(readDirectoryTree(folder));
}

/** Applies one stack of a tree, by its system's id, without what belongs to Kubernetes; states lie in the folder. Throws where the apply failed. */
export async function applyOne(id: string, { catalogue, declarations }: CheckedTree, facts: CloudFacts, folder: string): Promise<void> {
  const contract = contractAt(catalogue, Temporal.PlainDate.from("2025-07-01"));
  const stack = buildApp(catalogue, contract, declarations, { only: new Set([id]) }).stacks.get(id);
  if (stack === undefined) throw new Error(`Cannot apply ${id}: no such stack`);
  const run = await context(cloudEnvironment(facts), folder);
  const work = join(folder, "work", stack.node.id);
  const ready = await initStack({ stack: stack.node.id, json: withoutKubernetes(synthesise(stack)) }, work, run);
  await planStack(stack.node.id, ready, run);
  const { result, failure, failed } = await applyStack(stack.node.id, work, run);
  if (result !== "applied") throw new Error(`Cannot apply ${id}: ${result}, ${failed.join(", ")}\n${failure?.details}`);
}

/** The state of a stack as `state pull` prints it. */
export function readState(folder: string, stack: string): unknown {
  return JSON.parse(readFileSync(join(folder, "states", `${stack}.tfstate`), "utf8"));
}

async function context(environment: NodeJS.ProcessEnv, folder: string): Promise<EngineContext> {
  const store = readStateStore({ GOVCLOUD_STATE: join(folder, "states") }, folder);
  return {
    engine: await findEngine(environment),
    environment: engineEnvironment(environment, { store, cloud: true }),
    store,
    timeLimits: TIME_LIMITS,
  };
}

/** The loopback cloud has no security cluster. */
function withoutKubernetes(json: TerraformJson): TerraformJson {
  const resource = Object.entries(json["resource"] as TerraformJson).filter(([type]) => !type.startsWith("kubernetes_"));
  const { kubernetes: _, ...provider } = json["provider"] as Record<string, TerraformJson>;
  const terraform = json["terraform"] as { required_providers: Record<string, TerraformJson> };
  const { kubernetes: __, ...required } = terraform.required_providers;
  return { ...json, resource: Object.fromEntries(resource), provider, terraform: { ...terraform, required_providers: required } };
}
