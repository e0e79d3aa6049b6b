import { Decimal } from "decimal.js";
import type { Catalogue } from "../../catalog/catalogue.ts";
import type { Component } from "../../catalog/component.ts";
import { type Flavor, gpuFlavorId, serverFlavorId } from "../../catalog/flavor.ts";
import type { Image } from "../../catalog/image.ts";
import type { Pool } from "../../catalog/pool.ts";

const name = { zh: "名", en: "name" };

/** A pool with one service, one name server and round capacities: 100 cores and 400 GB in all, and one GPU box of each type. */
export const POOL: Pool = {
  key: "gov",
  name,
  dataCentres: [{ name, country: "CN" }],
  openstack: {
    authUrl: "https://keystone.example:5000/v3",
    region: "gov-1",
    userDomain: "people",
    projectDomain: "projects",
    domainId: "d0",
    vendingProject: "vending",
    operator: { userId: "u0", roleId: "r0" },
    externalNetwork: {
      name: "internet",
      id: "3f0c9a52-6d1e-4b87-a2c4-58e7d90b1f36",
      physicalNetwork: "physnet1",
      cidr: "203.0.113.0/24",
      gateway: "203.0.113.1",
    },
    subnetPool: {
      name: "systems",
      id: "b8e41d73-09f5-4c6a-8b2d-7e5a1c3f9046",
      prefixes: ["10.32.0.0/12", "10.48.0.0/12"],
      prefixLength: 25,
    },
    dnsServers: ["10.64.0.10"],
    volumeTypes: { sas: "SAS", ssd: "SSD" },
    otherVolumeTypes: ["__DEFAULT__"],
    volumeBackends: { sas: "ceph-sas", ssd: "ceph-ssd" },
    shareType: "nfs",
    shareProtocol: "NFS",
  },
  range: "10.0.0.0/10",
  egress: [{ purpose: name, protocol: "tcp", port: 443, to: "10.64.1.0/28" }],
  securityCluster: { host: "https://k8s.example:6443" },
  gpuImage: "kylin-v10-sp3",
  server: { smallest: { cpu: 1, memoryGb: 1 }, largest: { cpu: 64, memoryGb: 512 } },
  racks: { A07: { heightU: 42, class: "standard", powerW: 4000 }, H01: { heightU: 42, class: "high-power", powerW: 7000 } },
  capacity: {
    general: { cpu: 50, memoryGb: 200 },
    c86: { cpu: 25, memoryGb: 100 },
    arm: { cpu: 25, memoryGb: 100 },
    gpuBoxes: { "1": 1, "2": 1, "3": 1 },
    gpuCards: { "1": 0, "2": 0, "3": 0, "4": 0, "5": 8, "6": 0 },
    sasGb: 3000,
    ssdGb: 2000,
    objectGb: 1000,
    fileGb: 1000,
    backupGb: 1000,
  },
};

const box = (type: 1 | 2 | 3) => ({
  cpu: 10 * type,
  memoryGb: 100 * type,
  diskGb: 120,
  cardSlots: 8,
  extraSpecs: { [`resources:CUSTOM_GPU_BOX_${type}`]: "1" },
});

const OFFERED: readonly Flavor[] = [
  { kind: "server", id: serverFlavorId("general", 2, 4), family: "general", cpu: 2, memoryGb: 4 },
  { kind: "server", id: serverFlavorId("arm", 4, 8), family: "arm", cpu: 4, memoryGb: 8 },
  { kind: "gpu-box", id: gpuFlavorId(3, { type: 5, count: 8 }), box: 3, cpu: 30, memoryGb: 300, diskGb: 120, cards: { type: 5, count: 8 } },
  { kind: "gpu-box", id: gpuFlavorId(1, undefined), box: 1, cpu: 10, memoryGb: 100, diskGb: 120, cards: undefined },
];

const image = (key: string, id: string): Image => ({
  key,
  name,
  families: ["general", "c86", "arm"],
  diskFormat: "qcow2",
  minDiskGb: 40,
  sha256: "a".repeat(64),
  source: `https://images.example/${key}.qcow2`,
  supportedUntil: "2032-10-31",
  pools: { gov: id },
});

const workload = (key: string, bundles: Component["bundles"], cpuMillicores: number, memoryMi: number): Component => ({
  kind: "workload",
  key,
  name,
  bundles,
  clause: "附件1 第22项",
  controls: [],
  image: `registry.example/${key}:1@sha256:${"b".repeat(64)}`,
  ports: [{ name: "web", port: 8443, protocol: "tcp" }],
  cpuMillicores,
  memoryMi,
});

const COMPONENTS: readonly Component[] = [
  { kind: "cloud-firewall", key: "cloud-firewall", name, bundles: ["22", "23"], clause: "附件1 第22项", controls: [] },
  workload("waf", ["22", "23"], 500, 1024),
  workload("database-audit", ["23"], 250, 512),
  workload("key-management", ["24"], 1000, 2048),
];

/** A small catalogue with everything that stacks read. */
export const CATALOGUE: Catalogue = {
  items: new Map(),
  resourceUsage: {
    clause: "附件2 7.2",
    points: 20,
    cpu: [],
    memory: [],
    disk: { above: new Decimal(85), printed: "＞85%" },
    advice: { workingDays: 5, deduction: 2 },
    overall: { below: new Decimal(30), annualFeePercent: new Decimal(20) },
  },
  contracts: [],
  priceBooks: [],
  pools: new Map([["gov", POOL]]),
  flavors: {
    families: {
      general: { extraSpecs: { "aggregate_instance_extra_specs:family": "general" } },
      c86: { extraSpecs: {} },
      arm: { extraSpecs: { "hw:arch": "aarch64" } },
    },
    gpuBoxes: { "1": box(1), "2": box(2), "3": box(3) },
    offered: new Map(OFFERED.map((flavor) => [flavor.id, flavor])),
  },
  usageQueries: undefined,
  images: new Map([
    ["kylin-v10-sp3", image("kylin-v10-sp3", "12222082-27ea-415e-9d5d-a0450c1ae1ed")],
    ["openeuler-22.03", image("openeuler-22.03", "d9d3b211-807b-470a-9793-7dd34708ae5d")],
  ]),
  components: COMPONENTS,
  sources: new Map(),
};

/** The same with another pool in the place of `gov`. */
export function catalogueWith(pool: Pool, components: readonly Component[] = COMPONENTS): Catalogue {
  return { ...CATALOGUE, pools: new Map([["gov", pool]]), components };
}
