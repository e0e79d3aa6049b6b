import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { buildApp, synthesise } from "../../stacks/build-app.ts";
import type { TerraformJson } from "../../stacks/named-stack.ts";
import { CATALOGUE } from "./catalogue.ts";
import { BUREAU, declared, gpuServers, listen, servers } from "./declared.ts";
import { CONTRACT, resourcesOf } from "./synthesised.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Neither credentials nor a cloud: all variables of OpenStack and Kubernetes are taken away, and hosts under `.example` never resolve. */
const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(OS|KUBE|TF_VAR)_/.test(key)));
const engine = ["tofu", "terraform"].find((name) => spawnSync(name, ["version"], { env }).status === 0);

function run(folder: string, ...args: string[]): { readonly ok: boolean; readonly output: string; readonly errors: string } {
  const { status, stdout, stderr, error } = spawnSync(engine ?? "terraform", args, {
    cwd: folder,
    env,
    encoding: "utf8",
    timeout: 90_000,
    maxBuffer: 1 << 28,
  });
  return { ok: status === 0, output: stdout ?? "", errors: `${stderr ?? ""}${error?.message ?? ""}` };
}

/** A folder with this configuration, initialised; or why it cannot be. */
function initialised(json: TerraformJson): { readonly folder: string; readonly failure: string | undefined } {
  const folder = mkdtempSync(join(tmpdir(), "terraform-"));
  folders.push(folder);
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(json));
  const { ok, errors } = run(folder, "init", "-backend=false", "-input=false", "-no-color");
  return {
    folder,
    failure: ok
      ? undefined
      : (errors.split("\n").find((line) => line.startsWith("Error:") || line.startsWith("│ Error:")) ?? errors.slice(0, 200)),
  };
}

const everything = declared({
  servers: [
    servers("app", {
      count: 2,
      listens: [listen(443, "internet"), listen(5432, "self")],
      dataDisks: [{ key: "data", type: "sas", sizeGb: 10 }],
    }),
    servers("odd", { cpu: 3, memoryGb: 5, image: "openeuler-22.03" }),
  ],
  gpuServers: [gpuServers("train"), gpuServers("odd-box", { box: 2, cards: { type: 6, count: 3 } })],
  name: "养老金 ${path.root} %{ if true }",
  cryptography: true,
  objectGb: 1,
  fileGb: 1,
  backupGb: 1,
  rackUnits: [{ rack: "A07", from: 1, to: 2, powerW: 100 }],
  cabinets: ["H01"],
  managedNodes: [{ name: "node-1", serial: "S1" }],
  migration: true,
  subnet: "10.20.3.0/24",
});
const systems = [
  everything,
  declared({ id: "hrss/allotted", system: "allotted", mlps: 2, servers: [servers("app")], fileGb: 1 }),
  declared({ id: "hrss/racks", system: "racks", cabinets: ["A07"] }),
  declared({
    id: "hrss/gone",
    system: "gone",
    stage: "retired",
    retirement: { on: "2026-03-31", attestation: '${file("/etc/hostname")}' },
  }),
];
const { stacks } = buildApp(CATALOGUE, CONTRACT, { tenants: new Map([["hrss", BUREAU]]), systems });
const configurations = [...stacks].map(([id, stack]) => ({ id, json: synthesise(stack) }));

function missing(): string | undefined {
  if (engine === undefined) return "neither tofu nor terraform is on PATH";
  const first = configurations[1];
  const failure = first === undefined ? "nothing to plan" : initialised(first.json).failure;
  return failure && `${engine} init finds no provider: ${failure}`;
}
const reason = missing();

test.skipIf(reason !== undefined).each(configurations)(
  `$id is valid and can be planned without cloud, credentials or state${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  ({ json }) => {
    const { folder, failure } = initialised(json);
    expect(failure).toBeUndefined();
    const valid = run(folder, "validate", "-no-color");
    expect(valid.errors).toBe("");
    expect(valid.ok).toBe(true);
    const planned = run(folder, "plan", "-input=false", "-no-color", "-out=plan");
    expect(planned.errors).toBe("");
    expect(planned.ok).toBe(true);
    const changes = JSON.parse(run(folder, "show", "-json", "plan").output).resource_changes as {
      address: string;
      change: { actions: string[]; after: Record<string, unknown> };
    }[];
    expect(changes.map(({ address }) => address).sort()).toEqual(Object.keys(resourcesOf(json)).sort());
    expect(new Set(changes.flatMap(({ change }) => change.actions))).toEqual(new Set(["create"]));
    const text = changes.find(({ address }) => address === "terraform_data.records_retirement")?.change.after.input;
    if (text !== undefined) expect(text).toMatchObject({ attestation: '${file("/etc/hostname")}' });
  },
);
