import type { Decimal } from "decimal.js";
import type { BoxType, CardType, DiskType, Family } from "./pool.ts";
import type { SourceFile } from "./source/source-file.ts";
import type { DamageClass } from "./terraform-plan/planned-resource.ts";

/** `tenant/system`, the path of the declaration; `platform` is the stack of what the contract has once. */
export type SystemId = string;

export type Stage = "trial" | "production" | "exiting" | "retired";

/** Who may reach a port. */
export type ListenFrom =
  | { readonly kind: "internet" }
  | { readonly kind: "tenant"; readonly cidr: string }
  | { readonly kind: "self" }
  | { readonly kind: "cidr"; readonly cidr: string };

export interface Listen {
  readonly protocol: "tcp" | "udp";
  readonly port: number;
  readonly from: ListenFrom;
}

export interface Disk {
  readonly type: DiskType;
  readonly sizeGb: number;
}

/** `count` servers of one size (云服务器); sizes are of each server. */
export interface ServerGroup {
  readonly key: string;
  readonly count: number;
  readonly family: Family;
  readonly cpu: number;
  readonly memoryGb: number;
  /** Key of catalog/images.yaml. */
  readonly image: string;
  readonly systemDisk: Disk;
  /** Sorted by key. */
  readonly dataDisks: readonly (Disk & { readonly key: string })[];
  readonly listens: readonly Listen[];
}

/** `count` GPU boxes (GPU服务器), each with its cards. */
export interface GpuServerGroup {
  readonly key: string;
  readonly count: number;
  readonly box: BoxType;
  readonly cards: { readonly type: CardType; readonly count: number } | undefined;
  readonly image: string;
  readonly listens: readonly Listen[];
}

export interface RackUnits {
  readonly rack: string;
  /** Lowest and highest U, both inclusive. */
  readonly from: number;
  readonly to: number;
  readonly powerW: number;
}

/** Damage that a bureau knows of and accepts, until a day inclusive. */
export interface AcceptedDamage {
  readonly damage: DamageClass;
  /** Key of a server group. */
  readonly of: string;
  readonly until: string;
  readonly reason: string;
}

/** Something that leaves a system that goes on, with the attestation of what became of its data. */
export interface Removal {
  /** A server group (`db`), one of its data volumes (`db.data`), `storage.object` or `storage.file`. */
  readonly of: string;
  readonly on: string;
  readonly attestation: string;
  /** Servers of the group that leave; 1 for anything else. */
  readonly count: number;
}

/** What a bureau declares for one system, with every default filled in. */
export interface Declaration {
  readonly id: SystemId;
  readonly tenant: string;
  readonly system: string;
  readonly source: SourceFile;
  readonly name: string;
  readonly stage: Stage;
  readonly mlps: 2 | 3;
  readonly cryptography: boolean;
  readonly pool: string;
  readonly classified: boolean;
  /** Sorted by key, like every list here whose order means nothing. */
  readonly servers: readonly ServerGroup[];
  readonly gpuServers: readonly GpuServerGroup[];
  readonly objectGb: number;
  readonly fileGb: number;
  readonly backupGb: number;
  readonly rackUnits: readonly RackUnits[];
  readonly cabinets: readonly string[];
  readonly managedNodes: readonly { readonly name: string; readonly serial: string }[];
  readonly migration: boolean;
  /** ISO dates. */
  readonly trialSince: string | undefined;
  readonly retirement: { readonly on: string; readonly attestation: string } | undefined;
  readonly subnet: string | undefined;
  readonly sizing: { readonly exempt: string; readonly until: string } | undefined;
  /** Why this change; needed when it doubles the bill. */
  readonly changeReason: string | undefined;
  readonly accepts: readonly AcceptedDamage[];
  readonly removals: readonly Removal[];
}

/** A bureau (使用单位). */
export interface Tenant {
  readonly id: string;
  readonly source: SourceFile;
  readonly name: string;
  /** CNY a month at list price. */
  readonly monthlyBudget: Decimal | undefined;
  readonly range: string | undefined;
}

/** Everything declared in a tree; both sorted by id. */
export interface Declarations {
  readonly tenants: ReadonlyMap<string, Tenant>;
  readonly systems: readonly Declaration[];
}

/** The bureau of a system: `hrss/job-service` → `hrss`. */
export function tenantOf(id: SystemId): string {
  return id.split("/", 1)[0] ?? id;
}

/** Name of a system's stack, project and namespace: keys have no double hyphen, so no two systems share one. */
export function stackName(id: SystemId): string {
  return id.replace("/", "--");
}

/** What is provided for a system: a retired one keeps its file as a tombstone and has nothing. */
export function isProvided(declaration: Declaration): boolean {
  return declaration.stage !== "retired";
}
