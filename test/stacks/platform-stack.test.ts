import { expect, test } from "vitest";
import { buildApp, synthesise } from "../../stacks/build-app.ts";
import { PLATFORM } from "../../stacks/platform-stack.ts";
import { CATALOGUE, POOL } from "./catalogue.ts";
import { BUREAU, declared } from "./declared.ts";
import { CONTRACT, named, resourcesOf } from "./synthesised.ts";

function platform(catalogue = CATALOGUE, systems = [declared()]) {
  const { stacks } = buildApp(catalogue, CONTRACT, { tenants: new Map([["hrss", BUREAU]]), systems }, { only: new Set([PLATFORM]) });
  const stack = stacks.get(PLATFORM);
  if (stack === undefined || stacks.size !== 1) throw new Error("Cannot find the platform's stack alone");
  return synthesise(stack);
}
const json = platform();
const all = resourcesOf(json);

test("The platform holds what the contract has once: its service and four circuits", () => {
  expect(named(all, "terraform_data").map((key) => all[`terraform_data.${key}`].input)).toEqual([
    { record: "circuit", index: 1, bandwidthM: 1000 },
    { record: "circuit", index: 2, bandwidthM: 1000 },
    { record: "circuit", index: 3, bandwidthM: 1000 },
    { record: "circuit", index: 4, bandwidthM: 1000 },
    { record: "platform-service" },
  ]);
});

test("The platform does not grow with the number of systems", () => {
  const many = Array.from({ length: 20 }, (_, index) => declared({ id: `hrss/s${index}`, system: `s${index}` }));
  expect(platform(CATALOGUE, many)).toEqual(json);
});

test("Offered flavors have fixed ids, say what they stand for, and servers' flavors have no disk", () => {
  expect(named(all, "openstack_compute_flavor_v2")).toEqual(
    ["arm-4c-8g", "general-2c-4g", "gpu1-bare", "gpu3-card5x8"].map((id) => `pools_gov_flavors_${id}`),
  );
  expect(all["openstack_compute_flavor_v2.pools_gov_flavors_general-2c-4g"]).toMatchObject({
    provider: "openstack.gov",
    flavor_id: "general-2c-4g",
    is_public: true,
    vcpus: 2,
    ram: 4096,
    disk: 0,
    extra_specs: { "aggregate_instance_extra_specs:family": "general", "govcloud:family": "general" },
    lifecycle: { prevent_destroy: true },
  });
  expect(all["openstack_compute_flavor_v2.pools_gov_flavors_gpu3-card5x8"]).toMatchObject({
    disk: 120,
    extra_specs: { "resources:CUSTOM_GPU_BOX_3": "1", "govcloud:box": "3", "govcloud:card-type": "5", "govcloud:card-count": "8" },
  });
});

test("Volume types are bound to their back ends", () => {
  expect(all["openstack_blockstorage_volume_type_v3.pools_gov_volume-types_sas"]).toMatchObject({
    name: "SAS",
    extra_specs: { volume_backend_name: "ceph-sas" },
  });
  expect(all["openstack_blockstorage_volume_type_v3.pools_gov_volume-types_ssd"]).toMatchObject({
    name: "SSD",
    extra_specs: { volume_backend_name: "ceph-ssd" },
  });
});

test("Images have fixed ids, cannot be deleted, and are not replaced when their source moves", () => {
  const { lifecycle, ...image } = all["openstack_images_image_v2.pools_gov_images_openeuler-22_x2e_03"];
  expect(image).toMatchObject({
    image_id: "d9d3b211-807b-470a-9793-7dd34708ae5d",
    name: "openeuler-22.03",
    web_download: true,
    protected: true,
    visibility: "public",
    min_disk_gb: 40,
    properties: { sha256: "a".repeat(64), supported_until: "2032-10-31" },
  });
  expect(image).not.toHaveProperty("verify_checksum");
  expect(lifecycle).toEqual({ ignore_changes: ["image_source_url"] });
});

test("An image that a pool does not have is not made there", () => {
  const other = { ...POOL, key: "ps" };
  const both = resourcesOf(
    platform({
      ...CATALOGUE,
      pools: new Map([
        ["gov", POOL],
        ["ps", other],
      ]),
    }),
  );
  expect(named(both, "openstack_images_image_v2").filter((key) => key.startsWith("pools_ps"))).toEqual([]);
});

test("The external network and the subnet pool are made as Neutron stores them, and their ids are given out", () => {
  expect(all["openstack_networking_network_v2.pools_gov_external-network"]).toMatchObject({
    name: "internet",
    external: true,
    shared: false,
    segments: [{ physical_network: "physnet1", network_type: "flat" }],
  });
  expect(all["openstack_networking_subnet_v2.pools_gov_external-network"]).toMatchObject({
    cidr: "203.0.113.0/24",
    gateway_ip: "203.0.113.1",
    enable_dhcp: false,
  });
  expect(all["openstack_networking_subnetpool_v2.pools_gov_subnet-pool"]).toMatchObject({
    prefixes: ["10.32.0.0/11"],
    default_prefixlen: 25,
    shared: true,
  });
  expect(json.output).toMatchObject({
    "gov_external-network-id": { value: "${openstack_networking_network_v2.pools_gov_external-network.id}" },
    "gov_subnet-pool-id": { value: "${openstack_networking_subnetpool_v2.pools_gov_subnet-pool.id}" },
  });
});

test("Each pool has its own provider configuration, the first pool the default one too", () => {
  const second = { ...POOL, key: "ps", openstack: { ...POOL.openstack, region: "ps-1" } };
  const { openstack } = platform({
    ...CATALOGUE,
    pools: new Map([
      ["gov", POOL],
      ["ps", second],
    ]),
  }).provider as { openstack: object[] };
  expect(openstack).toMatchObject([
    { region: "gov-1", tenant_name: "vending" },
    { alias: "gov", region: "gov-1" },
    { alias: "ps", region: "ps-1" },
  ]);
  expect(openstack[0]).not.toHaveProperty("alias");
});
