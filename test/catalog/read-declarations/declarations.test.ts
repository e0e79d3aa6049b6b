import { expect, test } from "vitest";
import { readDeclarations } from "../../../catalog/read-declarations.ts";
import { CATALOGUE } from "../../declared.ts";
import { printDiagnostic, realTree } from "../../tree.ts";
import { declared, resultOf, SERVER, SYSTEM } from "./declared-files.ts";

test("The declarations of this repository are valid", () => {
  const { declarations, diagnostics } = readDeclarations(realTree(), CATALOGUE);
  expect(diagnostics.map(printDiagnostic)).toEqual([]);
  expect(declarations.tenants.size).toBeGreaterThanOrEqual(8);
  expect(declarations.systems.length).toBeGreaterThanOrEqual(14);
});

test("A declaration is identified by its path and has every default filled in", () => {
  const { source: _, ...rest } = declared(SERVER);
  expect(rest).toEqual({
    id: "hrss/social",
    tenant: "hrss",
    system: "social",
    name: "社会保险",
    stage: "production",
    mlps: 2,
    cryptography: false,
    pool: "gov",
    classified: false,
    servers: [
      {
        key: "app",
        count: 1,
        family: "general",
        cpu: 4,
        memoryGb: 8,
        image: "rocky-9",
        systemDisk: { type: "ssd", sizeGb: 60 },
        dataDisks: [],
        listens: [],
      },
    ],
    gpuServers: [],
    objectGb: 0,
    fileGb: 0,
    backupGb: 0,
    rackUnits: [],
    cabinets: [],
    managedNodes: [],
    migration: false,
    trialSince: undefined,
    retirement: undefined,
    subnet: undefined,
    sizing: undefined,
    changeReason: undefined,
    accepts: [],
    removals: [],
  });
});

test("Servers, disks and ports stand in one order, however they were written", () => {
  const { servers } = declared(`servers:
  web: { family: general, cpu: 1, memoryGb: 1, image: rocky-9, systemDisk: { type: sas, sizeGb: 60 } }
  app:
    { family: general, cpu: 1, memoryGb: 1, image: rocky-9, systemDisk: { type: sas, sizeGb: 60 }, dataDisks: { z: { type: sas, sizeGb: 1 }, b: { type: ssd, sizeGb: 2 } },
      listens: [{ port: 8443, from: tenant }, { port: 443, from: self }, { port: 53, protocol: udp, from: 10.0.0.0/8 }, { port: 443, from: internet }] }
`);
  expect(servers.map(({ key }) => key)).toEqual(["app", "web"]);
  expect(servers[0]?.dataDisks).toEqual([
    { key: "b", type: "ssd", sizeGb: 2 },
    { key: "z", type: "sas", sizeGb: 1 },
  ]);
  expect(servers[0]?.listens).toEqual([
    { protocol: "tcp", port: 443, from: { kind: "internet" } },
    { protocol: "tcp", port: 443, from: { kind: "self" } },
    { protocol: "tcp", port: 8443, from: { kind: "tenant", cidr: "10.20.0.0/16" } },
    { protocol: "udp", port: 53, from: { kind: "cidr", cidr: "10.0.0.0/8" } },
  ]);
});

test("A GPU server takes its pool's image where it names none", () => {
  expect(declared("gpuServers: { train: { box: 3, cards: { type: 5, count: 8 } } }\n").gpuServers).toEqual([
    { key: "train", count: 1, box: 3, cards: { type: 5, count: 8 }, image: "kylin-v10-sp3", listens: [] },
  ]);
});

test("Bureaus and systems are sorted by their ids, budgets are exact", () => {
  const { tenants, systems } = resultOf({
    "b/tenant.yaml": 'name: 乙\nmonthlyBudget: "1234.50"\n',
    "b/z.yaml": SYSTEM,
    "b/a.yaml": SYSTEM,
    "a/tenant.yaml": "name: 甲\nmonthlyBudget: 15000\n",
    "a/x.yaml": SYSTEM,
    "README.md": "# words for people\n",
  }).declarations;
  expect([...tenants.keys()]).toEqual(["a", "b"]);
  expect([...tenants.values()].map(({ monthlyBudget }) => monthlyBudget?.toFixed(2))).toEqual(["15000.00", "1234.50"]);
  expect(systems.map(({ id }) => id)).toEqual(["a/x", "b/a", "b/z"]);
});
