import type { Declaration, GpuServerGroup, Listen, ServerGroup, Tenant } from "../../catalog/declaration.ts";
import { declaration, gpuServer, server, sourceOf } from "../declared.ts";

/** A bureau with a range. */
export const BUREAU: Tenant = {
  id: "hrss",
  source: sourceOf("name: 人社局\n", "stacks/tenants/hrss/tenant.yaml"),
  name: "人社局",
  monthlyBudget: undefined,
  range: "10.20.0.0/16",
};

/** A small system at MLPS level 3 without any resource of its own; `overrides` give it some. */
export function declared(overrides: Partial<Declaration> = {}): Declaration {
  return declaration({ id: "hrss/pensions", name: "养老金", mlps: 3, ...overrides });
}

/** Servers of an offered size, without data disks, reachable by nobody. */
export function servers(key: string, overrides: Partial<ServerGroup> = {}): ServerGroup {
  return server({ key, cpu: 2, memoryGb: 4, image: "kylin-v10-sp3", systemDisk: { type: "ssd", sizeGb: 40 }, ...overrides });
}

/** A GPU box of type 3 with eight cards of type 5. */
export function gpuServers(key: string, overrides: Partial<GpuServerGroup> = {}): GpuServerGroup {
  return gpuServer({ key, box: 3, cards: { type: 5, count: 8 }, ...overrides });
}

/** `listen(443, "internet")`, `listen(5432, "self")`, `listen(22, "10.20.9.0/24")`. */
export function listen(port: number, from: string, protocol: "tcp" | "udp" = "tcp"): Listen {
  return { port, protocol, from: from === "internet" || from === "self" ? { kind: from } : { kind: "cidr", cidr: from } };
}
