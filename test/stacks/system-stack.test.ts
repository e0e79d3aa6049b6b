import { expect, test } from "vitest";
import { catalogueWith, POOL } from "./catalogue.ts";
import { BUREAU, gpuServers, listen, servers } from "./declared.ts";
import { named, resources, resourcesOf, synthesised } from "./synthesised.ts";

const full = {
  servers: [
    servers("app", { count: 2, listens: [listen(443, "internet")], dataDisks: [{ key: "data", type: "sas" as const, sizeGb: 10 }] }),
  ],
  gpuServers: [gpuServers("train")],
  objectGb: 2000,
  fileGb: 500,
  backupGb: 300,
  managedNodes: [
    { name: "node-2", serial: "S2" },
    { name: "node-1", serial: "S1" },
  ],
};

test("Both provider configurations take address, region and domains from the pool and nothing else", () => {
  const common = {
    auth_url: "https://keystone.example:5000/v3",
    region: "gov-1",
    user_domain_name: "people",
    project_domain_name: "projects",
  };
  expect(synthesised().provider).toEqual({
    openstack: [
      { ...common, tenant_name: "hrss--pensions" },
      { ...common, alias: "vending", tenant_name: "vending" },
    ],
    kubernetes: [{ host: "https://k8s.example:6443" }],
  });
});

test("A pool's own certificate authority reaches the Kubernetes provider", () => {
  const pool = { ...POOL, securityCluster: { ...POOL.securityCluster, caCertificate: "-----BEGIN CERTIFICATE-----" } };
  expect(synthesised({}, catalogueWith(pool)).provider).toMatchObject({
    kubernetes: [{ cluster_ca_certificate: "-----BEGIN CERTIFICATE-----" }],
  });
});

test("Everything inside the project waits for the role assignment; what makes the project does not", () => {
  const vending = ["openstack_compute_aggregate_v2", "openstack_compute_flavor", "openstack_identity", "quota"];
  for (const [address, body] of Object.entries(resources(full))) {
    if (!address.startsWith("openstack_")) continue;
    const outside = vending.some((part) => address.includes(part));
    expect([address, body.provider]).toEqual([address, outside ? "openstack.vending" : undefined]);
    if (!outside)
      expect([address, body.depends_on]).toEqual([address, expect.arrayContaining(["openstack_identity_role_assignment_v3.project"])]);
  }
});

test.each([
  {
    address: "openstack_compute_instance_v2.servers_app-1",
    quotas: ["openstack_compute_quotaset_v2.project", "openstack_blockstorage_quotaset_v3.project"],
  },
  { address: "openstack_compute_servergroup_v2.server-groups_app", quotas: ["openstack_compute_quotaset_v2.project"] },
  { address: "openstack_blockstorage_volume_v3.servers_app-1_data", quotas: ["openstack_blockstorage_quotaset_v3.project"] },
  { address: "openstack_networking_network_v2.network", quotas: ["openstack_networking_quota_v2.project"] },
  { address: "openstack_networking_router_v2.network", quotas: ["openstack_networking_quota_v2.project"] },
  { address: "openstack_networking_secgroup_v2.membership", quotas: ["openstack_networking_quota_v2.project"] },
  { address: "openstack_networking_floatingip_v2.servers_app-1", quotas: ["openstack_networking_quota_v2.project"] },
])("$address waits for its quota", ({ address, quotas }) => {
  expect(resources(full)[address].depends_on).toEqual(expect.arrayContaining(quotas));
});

test("The project carries the system's name, stage and level; servers carry nothing that changes when it goes live", () => {
  const all = resources(full);
  expect(all["openstack_identity_project_v3.project"]).toEqual({
    provider: "openstack.vending",
    name: "hrss--pensions",
    description: "人社局 养老金",
    domain_id: "d0",
    enabled: true,
    is_domain: false,
    tags: ["govcloud", "system:pensions", "tenant:hrss", "stage:production", "mlps:3"],
  });
  const changed = Object.entries(resources({ ...full, stage: "trial" })).filter(
    ([address, body]) => JSON.stringify(body) !== JSON.stringify(all[address]),
  );
  expect(changed.map(([address]) => address)).toEqual(["openstack_identity_project_v3.project"]);
});

test("Quotas have every field, name every volume type, and are the pool's capacity except for the priced backup space", () => {
  const all = resources(full);
  const project = { project_id: "${openstack_identity_project_v3.project.id}", provider: "openstack.vending" };
  expect(all["openstack_compute_quotaset_v2.project"]).toEqual({
    ...project,
    cores: 160,
    instances: 103,
    key_pairs: 10,
    metadata_items: 128,
    ram: 1_024_000,
    server_groups: 250,
    server_group_members: 103,
  });
  expect(all["openstack_blockstorage_quotaset_v3.project"]).toEqual({
    ...project,
    backup_gigabytes: 300,
    backups: 300,
    gigabytes: 5000,
    groups: 0,
    per_volume_gigabytes: 65_536,
    snapshots: 5000,
    volumes: 5000,
    volume_type_quota: {
      gigabytes_SAS: "3000",
      gigabytes_SSD: "2000",
      gigabytes___DEFAULT__: "0",
      snapshots_SAS: "3000",
      snapshots_SSD: "2000",
      snapshots___DEFAULT__: "0",
      volumes_SAS: "3000",
      volumes_SSD: "2000",
      volumes___DEFAULT__: "0",
    },
  });
  expect(Object.keys(all["openstack_networking_quota_v2.project"])).toEqual([
    ...[
      "floatingip",
      "network",
      "port",
      "project_id",
      "provider",
      "rbac_policy",
      "router",
      "security_group",
      "security_group_rule",
      "subnet",
      "subnetpool",
    ],
  ]);
});

