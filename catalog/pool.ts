import type { Text } from "./text.ts";

export type Family = "general" | "c86" | "arm";
export const FAMILIES: readonly Family[] = ["general", "c86", "arm"];
export type DiskType = "sas" | "ssd";
export type BoxType = 1 | 2 | 3;
export type CardType = 1 | 2 | 3 | 4 | 5 | 6;

export interface ServerSize {
  readonly cpu: number;
  readonly memoryGb: number;
}

/** A rack: its height in U, class (≥ 4 kW standard, ≥ 7 kW high-power) and rated power in watts. */
export interface Rack {
  readonly heightU: number;
  readonly class: "standard" | "high-power";
  readonly powerW: number;
}

/** One resource pool (资源池): an OpenStack region, its security cluster, racks and limits. */
export interface Pool {
  readonly key: string;
  readonly name: Text;
  readonly dataCentres: readonly { readonly name: Text; readonly country: string }[];
  readonly openstack: {
    readonly authUrl: string;
    readonly region: string;
    readonly userDomain: string;
    readonly projectDomain: string;
    readonly domainId: string;
    /** Project whose scope the `vending` provider configuration takes. */
    readonly vendingProject: string;
    readonly operator: { readonly userId: string; readonly roleId: string };
    readonly externalNetwork: {
      readonly name: string;
      readonly id: string;
      readonly physicalNetwork: string;
      readonly cidr: string;
      readonly gateway: string;
    };
    readonly subnetPool: {
      readonly name: string;
      readonly id: string;
      readonly prefixes: readonly string[];
      readonly prefixLength: number;
    };
    readonly dnsServers: readonly string[];
    readonly volumeTypes: Readonly<Record<DiskType, string>>;
    readonly otherVolumeTypes: readonly string[];
    readonly volumeBackends: Readonly<Record<DiskType, string>>;
    readonly shareType: string;
    readonly shareProtocol: "NFS" | "CIFS";
    readonly resizeConfirmedByCloud?: boolean;
  };
  /** CIDR that all ranges of bureaus lie in. */
  readonly range: string;
  readonly egress: readonly { readonly purpose: Text; readonly protocol: "tcp" | "udp"; readonly port: number; readonly to: string }[];
  readonly securityCluster: { readonly host: string; readonly caCertificate?: string; readonly waitForRollout?: boolean };
  readonly gpuImage: string;
  /** Smallest and largest configuration of a server (最低配置、最高配置, Annex 2 §7 note 1). */
  readonly server: { readonly smallest: ServerSize; readonly largest: ServerSize };
  readonly racks: Readonly<Record<string, Rack>>;
  readonly capacity: Readonly<Record<Family, ServerSize>> & {
    readonly gpuBoxes: Readonly<Record<`${BoxType}`, number>>;
    readonly gpuCards: Readonly<Record<`${CardType}`, number>>;
    readonly sasGb: number;
    readonly ssdGb: number;
    readonly objectGb: number;
    readonly fileGb: number;
    readonly backupGb: number;
  };
}
