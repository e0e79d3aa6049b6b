import { expect, test } from "vitest";
import { declaredCause, declaredGroup, declaredPath } from "../../catalog/declared-place.ts";
import { readDeclarations } from "../../catalog/read-declarations.ts";
import type { ResourceChange } from "../../catalog/terraform-plan/planned-resource.ts";
import { readSynthesised } from "../../catalog/terraform-plan/read-synthesised.ts";
import { buildApp, synthesise } from "../../stacks/build-app.ts";
import { CATALOGUE, CONTRACT, declaration, gpuServer, required, server, sourceOf } from "../declared.ts";
import { realTree } from "../tree.ts";

const YAML = `name: 社会保险
stage: production
mlps: 3
cryptography: true
pool: gov
classified: false
servers:
  app-2:
    family: general
    cpu: 6
    memoryGb: 10
    image: rocky-9
    systemDisk: { type: ssd, sizeGb: 60 }
    listens: [{ port: 8443, from: tenant }, { port: 443, from: internet }, { port: 443, from: self, protocol: udp }, { port: 53, from: 10.9.0.0/24 }]
  db:
    family: general
    cpu: 4
    memoryGb: 8
    image: rocky-9
    systemDisk: { type: ssd, sizeGb: 60 }
`;
const declared = declaration({
  source: sourceOf(YAML),
  servers: [
    server({
      key: "app-2",
      cpu: 6,
      memoryGb: 10,
      listens: [
        { protocol: "tcp", port: 53, from: { kind: "cidr", cidr: "10.9.0.0/24" } },
        { protocol: "tcp", port: 443, from: { kind: "internet" } },
        { protocol: "tcp", port: 8443, from: { kind: "tenant", cidr: "10.20.0.0/16" } },
        { protocol: "udp", port: 443, from: { kind: "self" } },
      ],
    }),
    server({ key: "db", dataDisks: [{ key: "data", type: "sas", sizeGb: 10 }] }),
  ],
  gpuServers: [gpuServer({ key: "train", cards: { type: 5, count: 1 } })],
  rackUnits: [
    { rack: "A07", from: 1, to: 2, powerW: 900 },
    { rack: "A.07", from: 12, to: 15, powerW: 900 },
  ],
  cabinets: ["B03"],
  backupGb: 100,
});

test.each([
  ["openstack_compute_instance_v2.servers_db-1", "servers.db"],
  ["openstack_compute_instance_v2.servers_app-2-3", "servers.app-2"],
  ["openstack_networking_port_v2.servers_db-12", "servers.db"],
  ["openstack_networking_floatingip_associate_v2.servers_app-2-1", "servers.app-2"],
  ["openstack_blockstorage_volume_v3.servers_db-1_data", "servers.db.dataDisks.data"],
  ["openstack_compute_volume_attach_v2.servers_db-1_data", "servers.db.dataDisks.data"],
  ["openstack_compute_instance_v2.servers_gone-1", "servers.gone"],
  ["openstack_compute_instance_v2.gpu-servers_train-1", "gpuServers.train"],
  ["openstack_compute_servergroup_v2.server-groups_app-2", "servers.app-2"],
  ["openstack_networking_secgroup_v2.security-groups_db", "servers.db"],
  ["openstack_networking_secgroup_v2.security-groups_train", "gpuServers.train"],
  ["openstack_networking_secgroup_rule_v2.security-groups_app-2_in-tcp-8443-10-20-0-0-16", "servers.app-2.listens.0"],
  ["openstack_networking_secgroup_rule_v2.security-groups_app-2_in-tcp-443-0-0-0-0-0", "servers.app-2.listens.1"],
  ["openstack_networking_secgroup_rule_v2.security-groups_app-2_in-udp-443-self", "servers.app-2.listens.2"],
  ["openstack_networking_secgroup_rule_v2.security-groups_app-2_in-tcp-53-10-9-0-0-24", "servers.app-2.listens.3"],
  ["openstack_networking_secgroup_rule_v2.security-groups_app-2_in-tcp-22-0-0-0-0-0", "servers.app-2.listens"],
  ["openstack_fw_rule_v2.firewall_ingress_tcp-443-0-0-0-0-0", "servers.app-2.listens.1"],
  ["openstack_fw_rule_v2.firewall_egress_tcp-443-0-0-0-0-0", "mlps"],
  ["openstack_fw_group_v2.firewall", "mlps"],
  ["openstack_networking_secgroup_rule_v2.membership_out-udp-123-10-0-0-0-24", "servers"],
  ["openstack_networking_subnet_v2.network", "servers"],
  ["openstack_compute_flavor_v2.flavors_general-6c-10g", "servers.app-2"],
  ["openstack_compute_flavor_access_v2.flavors_gpu1-card5x1", "gpuServers.train"],
  ["openstack_compute_flavor_v2.flavors_general-7c-7g", "servers"],
  ["openstack_objectstorage_container_v1.storage", "storage.objectGb"],
  ["openstack_sharedfilesystem_share_v2.storage", "storage.fileGb"],
  ["openstack_sharedfilesystem_share_access_v2.storage", "storage.fileGb"],
  ["openstack_identity_project_v3.project", "name"],
  ["openstack_identity_role_assignment_v3.project", "pool"],
  ["openstack_compute_quotaset_v2.project", "pool"],
  ["openstack_blockstorage_quotaset_v3.project", "backupGb"],
  ["openstack_compute_aggregate_v2.managed-nodes", "managedNodes"],
  ["kubernetes_namespace_v1.bundle", "mlps"],
  ["kubernetes_deployment_v1.bundle_waf", "mlps"],
  ["kubernetes_deployment_v1.bundle_cipher-vpn", "cryptography"],
  ["terraform_data.records_mlps-bundle", "mlps"],
  ["terraform_data.records_cryptography-bundle", "cryptography"],
  ["terraform_data.records_rack-units-A07-1", "colocation.rackUnits.0"],
  ["terraform_data.records_rack-units-A_x2e_07-12", "colocation.rackUnits.1"],
  ["terraform_data.records_rack-units-C01-1", "colocation.rackUnits"],
  ["terraform_data.records_cabinet-B03", "colocation.cabinets.0"],
  ["terraform_data.records_cabinet-B09", "colocation.cabinets"],
  ["terraform_data.records_migration", "migration"],
  ["terraform_data.records_retirement", "retirement"],
  ["openstack_compute_instance_v2.by-hand", ""],
  ["nonsense", ""],
])("%s comes of %s", (address, path) => {
  expect(declaredPath(declared, address, CATALOGUE.components).join(".")).toBe(path);
});

