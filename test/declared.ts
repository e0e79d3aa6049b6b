import { Temporal } from "temporal-polyfill";
import { type Catalogue, priceBookAt } from "../catalog/catalogue.ts";
import type { Contract } from "../catalog/contract.ts";
import type { Declaration, GpuServerGroup, ServerGroup } from "../catalog/declaration.ts";
import type { Pool } from "../catalog/pool.ts";
import type { PriceBook } from "../catalog/price-book.ts";
import { readCatalogue } from "../catalog/read-catalogue.ts";
import { parseSource, type SourceFile } from "../catalog/source/source-file.ts";
import type { PlannedResource } from "../catalog/terraform-plan/planned-resource.ts";
import { readSynthesised } from "../catalog/terraform-plan/read-synthesised.ts";
import { bytesOf, printDiagnostic, realTree } from "./tree.ts";

const read = readCatalogue(realTree());
if (read.kind === "invalid") throw new Error(read.diagnostics.map(printDiagnostic).join("\n"));

/** The catalogue of this repository, its contract and the price book in force on a day of its term. */
export const CATALOGUE: Catalogue = read.catalogue;
export const CONTRACT: Contract = required(CATALOGUE.contracts[0], "a contract");
export const BOOK: PriceBook = priceBookAt(CATALOGUE, CONTRACT, Temporal.PlainDate.from("2025-07-01"));

export function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`wanted ${what}`);
  return value;
}

export function pool(key = "gov"): Pool {
  return required(CATALOGUE.pools.get(key), `pool ${key}`);
}

/** A parsed file, for what points into it. */
export function sourceOf(yaml: string, path = "stacks/tenants/hrss/social.yaml"): SourceFile {
  const parsed = parseSource(path, bytesOf(yaml));
  if (parsed.kind === "rejected") throw new Error(parsed.diagnostics.map(printDiagnostic).join("\n"));
  return parsed.file;
}

/** A system of level 2 in the government cloud, with nothing else but what is given. */
export function declaration(overrides: Partial<Declaration> = {}): Declaration {
  const id = overrides.id ?? "hrss/social";
  const [tenant = "", system = ""] = id.split("/");
  return {
    id,
    tenant,
    system,
    source: sourceOf("name: 社会保险\nstage: production\nmlps: 2\npool: gov\nclassified: false\n", `stacks/tenants/${id}.yaml`),
    name: "社会保险",
    stage: "production",
    mlps: 2,
    cryptography: false,
    pool: "gov",
    classified: false,
    servers: [],
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
    ...overrides,
  };
}

/** One general server of 4 cores and 8 GB with a boot disk of 60 GB. */
export function server(overrides: Partial<ServerGroup> = {}): ServerGroup {
  return {
    key: "app",
    count: 1,
    family: "general",
    cpu: 4,
    memoryGb: 8,
    image: "rocky-9",
    systemDisk: { type: "ssd", sizeGb: 60 },
    dataDisks: [],
    listens: [],
    ...overrides,
  };
}

/** One empty GPU box of type 1. */
export function gpuServer(overrides: Partial<GpuServerGroup> = {}): GpuServerGroup {
  return { key: "train", count: 1, box: 1, cards: undefined, image: "kylin-v10-sp3", listens: [], ...overrides };
}

/** A resource as a synthesised stack states it; an expression such as `${var.x}` is unknown. */
export function resource(type: string, values: Readonly<Record<string, unknown>>, name = "it"): PlannedResource {
  return required(readSynthesised({ resource: { [type]: { [name]: values } } })[0], "a resource");
}
