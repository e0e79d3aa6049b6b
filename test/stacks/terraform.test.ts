import { rmSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { buildApp, synthesise } from "../../stacks/build-app.ts";
import { CATALOGUE } from "./catalogue.ts";
import { BUREAU, declared, gpuServers, listen, servers } from "./declared.ts";
import { engine, initialised, plannedChanges } from "./engine.ts";
import { CONTRACT, resourcesOf } from "./synthesised.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

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
  const { folder, failure } = first === undefined ? { folder: undefined, failure: "nothing to plan" } : initialised(first.json);
  if (folder !== undefined) folders.push(folder);
  return failure && `${engine} init finds no provider: ${failure}`;
}
const reason = missing();

test.skipIf(reason !== undefined).each(configurations)(
  `$id is valid and can be planned without cloud, credentials or state${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  ({ json }) => {
    const { folder, failure } = initialised(json);
    folders.push(folder);
    expect(failure).toBeUndefined();
    const changes = plannedChanges(folder);
    expect(changes.map(({ address }) => address).sort()).toEqual(Object.keys(resourcesOf(json)).sort());
    expect(new Set(changes.flatMap(({ change }) => change.actions))).toEqual(new Set(["create"]));
    const text = changes.find(({ address }) => address === "terraform_data.records_retirement")?.change.after.input;
    if (text !== undefined) expect(text).toMatchObject({ attestation: '${file("/etc/hostname")}' });
  },
);
