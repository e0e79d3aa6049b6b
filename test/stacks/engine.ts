import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformJson } from "../../stacks/named-stack.ts";

/** Neither credentials nor a cloud: all variables of OpenStack and Kubernetes are taken away, and hosts under `.example` never resolve. */
const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(OS|KUBE|TF_VAR)_/.test(key)));

/** The engine that PATH has, OpenTofu first; undefined where there is none. */
export const engine = ["tofu", "terraform"].find((name) => spawnSync(name, ["version"], { env }).status === 0);

/** Runs the engine in a folder. */
export function runEngine(folder: string, ...args: string[]): { readonly ok: boolean; readonly output: string; readonly errors: string } {
  const { status, stdout, stderr, error } = spawnSync(engine ?? "terraform", args, {
    cwd: folder,
    env,
    encoding: "utf8",
    timeout: 90_000,
    maxBuffer: 1 << 28,
  });
  return { ok: status === 0, output: stdout ?? "", errors: `${stderr ?? ""}${error?.message ?? ""}` };
}

/** A new folder with this configuration, initialised; or why it cannot be. */
export function initialised(json: TerraformJson): { readonly folder: string; readonly failure: string | undefined } {
  const folder = mkdtempSync(join(tmpdir(), "terraform-"));
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(json));
  const { ok, errors } = runEngine(folder, "init", "-backend=false", "-input=false", "-no-color");
  return {
    folder,
    failure: ok
      ? undefined
      : (errors.split("\n").find((line) => line.startsWith("Error:") || line.startsWith("│ Error:")) ?? errors.slice(0, 200)),
  };
}

/** What the engine would do with an initialised configuration, as `show -json` says it. */
export function plannedChanges(folder: string): readonly {
  readonly address: string;
  readonly change: { readonly actions: string[]; readonly after: Readonly<Record<string, unknown>> };
}[] {
  for (const args of [["validate"], ["plan", "-input=false", "-out=plan"]]) {
    const { ok, errors } = runEngine(folder, ...args, "-no-color");
    if (!ok || errors !== "") throw new Error(`${engine} ${args[0]} failed: ${errors}`);
  }
  return JSON.parse(runEngine(folder, "show", "-json", "plan").output).resource_changes;
}