test("A smaller system lowers no quota of Nova, which refuses a limit below what is still in use", () => {
  const small = resources({ servers: [servers("app")] })["openstack_compute_quotaset_v2.project"];
  expect(resources(full)["openstack_compute_quotaset_v2.project"]).toEqual(small);
});

test("Without backup space there is neither backup nor snapshot", () => {
  expect(resources()["openstack_blockstorage_quotaset_v3.project"]).toMatchObject({ backup_gigabytes: 0, backups: 0, snapshots: 0 });
});

test.each([
  { system: "declares its subnet", subnet: "10.20.3.0/24", wanted: { cidr: "10.20.3.0/24", gateway_ip: "10.20.3.1" } },
  {
    system: "leaves it to the pool",
    subnet: undefined,
    wanted: { subnetpool_id: "b8e41d73-09f5-4c6a-8b2d-7e5a1c3f9046", prefix_length: 25 },
  },
])("A system that $system gets that subnet", ({ subnet, wanted }) => {
  const { depends_on: _, tags: __, ...body } = resources({ servers: [servers("app")], subnet })["openstack_networking_subnet_v2.network"];
  const common = {
    name: "hrss--pensions",
    network_id: "${openstack_networking_network_v2.network.id}",
    ip_version: 4,
    enable_dhcp: true,
    dns_nameservers: ["10.64.0.10"],
  };
  expect(body).toEqual({ ...common, ...wanted });
});

test("A system of racks and storage alone has a project and a bundle but no network", () => {
  const all = resources({
    rackUnits: [{ rack: "H01", from: 12, to: 15, powerW: 900 }],
    cabinets: ["A07"],
    objectGb: 1,
    fileGb: 1,
    migration: true,
  });
  expect(Object.keys(all).filter((address) => /networking_(?!quota)|_fw_|compute_instance/.test(address))).toEqual([]);
  expect(all["terraform_data.records_rack-units-H01-12"]).toEqual({
    input: { record: "rack-units", rack: "H01", class: "high-power", from: 12, to: 15, units: 4, powerW: 900 },
  });
  expect(all["terraform_data.records_cabinet-A07"]).toEqual({ input: { record: "cabinet", rack: "A07" } });
  expect(all["terraform_data.records_migration"]).toEqual({ input: { record: "migration" } });
  expect(all["terraform_data.records_mlps-bundle"]).toEqual({
    input: { record: "mlps-bundle", level: 3, components: ["cloud-firewall", "database-audit", "waf"] },
  });
  expect(named(all, "openstack_sharedfilesystem_share_access_v2")).toEqual([]);
});

test("Object storage is a container with a quota in bytes, file storage a share for the system's own subnet", () => {
  const all = resources({ ...full, subnet: "10.20.3.0/24" });
  expect(all["openstack_objectstorage_container_v1.storage"]).toMatchObject({
    name: "hrss--pensions",
    metadata: { "Quota-Bytes": "2147483648000" },
    lifecycle: { prevent_destroy: true },
  });
  expect(all["openstack_sharedfilesystem_share_v2.storage"]).toMatchObject({
    size: 500,
    share_type: "nfs",
    share_proto: "NFS",
    lifecycle: { prevent_destroy: true },
  });
  expect(all["openstack_sharedfilesystem_share_access_v2.storage"]).toMatchObject({
    access_type: "ip",
    access_to: "10.20.3.0/24",
    access_level: "rw",
  });
});

test.each([
  {
    who: "servers on an allotted subnet",
    overrides: { servers: [servers("app")] },
    wanted: "${openstack_networking_subnet_v2.network.cidr}",
  },
  { who: "colocated machines with a declared subnet", overrides: { subnet: "10.20.3.0/24" }, wanted: "10.20.3.0/24" },
])("A share lets in $who", ({ overrides, wanted }) => {
  expect(resources({ fileGb: 1, ...overrides })["openstack_sharedfilesystem_share_access_v2.storage"].access_to).toBe(wanted);
});

test("Managed nodes are an aggregate that keeps other projects off its hosts", () => {
  expect(resources(full)["openstack_compute_aggregate_v2.managed-nodes"]).toEqual({
    provider: "openstack.vending",
    name: "hrss--pensions",
    hosts: ["node-1", "node-2"],
    metadata: { filter_tenant_id: "${openstack_identity_project_v3.project.id}", "serial:node-1": "S1", "serial:node-2": "S2" },
  });
});

test("A retired system keeps its tombstone and the providers that Terraform needs to delete the rest", () => {
  const json = synthesised({ ...full, stage: "retired", retirement: { on: "2026-03-31", attestation: "数据已返还 ${x} %{y}" } });
  expect(resourcesOf(json)).toEqual({
    "terraform_data.records_retirement": { input: { record: "retirement", on: "2026-03-31", attestation: "数据已返还 $${x} %%{y}" } },
  });
  expect(json.provider).toEqual(synthesised(full).provider);
});

test("A name cannot open a Terraform template", () => {
  const tenant = { ...BUREAU, name: "${path.root}" };
  expect(resources({ name: "%{ if true }" }, undefined, tenant)["openstack_identity_project_v3.project"].description).toBe(
    "$${path.root} %%{ if true }",
  );
});
