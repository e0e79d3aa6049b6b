import { expect, test } from "vitest";
import { catalogueWith, POOL } from "./catalogue.ts";
import { gpuServers, listen, servers } from "./declared.ts";
import { named, resources } from "./synthesised.ts";

const app = servers("app", {
  count: 2,
  systemDisk: { type: "ssd", sizeGb: 60 },
  dataDisks: [
    { key: "data", type: "sas", sizeGb: 500 },
    { key: "logs", type: "ssd", sizeGb: 20 },
  ],
});
const all = resources({ servers: [app], gpuServers: [gpuServers("train")] });
const instance = all["openstack_compute_instance_v2.servers_app-2"];

test("A server boots from a priced volume that goes with it, made from an image named by id", () => {
  expect(instance.block_device).toEqual([
    {
      uuid: "12222082-27ea-415e-9d5d-a0450c1ae1ed",
      source_type: "image",
      destination_type: "volume",
      volume_size: 60,
      volume_type: "SSD",
      boot_index: 0,
      delete_on_termination: true,
    },
  ]);
  expect(instance).not.toHaveProperty("image_id");
  expect(instance).not.toHaveProperty("image_name");
});

test.each([
  { trap: "is connected by its port alone", argument: "network", wanted: [{ port: "${openstack_networking_port_v2.servers_app-2.id}" }] },
  { trap: "has its groups on the port, not on itself", argument: "security_groups", wanted: undefined },
  { trap: "names its flavor by a literal id", argument: "flavor_id", wanted: "general-2c-4g" },
  { trap: "stays stopped when it was stopped on purpose", argument: "lifecycle", wanted: { ignore_changes: ["power_state"] } },
  { trap: "is stopped before it is destroyed", argument: "stop_before_destroy", wanted: true },
  {
    trap: "lets go of its port before it is destroyed, and confirms a resize itself",
    argument: "vendor_options",
    wanted: { detach_ports_before_destroy: true, ignore_resize_confirmation: false },
  },
  { trap: "has explicit time-outs", argument: "timeouts", wanted: { create: "30m", update: "30m", delete: "30m" } },
  { trap: "has no argument whose change replaces it: user data", argument: "user_data", wanted: undefined },
  { trap: "has no argument whose change replaces it: key pair", argument: "key_pair", wanted: undefined },
  {
    trap: "is found by its metadata",
    argument: "metadata",
    wanted: { system: "hrss/pensions", tenant: "hrss", server: "app", index: "2" },
  },
  { trap: "is found by its tags", argument: "tags", wanted: ["govcloud", "system:pensions", "tenant:hrss", "server:app"] },
  { trap: "is named after system, key and number", argument: "name", wanted: "hrss--pensions-app-2" },
  {
    trap: "is kept apart from its like",
    argument: "scheduler_hints",
    wanted: [{ group: "${openstack_compute_servergroup_v2.server-groups_app.id}" }],
  },
])("A server $trap", ({ argument, wanted }) => {
  expect(instance[argument]).toEqual(wanted);
});

test("A server waits for the way out of its network", () => {
  expect(instance.depends_on).toContain("openstack_networking_router_interface_v2.network");
});

test("A single server is in its group too, or the second one would replace it", () => {
  const single = resources({ servers: [servers("app")] });
  expect(single["openstack_compute_instance_v2.servers_app-1"]).toEqual(
    resources({ servers: [servers("app", { count: 2 })] })["openstack_compute_instance_v2.servers_app-1"],
  );
  expect(single["openstack_compute_servergroup_v2.server-groups_app"].policies).toEqual(["soft-anti-affinity"]);
});

test("A pool whose cloud confirms resizes says so to the provider", () => {
  const pool = { ...POOL, openstack: { ...POOL.openstack, resizeConfirmedByCloud: true } };
  const body = resources({ servers: [servers("app")] }, catalogueWith(pool))["openstack_compute_instance_v2.servers_app-1"];
  expect(body.vendor_options.ignore_resize_confirmation).toBe(true);
});

test("A port leaves address and MAC to Neutron and says everything else", () => {
  const { depends_on: _, ...port } = all["openstack_networking_port_v2.servers_app-2"];
  expect(port).toEqual({
    name: "hrss--pensions-app-2",
    network_id: "${openstack_networking_network_v2.network.id}",
    admin_state_up: true,
    port_security_enabled: true,
    security_group_ids: ["${openstack_networking_secgroup_v2.membership.id}", "${openstack_networking_secgroup_v2.security-groups_app.id}"],
    fixed_ip: [{ subnet_id: "${openstack_networking_subnet_v2.network.id}" }],
    tags: ["govcloud", "system:pensions", "tenant:hrss"],
  });
});

test("A data volume grows and changes its type while it is in use, and is never replaced", () => {
  expect(all["openstack_blockstorage_volume_v3.servers_app-1_data"]).toMatchObject({
    name: "hrss--pensions-app-1-data",
    size: 500,
    volume_type: "SAS",
    enable_online_resize: true,
    volume_retype_policy: "on-demand",
    lifecycle: { prevent_destroy: true },
    metadata: { system: "hrss/pensions", tenant: "hrss", server: "app", index: "1", disk: "data" },
  });
});

test("Volumes are attached one after the other", () => {
  expect(all["openstack_compute_volume_attach_v2.servers_app-1_data"].depends_on).toEqual([
    "openstack_identity_role_assignment_v3.project",
  ]);
  expect(all["openstack_compute_volume_attach_v2.servers_app-1_logs"].depends_on).toContain(
    "openstack_compute_volume_attach_v2.servers_app-1_data",
  );
});

test("A GPU box boots from its own disk, is kept apart from nothing and has no volume", () => {
  const box = all["openstack_compute_instance_v2.gpu-servers_train-1"];
  expect(box).toMatchObject({
    flavor_id: "gpu3-card5x8",
    image_id: "12222082-27ea-415e-9d5d-a0450c1ae1ed",
    name: "hrss--pensions-train-1",
  });
  expect(box).not.toHaveProperty("block_device");
  expect(box).not.toHaveProperty("scheduler_hints");
});

test("Only servers that listen to the internet have a public address, and only behind router and firewall", () => {
  const open = resources({
    servers: [servers("app", { listens: [listen(8080, "self")] }), servers("web", { count: 2, listens: [listen(443, "internet")] })],
  });
  expect(named(open, "openstack_networking_floatingip_v2")).toEqual(["servers_web-1", "servers_web-2"]);
  expect(open["openstack_networking_floatingip_v2.servers_web-1"]).toMatchObject({ pool: "internet", description: "hrss--pensions-web-1" });
  expect(open["openstack_networking_floatingip_associate_v2.servers_web-1"]).toEqual({
    floating_ip: "${openstack_networking_floatingip_v2.servers_web-1.address}",
    port_id: "${openstack_networking_port_v2.servers_web-1.id}",
    depends_on: [
      "openstack_networking_router_interface_v2.network",
      "openstack_fw_group_v2.firewall",
      "openstack_identity_role_assignment_v3.project",
    ],
  });
});