test("What belongs to the network comes of the declared subnet, where there is one", () => {
  const placed = { ...declared, subnet: "10.20.3.0/24" };
  expect(declaredPath(placed, "openstack_networking_router_v2.network")).toEqual(["subnet"]);
});

test("A quota without backup space comes of the pool, and a network without servers of the GPU boxes", () => {
  const bare = declaration({ gpuServers: [gpuServer()] });
  expect(declaredPath(bare, "openstack_blockstorage_quotaset_v3.project")).toEqual(["pool"]);
  expect(declaredPath(bare, "openstack_networking_network_v2.network")).toEqual(["gpuServers"]);
});

test.each([
  ["openstack_compute_instance_v2.servers_app-2-3", { group: "app-2", disk: undefined }],
  ["openstack_blockstorage_volume_v3.servers_db-1_data", { group: "db", disk: "data" }],
  ["openstack_compute_instance_v2.gpu-servers_train-1", { group: "train", disk: undefined }],
  ["openstack_networking_secgroup_rule_v2.security-groups_db_in-tcp-22-self", { group: "db", disk: undefined }],
  ["openstack_compute_servergroup_v2.server-groups_db", { group: "db", disk: undefined }],
  ["openstack_networking_subnet_v2.network", undefined],
  ["openstack_objectstorage_container_v1.storage", undefined],
  ["terraform_data.records_migration", undefined],
])("%s belongs to %j", (address, group) => {
  expect(declaredGroup(address)).toEqual(group);
});

test("Every resource of every sample comes of something that its file says, or could say", () => {
  const { declarations } = readDeclarations(realTree(), CATALOGUE);
  const { stacks } = buildApp(CATALOGUE, CONTRACT, declarations);
  const places = declarations.systems.flatMap((each) =>
    readSynthesised(synthesise(required(stacks.get(each.id), each.id))).map(({ address }) => ({
      address: `${each.id} ${address}`,
      path: declaredPath(each, address, CATALOGUE.components),
    })),
  );
  expect(places.length).toBeGreaterThan(1500);
  expect(places.filter(({ path }) => path.length === 0)).toEqual([]);
  // A rule of a server's own group always leads to its very line.
  const rules = places.filter(({ address }) => /security-groups_.*_in-/.test(address));
  expect(rules.filter(({ path }) => typeof path.at(-1) !== "number")).toEqual([]);
});

const change = (address: string, action: ResourceChange["action"], ...cause: string[]): ResourceChange => ({
  address,
  type: address.split(".")[0] ?? "",
  action,
  before: undefined,
  after: undefined,
  cause,
  damage: [],
});
const group = (more: Parameters<typeof server>[0] = {}) =>
  declaration({ servers: [server({ key: "db", count: 2, dataDisks: [{ key: "data", type: "sas", sizeGb: 10 }], ...more })] });

test.each([
  ["another image", change("openstack_compute_instance_v2.servers_db-1", "replace", "block_device.uuid"), group(), "servers.db.image"],
  [
    "more memory",
    change("openstack_compute_instance_v2.servers_db-1", "update", "flavor_id"),
    group({ memoryGb: 4 }),
    "servers.db.memoryGb",
  ],
  [
    "another family",
    change("openstack_compute_instance_v2.servers_db-1", "update", "flavor_id"),
    group({ family: "c86" }),
    "servers.db.family",
  ],
  [
    "a flavor that nobody declared otherwise",
    change("openstack_compute_instance_v2.servers_db-1", "update", "flavor_id"),
    group(),
    "servers.db",
  ],
  ["a size", change("openstack_blockstorage_volume_v3.servers_db-1_data", "update", "size"), group(), "servers.db.dataDisks.data.sizeGb"],
  [
    "a type",
    change("openstack_blockstorage_volume_v3.servers_db-1_data", "update", "volume_type"),
    group(),
    "servers.db.dataDisks.data.type",
  ],
  ["a server less", change("openstack_compute_instance_v2.servers_db-3", "delete"), group({ count: 3 }), "servers.db.count"],
  [
    "a server's volume that goes with it",
    change("openstack_blockstorage_volume_v3.servers_db-3_data", "delete"),
    group({ count: 3 }),
    "servers.db.count",
  ],
  ["a volume taken out", change("openstack_blockstorage_volume_v3.servers_db-1_logs", "delete"), group(), "servers.db.dataDisks.logs"],
  ["a group taken out", change("openstack_compute_instance_v2.servers_web-1", "delete"), group(), "servers.web"],
  ["a share's size", change("openstack_sharedfilesystem_share_v2.storage", "update", "size"), group(), "storage.fileGb"],
] as const)("What causes %s", (_, each, before, path) => {
  expect(declaredCause(group(), before, each).join(".")).toBe(path);
});
