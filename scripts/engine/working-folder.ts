import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformJson } from "../../stacks/named-stack.ts";
import type { StateStore } from "./state-store.ts";

/** Where the engine works on one stack: its configuration, its providers, its saved plan. */
export interface WorkingFolder {
  readonly path: string;
  /** The engine's saved plan; holds secrets. */
  readonly planFile: string;
  /** The same as JSON, there only while it is being read; holds secrets. */
  readonly planJson: string;
  readonly lockFile: string;
  /** The engine's messages of an apply: written by the engine itself, so that they outlive a killed parent. */
  readonly log: string;
}

export function workingFolder(path: string): WorkingFolder {
  return {
    path,
    planFile: join(path, "plan.bin"),
    planJson: join(path, "plan.engine.json"),
    lockFile: join(path, ".terraform.lock.hcl"),
    log: join(path, "apply.ndjson"),
  };
}

/** Writes a stack's configuration, with the store of its state, into a folder that only this user reads. */
export function prepareFolder(
  folder: WorkingFolder,
  {
    stack,
    json,
    store,
    lockFile,
  }: { readonly stack: string; readonly json: TerraformJson; readonly store: StateStore; readonly lockFile?: string },
): void {
  mkdirSync(folder.path, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder.path, "cdk.tf.json"), `${JSON.stringify(withBackend(json, stack, store), null, 2)}\n`, { mode: 0o600 });
  // Another stack with the same providers has checked them already.
  if (lockFile !== undefined && existsSync(lockFile) && !existsSync(folder.lockFile)) copyFileSync(lockFile, folder.lockFile);
}

/** The configuration with the store of its state: the synthesised one names none, so that it depends on no machine. */
export function withBackend(json: TerraformJson, stack: string, store: StateStore): TerraformJson {
  const terraform = (json["terraform"] ?? {}) as TerraformJson;
  return { ...json, terraform: { ...terraform, backend: store.backend(stack) } };
}

/** Where a retired system's stack is worked on before its project goes. */
export function windingDownFolder(path: string): WorkingFolder {
  return workingFolder(join(path, "winding-down"));
}
