import type { Declaration, Disk, GpuServerGroup, ServerGroup } from "../declaration.ts";

/** A system's file as its schema admits it, before defaults are filled in; every interface here stands for a part of it. */
export interface SystemFile extends Pick<Declaration, "name" | "stage" | "mlps" | "pool" | "classified"> {
  readonly cryptography?: boolean;
  readonly servers?: Readonly<Record<string, ServerFile>>;
  readonly gpuServers?: Readonly<Record<string, GpuServerFile>>;
  readonly storage?: { readonly objectGb?: number; readonly fileGb?: number };
  readonly backupGb?: number;
  readonly colocation?: { readonly rackUnits?: Declaration["rackUnits"]; readonly cabinets?: readonly string[] };
  readonly managedNodes?: Declaration["managedNodes"];
  readonly migration?: boolean;
  readonly trialSince?: string;
  readonly retirement?: { readonly on: string; readonly attestation: string };
  readonly subnet?: string;
  readonly sizing?: { readonly exempt: string; readonly until: string };
  readonly changeReason?: string;
  readonly accepts?: Declaration["accepts"];
  readonly removals?: readonly RemovalFile[];
}

export interface ServerFile extends Omit<ServerGroup, "key" | "count" | "dataDisks" | "listens"> {
  readonly count?: number;
  readonly dataDisks?: Readonly<Record<string, Disk>>;
  readonly listens?: readonly ListenFile[];
}

export interface GpuServerFile {
  readonly count?: number;
  readonly box: GpuServerGroup["box"];
  readonly cards?: NonNullable<GpuServerGroup["cards"]>;
  readonly image?: string;
  readonly listens?: readonly ListenFile[];
}

export interface ListenFile {
  readonly port: number;
  readonly protocol?: "tcp" | "udp";
  readonly from: string;
}

export type RemovalFile = Omit<Declaration["removals"][number], "count"> & { readonly count?: number };
