import type { Flavors } from "../../catalog/flavor.ts";
import type { DiskType, Pool } from "../../catalog/pool.ts";

/** Largest volume that a declaration may ask for, GB. */
const LARGEST_VOLUME_GB = 65_536;

/**
 * Quotas are the pool's capacity, not the declared amounts: a quota has to be raised before servers are made and lowered after they are gone, and one
 * Terraform resource can only stand on one side. With exact quotas every smaller size would fail, for Nova refuses a limit below what is in use
 * (shown by plans/quota-below-use.json), and a replaced server's new volume may be made while Cinder still erases the old one. What may be made is decided by
 * the approved plan; the operator alone has a role in the project. The one exception is priced: `backup_gigabytes` is what line 21 bills.
 */
export function computeCeilings({ capacity, server }: Pool, { gpuBoxes }: Flavors) {
  const families = [capacity.general, capacity.c86, capacity.arm];
  const boxes = (["1", "2", "3"] as const).map((type) => ({ count: capacity.gpuBoxes[type], ...gpuBoxes[type] }));
  const total = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0);
  const instances = Math.floor(total(families.map(({ cpu }) => cpu)) / server.smallest.cpu) + total(boxes.map(({ count }) => count));
  return {
    cores: total(families.map(({ cpu }) => cpu)) + total(boxes.map(({ count, cpu }) => count * cpu)),
    instances,
    ram: 1024 * (total(families.map(({ memoryGb }) => memoryGb)) + total(boxes.map(({ count, memoryGb }) => count * memoryGb))),
    keyPairs: 10,
    metadataItems: 128,
    serverGroups: 250,
    serverGroupMembers: instances,
  };
}

/** Limits of Cinder, GB and numbers; one GB is the smallest volume or backup. Every volume type must be named, or each plan shows a difference. */
export function volumeCeilings({ capacity, openstack }: Pool, backupGb: number) {
  const gigabytes = capacity.sasGb + capacity.ssdGb;
  const volumeTypeQuota: Record<string, string> = {};
  const limit = (type: string, gb: number) => {
    volumeTypeQuota[`gigabytes_${type}`] = String(gb);
    volumeTypeQuota[`volumes_${type}`] = String(gb);
    // A backup of a volume in use goes through a snapshot.
    volumeTypeQuota[`snapshots_${type}`] = String(backupGb > 0 ? gb : 0);
  };
  for (const type of openstack.otherVolumeTypes) limit(type, 0);
  for (const type of ["sas", "ssd"] as const satisfies readonly DiskType[]) limit(openstack.volumeTypes[type], capacity[`${type}Gb`]);
  return {
    backupGigabytes: backupGb,
    backups: backupGb,
    gigabytes,
    groups: 0,
    perVolumeGigabytes: LARGEST_VOLUME_GB,
    snapshots: backupGb > 0 ? gigabytes : 0,
    volumeTypeQuota,
    volumes: gigabytes,
  };
}

/** Limits of Neutron: a system has one network, one subnet and one router; the others are well above 100 server names with 50 openings each. */
export const NETWORK_CEILINGS = {
  floatingip: 500,
  network: 1,
  port: 20_000,
  rbacPolicy: 0,
  router: 1,
  securityGroup: 250,
  securityGroupRule: 20_000,
  subnet: 1,
  subnetpool: 0,
} as const;

/** Nothing more may be made: what a system's project is left with while it is being retired, for a quota outlives its own deletion (plans/retire-all.json). */
export function noneOf<Ceilings extends Readonly<Record<string, number | Readonly<Record<string, string>>>>>(ceilings: Ceilings): Ceilings {
  const none = Object.entries(ceilings).map(([key, value]) => [
    key,
    typeof value === "number" ? 0 : Object.fromEntries(Object.keys(value).map((inner) => [inner, "0"])),
  ]);
  return Object.fromEntries(none) as Ceilings;
}
