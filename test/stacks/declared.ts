import type { Declaration, GpuServerGroup, Listen, ServerGroup, Tenant } from "../../catalog/declaration.ts";
import type { SourceFile } from "../../catalog/source/source-file.ts";

/** Stacks never look into the source, only readers and findings do. */
const SOURCE: SourceFile = { path: "none.yaml", text: "", value: {}, locate: () => ({ line: 1, column: 1, length: 1 }), lineAt: () => "" };

/** A bureau with a range. */
export const BUREAU: Tenant = { id: "hrss", source: SOURCE, name: "人社局", monthlyBudget: undefined, range: "10.20.0.0/16" };

/** A small system at MLPS level 3 without any resource of its own; `overrides` give it some. */
export function declared(overrides: Partial<Declaration> = {}): Declaration {
  return {
    id: "hrss/pensions",
    tenant: "hrss",
    system: "pensions",
    source: SOURCE,
    name: "养老金",
    stage: "production",
    mlps: 3,
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

/** Servers of an offered size, without data disks, reachable by nobody. */
export function servers(key: string, overrides: Partial<ServerGroup> = {}): ServerGroup {
  return {
    key,
    count: 1,
    family: "general",
    cpu: 2,
    memoryGb: 4,
    image: "kylin-v10-sp3",
    systemDisk: { type: "ssd", sizeGb: 40 },
    dataDisks: [],
    listens: [],
    ...overrides,
  };
}

/** A GPU box of type 3 with eight cards of type 5. */
export function gpuServers(key: string, overrides: Partial<GpuServerGroup> = {}): GpuServerGroup {
  return { key, count: 1, box: 3, cards: { type: 5, count: 8 }, image: "kylin-v10-sp3", listens: [], ...overrides };
}

/** `listen(443, "internet")`, `listen(5432, "self")`, `listen(22, "10.20.9.0/24")`. */
export function listen(port: number, from: string, protocol: "tcp" | "udp" = "tcp"): Listen {
  return { port, protocol, from: from === "internet" || from === "self" ? { kind: from } : { kind: "cidr", cidr: from } };
}
