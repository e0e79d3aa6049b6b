import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "../../catalog/text.ts";
import { buildApp, synthesise } from "../../stacks/build-app.ts";
import { PLATFORM } from "../../stacks/platform-stack.ts";
import { engineEnvironment } from "../engine/engine-environment.ts";
import { findEngine } from "../engine/find-engine.ts";
import { initStack, TIME_LIMITS } from "../engine/plan-stack.ts";
import { emptyStore } from "../engine/state-store.ts";
import type { MachineCheck, Surroundings } from "./check.ts";

/** The providers that a system's stack requires, found by a real `init` in a folder of its own; no cloud and no state is touched. */
export const checkProviders: MachineCheck = async (surroundings) => {
  const { environment } = surroundings;
  const store = emptyStore();
  const folder = mkdtempSync(join(tmpdir(), "govcloud-doctor-"));
  try {
    const context = {
      engine: await findEngine(environment),
      environment: engineEnvironment(environment, { store, cloud: false }),
      store,
      timeLimits: TIME_LIMITS,
    };
    const { lockFile } = await initStack(
      { stack: "doctor", json: { terraform: { required_providers: requiredProviders(surroundings) } } },
      folder,
      context,
    );
    const found = lockedVersions(readFileSync(lockFile, "utf8"));
    const names = found.map(({ name, version }) => `${name} ${version}`).join(", ");
    return [{ id: "providers", result: "ok", message: text(`插件 ${names}`, `providers ${names}`) }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** As a system's stack names them; a tree without systems has the platform's alone. */
function requiredProviders({ tree: { catalogue, declarations } }: Surroundings) {
  const [contract] = catalogue.contracts;
  if (contract === undefined) throw new Error("Cannot build a stack: the catalogue has no contract");
  const id = declarations.systems[0]?.id ?? PLATFORM;
  const stack = buildApp(catalogue, contract, declarations, { only: new Set([id]) }).stacks.get(id);
  if (stack === undefined) throw new Error(`Cannot build the stack of ${id}`);
  const { required_providers: required } = synthesise(stack)["terraform"] as {
    required_providers: Record<string, { source: string; version: string }>;
  };
  return required;
}

/** Providers and versions that the engine's lock file holds. */
export function lockedVersions(lock: string): { readonly name: string; readonly version: string }[] {
  return [...lock.matchAll(/provider "([^"]+)" \{\s*version\s*=\s*"([^"]+)"/g)].map(([, source = "", version = ""]) => ({
    name: source.split("/").at(-1) ?? source,
    version,
  }));
}
