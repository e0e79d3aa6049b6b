import { CATALOGUE } from "../../declared.ts";
import { type FakeCloud, fakeCloud, type Reply, status } from "../cloud/fake-cloud.ts";

const gov = CATALOGUE.pools.get("gov");
if (gov === undefined) throw new Error("Cannot find pool gov among the samples");
const { externalNetwork, subnetPool, operator, domainId } = gov.openstack;

export const KUBE_TOKEN = "kube-token";

/** Flavors as the platform makes them. */
export const FLAVORS = [...CATALOGUE.flavors.offered.values()].map((flavor) => ({
  id: flavor.id,
  vcpus: flavor.cpu,
  ram: flavor.memoryGb * 1024,
  disk: flavor.kind === "server" ? 0 : flavor.diskGb,
}));

/** A provider of Placement: capacity and use by resource class. */
export function provider(resources: Readonly<Record<string, readonly [capacity: number, used: number]>>): object {
  return { resources: Object.fromEntries(Object.entries(resources).map(([name, [capacity, used]]) => [name, { capacity, used }])) };
}

const CANDIDATES = "GET /placement/allocation_candidates";
const HEALTHY: Readonly<Record<string, Reply | readonly Reply[]>> = {
  [`GET /v3/roles/${operator.roleId}`]: { role: { id: operator.roleId, name: "admin" } },
  [`GET /network/v2.0/networks/${externalNetwork.id}`]: { network: { name: "internet", "router:external": true } },
  [`GET /network/v2.0/subnetpools/${subnetPool.id}`]: { subnetpool: { name: "gov-systems", shared: true, default_prefixlen: "25" } },
  "GET /compute/v2.1/flavors/detail": { flavors: FLAVORS },
  ...Object.fromEntries([...CATALOGUE.images.values()].map(({ pools }) => [`GET /image/v2/images/${pools["gov"]}`, { status: "active" }])),
  "GET /block-storage/types": {
    volume_types: [
      { name: "sas", extra_specs: { volume_backend_name: "ceph-sas" } },
      { name: "ssd", extra_specs: { volume_backend_name: "ceph-ssd" } },
    ],
  },
  "GET /sharev2/v2/types": { share_types: [{ name: "cephfs-nfs" }] },
  "GET /compute/v2.1/os-quota-sets/id-of-vending/detail": {
    quota_set: { id: "x", cores: { limit: 10, in_use: 0, reserved: 0 }, ram: { limit: -1, in_use: 5 } },
  },
  "GET /block-storage/os-quota-sets/id-of-vending": { quota_set: { volumes: { limit: 10, in_use: 5, reserved: 0 } } },
  "GET /network/v2.0/quotas/id-of-vending/details.json": { quota: { network: { limit: 100, used: 90, reserved: 0 } } },
  "GET /compute/v2.1/os-aggregates": {
    aggregates: [
      { uuid: "uuid-general", metadata: { family: "general" } },
      { uuid: "uuid-both", metadata: { family: "c86,arm" } },
    ],
  },
  [`${CANDIDATES}?resources=VCPU%3A1%2CMEMORY_MB%3A1&member_of=in%3Auuid-general`]: {
    provider_summaries: {
      a: provider({ VCPU: [64, 60], MEMORY_MB: [65536, 1024] }),
      b: provider({ VCPU: [64, 0], MEMORY_MB: [65536, 0] }),
    },
  },
  [`${CANDIDATES}?resources=VCPU%3A1%2CMEMORY_MB%3A1&member_of=in%3Auuid-both`]: {
    provider_summaries: { c: provider({ VCPU: [32, 0], MEMORY_MB: [131072, 0] }) },
  },
  [`${CANDIDATES}?resources=CUSTOM_GPU_BOX_1%3A1`]: {
    provider_summaries: { g: provider({ CUSTOM_GPU_BOX_1: [1, 0] }), h: provider({ CUSTOM_GPU_BOX_1: [1, 0] }) },
  },
  [`${CANDIDATES}?resources=CUSTOM_GPU_BOX_2%3A1`]: { provider_summaries: {} },
  [`${CANDIDATES}?resources=CUSTOM_GPU_BOX_3%3A1`]: status(400, { errors: [{ detail: "No such resource class in DB" }] }),
  "GET /block-storage/scheduler-stats/get_pools": {
    pools: [
      { capabilities: { volume_backend_name: "ceph-sas", free_capacity_gb: 1000.7 } },
      { capabilities: { volume_backend_name: "ceph-sas", free_capacity_gb: 500 } },
      { capabilities: { volume_backend_name: "ceph-ssd", free_capacity_gb: "infinite" } },
    ],
  },
  "GET /sharev2/v2/scheduler-stats/pools/detail": { pools: [{ capabilities: { free_capacity_gb: "unknown" } }] },
  "GET /version": { gitVersion: "v1.34.4" },
  "GET /api/v1/namespaces": { items: [] },
};

/** The government pool's cloud with everything that the catalogue names, changed as told; the security cluster answers there too. */
export async function healthyCloud(
  changes: Readonly<Record<string, Reply | readonly Reply[]>> = {},
  options: Parameters<typeof fakeCloud>[1] = {},
): Promise<FakeCloud> {
  const cloud = await fakeCloud(
    { ...HEALTHY, ...changes },
    {
      ...options,
      token: {
        user: { id: operator.userId, name: "operator" },
        project: { id: "id-of-vending", name: "vending", domain: { id: domainId } },
        ...options.token,
      },
    },
  );
  return { ...cloud, pool: { ...cloud.pool, securityCluster: { host: cloud.url } } };
}
