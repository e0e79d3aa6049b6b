import { describe, expect, test } from "vitest";
import { add, all, changesOf, check, damageOf, edit, editBlock, print, type Row, remove, vended, withFirewall } from "./damage-rows.ts";
import { RECORDED_PLANS } from "./recorded-plans.ts";
import { FIREWALL, type Resources, shop, VENDED } from "./shop.ts";

/** Rows that were told, to be held against the recorded plans. */
const told = new Set<string>(["no-op", "create-system", "delayed-auth-no-cloud", "retire-all", "declaration-only-change"]);

function recorded(rows: readonly Row[]): readonly Row[] {
  for (const { row } of rows) told.add(row);
  return rows;
}

const RENEWED_APP = ["replace compute_instance.app-1 root-disk-lost", "replace compute_volume_attach.data"];

describe("A whole system, as recorded:", () => {
  test("no-op: the same configuration changes nothing, and lists every resource so", () => {
    const changes = changesOf(shop(), shop());
    expect(changes).toHaveLength(22);
    expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(["no-op"]));
    expect(damageOf(changes)).toEqual([]);
  });

  test("create-system, delayed-auth-no-cloud: all is created and nothing is harmed", () => {
    const system = { ...shop(), ...FIREWALL, ...VENDED };
    const changes = changesOf({}, system);
    expect(changes).toHaveLength(33);
    expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(["create"]));
    expect(damageOf(changes)).toEqual([]);
  });

  test("retire-all: all is deleted, and the damage is data lost", () => {
    const changes = changesOf({ ...shop(), ...FIREWALL }, {});
    expect(changes).toHaveLength(26);
    expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(["delete"]));
    expect(damageOf(changes)).toEqual(["data-lost"]);
  });

  test("retire-all with its project, aggregate and namespace: data lost too, and nothing else that anybody could notice", () => {
    expect(damageOf(changesOf({ ...shop(), ...FIREWALL, ...VENDED }, {}))).toEqual(["data-lost"]);
  });

  test("declaration-only-change: a record is updated and no cloud object is touched", () => {
    check({
      row: "",
      after: edit("terraform_data.declaration", { input: { owner: "team-b" } }),
      changes: ["update terraform_data.declaration"],
      damage: [],
    });
  });
});

describe("Servers, as recorded:", () => {
  test.each<Row>(
    recorded([
      {
        row: "image-id-change",
        after: edit("compute_instance_v2.local-1", { image_id: "image-b" }),
        changes: ["update compute_instance.local-1 root-disk-lost"],
        damage: ["root-disk-lost"],
      },
      {
        row: "boot-volume-image-change",
        after: editBlock("compute_instance_v2.app-1", "block_device", { uuid: "image-b" }),
        changes: RENEWED_APP,
        damage: ["root-disk-lost"],
      },
      {
        row: "boot-volume-image-id-endless-diff",
        after: edit("compute_instance_v2.app-1", { image_id: "image-a" }),
        changes: ["update compute_instance.app-1 reboot"],
        damage: ["reboot"],
      },
      {
        row: "flavor-resize",
        after: edit("compute_instance_v2.app-1", { flavor_id: "general-8c-16g" }),
        changes: ["update compute_instance.app-1 reboot"],
        damage: ["reboot"],
      },
      {
        row: "flavor-resize-local-disk",
        after: edit("compute_instance_v2.local-1", { flavor_id: "general-8c-16g" }),
        changes: ["update compute_instance.local-1 reboot"],
        damage: ["reboot"],
      },
      {
        row: "flavor-definition-change",
        before: edit("compute_instance_v2.local-1", { flavor_id: "${openstack_compute_flavor_v2.own.id}" }),
        after: edit("compute_flavor_v2.own", { ram: 16_384 }),
        changes: ["replace compute_flavor.own", "update compute_instance.local-1 reboot"],
        damage: ["reboot"],
      },
      {
        row: "a flavor whose id is written out, which servers keep",
        after: edit("compute_flavor_v2.own", { ram: 16_384 }),
        changes: ["replace compute_flavor.own"],
        damage: [],
      },
      {
        row: "flavor-extra-specs-change",
        after: edit("compute_flavor_v2.own", { extra_specs: { a: "2" } }),
        changes: ["update compute_flavor.own"],
        damage: [],
      },
      {
        row: "user-data-change",
        after: edit("compute_instance_v2.app-1", { user_data: "#cloud-config\nhostname: x\n" }),
        changes: RENEWED_APP,
        damage: ["root-disk-lost"],
      },
      {
        row: "ignored-user-data-change",
        before: edit("compute_instance_v2.app-1", { lifecycle: { ignore_changes: ["power_state", "user_data"] } }),
        after: edit("compute_instance_v2.app-1", { user_data: "#cloud-config\nhostname: x\n" }),
        changes: [],
        damage: [],
      },
      {
        row: "key-pair-change",
        after: edit("compute_instance_v2.app-1", { key_pair: "other" }),
        changes: RENEWED_APP,
        damage: ["root-disk-lost"],
      },
      {
        row: "orphaned-boot-disk",
        before: editBlock("compute_instance_v2.app-1", "block_device", { delete_on_termination: false }),
        after: edit("compute_instance_v2.app-1", { user_data: "x" }),
        changes: RENEWED_APP,
        damage: ["root-disk-lost"],
      },
      {
        row: "a larger boot disk",
        after: editBlock("compute_instance_v2.app-1", "block_device", { volume_size: 60 }),
        changes: RENEWED_APP,
        damage: ["root-disk-lost"],
      },
      {
        row: "server-rename",
        after: edit("compute_instance_v2.app-1", { name: "shop-app-one" }),
        changes: ["update compute_instance.app-1"],
        damage: [],
      },
      {
        row: "server-add",
        before: remove(
          "compute_instance_v2.web-1",
          "networking_port_v2.web-1",
          "networking_floatingip_associate_v2.web",
          "networking_floatingip_v2.web",
        ),
        after: (system) => {
          const { "web-1": server } = shop()["compute_instance_v2"] ?? {};
          const { "web-1": port } = shop()["networking_port_v2"] ?? {};
          all(add("compute_instance_v2.web-1", server ?? {}), add("networking_port_v2.web-1", port ?? {}))(system);
        },
        changes: ["create compute_instance.web-1", "create networking_port.web-1"],
        damage: [],
      },
      {
        row: "server-remove",
        after: remove("compute_instance_v2.local-1", "networking_port_v2.local-1"),
        changes: ["delete compute_instance.local-1 data-lost", "delete networking_port.local-1"],
        damage: ["data-lost"],
      },
      {
        row: "server-remove with its public address",
        after: remove(
          "compute_instance_v2.web-1",
          "networking_port_v2.web-1",
          "networking_floatingip_associate_v2.web",
          "networking_floatingip_v2.web",
        ),
        changes: [
          "delete compute_instance.web-1 data-lost",
          "delete networking_floatingip_associate.web",
          "delete networking_floatingip.web",
          "delete networking_port.web-1",
        ],
        damage: ["data-lost"],
      },
      { row: "a stop that is ignored", after: edit("compute_instance_v2.app-1", { power_state: "shutoff" }), changes: [], damage: [] },
      {
        row: "a stop",
        before: edit("compute_instance_v2.app-1", { lifecycle: {} }),
        after: edit("compute_instance_v2.app-1", { power_state: "shutoff" }),
        changes: ["update compute_instance.app-1 outage"],
        damage: ["outage"],
      },
      {
        row: "power-state-drift: a start",
        before: edit("compute_instance_v2.app-1", { lifecycle: {}, power_state: "shutoff" }),
        after: edit("compute_instance_v2.app-1", { power_state: "active" }),
        changes: ["update compute_instance.app-1 reboot"],
        damage: ["reboot"],
      },
      {
        row: "instance-group-by-id-endless-diff",
        after: edit("compute_instance_v2.app-1", { security_groups: ["id"] }),
        changes: ["update compute_instance.app-1 exposure-changed"],
        damage: ["exposure-changed"],
      },
      {
        row: "gpu-and-baremetal",
        after: all(
          add("compute_flavor_v2.gpu", { name: "gpu", vcpus: 8, ram: 8192, disk: 0, extra_specs: { "pci_passthrough:alias": "a:1" } }),
          add("networking_port_v2.gpu-1", { network_id: "${openstack_networking_network_v2.app.id}" }),
          add("compute_instance_v2.gpu-1", {
            flavor_id: "${openstack_compute_flavor_v2.gpu.id}",
            network: [{ port: "${openstack_networking_port_v2.gpu-1.id}" }],
          }),
        ),
        changes: ["create compute_flavor.gpu", "create compute_instance.gpu-1", "create networking_port.gpu-1"],
        damage: [],
      },
      {
        row: "computed-unknown",
        after: add("compute_instance_v2.late", {
          name: "${terraform_data.declaration.output}",
          flavor_id: "${terraform_data.declaration.id}",
        }),
        changes: ["create compute_instance.late"],
        damage: [],
      },
      {
        row: "words in its metadata",
        after: edit("compute_instance_v2.app-1", { metadata: { a: "1" } }),
        changes: ["update compute_instance.app-1"],
        damage: [],
      },
    ]),
  )("$row", check);
});

describe("Networks and addresses, as recorded:", () => {
  test.each<Row>(
    recorded([
      {
        row: "network-rename",
        after: edit("networking_network_v2.app", { name: "other" }),
        changes: ["update networking_network.app"],
        damage: [],
      },
      {
        row: "network-rename where servers name the network",
        before: edit("compute_instance_v2.app-1", { network: [{ name: "shop-app" }] }),
        after: edit("compute_instance_v2.app-1", { network: [{ name: "other" }] }),
        changes: ["replace compute_instance.app-1 root-disk-lost re-addressed", "replace compute_volume_attach.data"],
        damage: ["re-addressed", "root-disk-lost"],
      },
      {
        row: "subnet-cidr-change",
        after: all(
          edit("networking_subnet_v2.app", { cidr: "10.21.0.0/24" }),
          editBlock("networking_port_v2.app-1", "fixed_ip", { ip_address: "10.21.0.11" }),
          editBlock("networking_port_v2.web-1", "fixed_ip", { ip_address: "10.21.0.12" }),
          editBlock("networking_port_v2.local-1", "fixed_ip", { ip_address: "10.21.0.13" }),
        ),
        changes: [
          "update networking_port.app-1",
          "update networking_port.local-1",
          "update networking_port.web-1",
          "replace networking_router_interface.app outage",
          "replace networking_subnet.app fails-at-apply",
        ],
        damage: ["fails-at-apply", "outage"],
      },
      {
        row: "port-fixed-ip-change",
        after: editBlock("networking_port_v2.app-1", "fixed_ip", { ip_address: "10.20.0.99" }),
        changes: ["update networking_port.app-1 re-addressed"],
        damage: ["re-addressed"],
      },
      {
        row: "port-mac-change",
        after: edit("networking_port_v2.app-1", { mac_address: "fa:16:3e:00:00:01" }),
        changes: [
          "replace compute_instance.app-1 root-disk-lost re-addressed",
          "replace compute_volume_attach.data",
          "replace networking_port.app-1 re-addressed",
        ],
        damage: ["re-addressed", "root-disk-lost"],
      },
      {
        row: "port-mac-change of a port with a public address",
        after: edit("networking_port_v2.web-1", { mac_address: "fa:16:3e:00:00:01" }),
        changes: [
          "replace compute_instance.web-1 root-disk-lost re-addressed",
          "update networking_floatingip_associate.web",
          "replace networking_port.web-1 re-addressed",
        ],
        damage: ["re-addressed", "root-disk-lost"],
      },
      {
        row: "a router without its way out",
        after: edit("networking_router_v2.edge", { external_network_id: null }),
        changes: ["update networking_router.edge outage"],
        damage: ["outage"],
      },
      {
        row: "a subnet cut off its router",
        after: remove("networking_router_interface_v2.app"),
        changes: ["delete networking_router_interface.app outage"],
        damage: ["outage"],
      },
    ]),
  )("$row", check);
});

describe("Exposure, as recorded:", () => {
  const open = (more: Record<string, unknown>) => ({
    direction: "ingress",
    ethertype: "IPv4",
    security_group_id: "${openstack_networking_secgroup_v2.app.id}",
    ...more,
  });
  test.each<Row>(
    recorded([
      {
        row: "security-group-rule-open",
        after: all(
          add("networking_secgroup_rule_v2.no-source", open({ protocol: "tcp" })),
          add("networking_secgroup_rule_v2.world", open({ remote_ip_prefix: "0.0.0.0/0" })),
        ),
        changes: ["create networking_secgroup_rule.no-source exposure-changed", "create networking_secgroup_rule.world exposure-changed"],
        damage: ["exposure-changed"],
      },
      {
        row: "default-rule-conflict",
        after: all(
          add("networking_secgroup_v2.g", { name: "g" }),
          add("networking_secgroup_rule_v2.out", {
            direction: "egress",
            ethertype: "IPv4",
            security_group_id: "${openstack_networking_secgroup_v2.g.id}",
          }),
        ),
        changes: ["create networking_secgroup_rule.out fails-at-apply", "create networking_secgroup.g"],
        damage: ["fails-at-apply"],
      },
      {
        row: "the same, every address written out, in a group that stands",
        before: add("networking_secgroup_v2.g", { name: "g" }),
        after: add("networking_secgroup_rule_v2.out", {
          direction: "egress",
          ethertype: "IPv4",
          remote_ip_prefix: "0.0.0.0/0",
          security_group_id: "${openstack_networking_secgroup_v2.g.id}",
        }),
        changes: ["create networking_secgroup_rule.out fails-at-apply exposure-changed"],
        damage: ["exposure-changed", "fails-at-apply"],
      },
      {
        row: "the default rule in a group without its default rules",
        after: add("networking_secgroup_rule_v2.out", open({ direction: "egress" })),
        changes: ["create networking_secgroup_rule.out exposure-changed"],
        damage: ["exposure-changed"],
      },
      {
        row: "a rule that another one says already",
        after: add(
          "networking_secgroup_rule_v2.again",
          open({ protocol: "tcp", port_range_min: 22, port_range_max: 22, remote_ip_prefix: "10.99.0.0/16" }),
        ),
        changes: ["create networking_secgroup_rule.again fails-at-apply exposure-changed"],
        damage: ["exposure-changed", "fails-at-apply"],
      },
      {
        row: "1-65535, which reads back as 0-0 and never comes to rest",
        before: edit("networking_secgroup_rule_v2.ssh", { port_range_min: 0, port_range_max: 0 }),
        after: edit("networking_secgroup_rule_v2.ssh", { port_range_min: 1, port_range_max: 65_535 }),
        changes: ["replace networking_secgroup_rule.ssh"],
        damage: [],
      },
      {
        row: "security-group-rule-description-change",
        after: edit("networking_secgroup_rule_v2.ssh", { description: "operators" }),
        changes: ["replace networking_secgroup_rule.ssh"],
        damage: [],
      },
      {
        row: "a rule's wider source",
        after: edit("networking_secgroup_rule_v2.ssh", { remote_ip_prefix: "0.0.0.0/0" }),
        changes: ["replace networking_secgroup_rule.ssh exposure-changed"],
        damage: ["exposure-changed"],
      },
      {
        row: "a rule closed",
        after: remove("networking_secgroup_rule_v2.ssh"),
        changes: ["delete networking_secgroup_rule.ssh exposure-changed"],
        damage: ["exposure-changed"],
      },
      {
        row: "a group made anew, with its rules",
        after: edit("networking_secgroup_v2.app", { delete_default_rules: false }),
        changes: [
          "update networking_port.app-1 exposure-changed",
          "update networking_port.local-1 exposure-changed",
          "update networking_port.web-1 exposure-changed",
          "replace networking_secgroup_rule.ssh",
          "replace networking_secgroup.app exposure-changed",
        ],
        damage: ["exposure-changed"],
      },
      {
        row: "floating-ip-add",
        before: remove("networking_floatingip_associate_v2.web", "networking_floatingip_v2.web"),
        after: all(
          add("networking_floatingip_v2.web", { pool: "internet" }),
          add("networking_floatingip_associate_v2.web", {
            floating_ip: "${openstack_networking_floatingip_v2.web.address}",
            port_id: "${openstack_networking_port_v2.web-1.id}",
          }),
        ),
        changes: ["create networking_floatingip_associate.web exposure-changed", "create networking_floatingip.web"],
        damage: ["exposure-changed"],
      },
      {
        row: "a public address taken away",
        after: remove("networking_floatingip_associate_v2.web", "networking_floatingip_v2.web"),
        changes: ["delete networking_floatingip_associate.web outage exposure-changed", "delete networking_floatingip.web re-addressed"],
        damage: ["exposure-changed", "outage", "re-addressed"],
      },
      {
        row: "floating-ip-without-router",
        before: remove("networking_router_interface_v2.app", "networking_router_v2.edge"),
        after: add("networking_floatingip_v2.f", { pool: "internet", port_id: "${openstack_networking_port_v2.app-1.id}" }),
        changes: ["create networking_floatingip.f fails-at-apply"],
        damage: ["fails-at-apply"],
      },
      {
        row: "an association behind a router without a way out",
        before: all(remove("networking_floatingip_associate_v2.web"), edit("networking_router_v2.edge", { external_network_id: null })),
        after: add("networking_floatingip_associate_v2.web", {
          floating_ip: "${openstack_networking_floatingip_v2.web.address}",
          port_id: "${openstack_networking_port_v2.web-1.id}",
        }),
        changes: ["create networking_floatingip_associate.web fails-at-apply"],
        damage: ["fails-at-apply"],
      },
      {
        row: "port-security-omitted",
        before: edit("networking_port_v2.app-1", { port_security_enabled: false, no_security_groups: true, security_group_ids: null }),
        after: edit("networking_port_v2.app-1", { port_security_enabled: null, no_security_groups: null }),
        changes: ["update networking_port.app-1 exposure-changed"],
        damage: ["exposure-changed"],
      },
      {
        row: "port security switched off",
        after: edit("networking_port_v2.app-1", { port_security_enabled: false }),
        changes: ["update networking_port.app-1 exposure-changed"],
        damage: ["exposure-changed"],
      },
      {
        row: "firewall",
        before: (system) => {
          for (const type of ["networking_router_v2", "networking_router_interface_v2"]) delete system[type];
        },
        after: (system) => {
          const { networking_router_v2, networking_router_interface_v2 } = shop();
          Object.assign(system, structuredClone(FIREWALL), { networking_router_v2, networking_router_interface_v2 });
        },
        changes: [
          "create fw_group.app",
          "create fw_policy.ingress",
          "create fw_rule.deny",
          "create fw_rule.https",
          "create networking_router_interface.app",
          "create networking_router.edge",
        ],
        damage: [],
      },
      {
        row: "a firewall in front of servers that had none",
        after: withFirewall,
        changes: [
          "create fw_group.app exposure-changed",
          "create fw_policy.ingress exposure-changed",
          "create fw_rule.deny exposure-changed",
          "create fw_rule.https exposure-changed",
        ],
        damage: ["exposure-changed"],
      },
      {
        row: "a firewall taken from servers that stay",
        before: withFirewall,
        after: (system) => {
          for (const type of Object.keys(FIREWALL)) delete system[type];
        },
        changes: [
          "delete fw_group.app exposure-changed",
          "delete fw_policy.ingress exposure-changed",
          "delete fw_rule.deny exposure-changed",
          "delete fw_rule.https exposure-changed",
        ],
        damage: ["exposure-changed"],
      },
      {
        row: "firewall-rule-open",
        before: withFirewall,
        after: edit("fw_rule_v2.https", { source_ip_address: "0.0.0.0/0" }),
        changes: ["update fw_rule.https exposure-changed"],
        damage: ["exposure-changed"],
      },
      {
        row: "firewall-rule-order",
        before: withFirewall,
        after: edit("fw_policy_v2.ingress", { rules: ["${openstack_fw_rule_v2.deny.id}", "${openstack_fw_rule_v2.https.id}"] }),
        changes: ["update fw_policy.ingress exposure-changed"],
        damage: ["exposure-changed"],
      },
      {
        row: "a firewall rule's description",
        before: withFirewall,
        after: edit("fw_rule_v2.https", { description: "x" }),
        changes: ["update fw_rule.https"],
        damage: [],
      },
    ]),
  )("$row", check);
});

describe("Volumes, shares, containers, as recorded:", () => {
  const online = (on: boolean) => edit("blockstorage_volume_v3.data", { enable_online_resize: on ? true : null });
  const volume = "blockstorage_volume.data";
  test.each<Row>(
    recorded([
      {
        row: "volume-grow-attached",
        before: online(false),
        after: edit("blockstorage_volume_v3.data", { size: 20 }),
        changes: [`update ${volume} fails-at-apply`],
        damage: ["fails-at-apply"],
      },
      { row: "volume-grow-online", after: edit("blockstorage_volume_v3.data", { size: 20 }), changes: [`update ${volume}`], damage: [] },
      {
        row: "a volume that nothing uses grows",
        before: all(online(false), remove("compute_volume_attach_v2.data")),
        after: edit("blockstorage_volume_v3.data", { size: 20 }),
        changes: [`update ${volume}`],
        damage: [],
      },
      {
        row: "volume-shrink",
        after: edit("blockstorage_volume_v3.data", { size: 5 }),
        changes: [`update ${volume} fails-at-apply`],
        damage: ["fails-at-apply"],
      },
      {
        row: "a size that is no longer known",
        after: edit("blockstorage_volume_v3.data", { size: "${var.size}" }),
        changes: [`update ${volume} fails-at-apply`],
        damage: ["fails-at-apply"],
      },
      {
        row: "volume-retype-default",
        before: edit("blockstorage_volume_v3.data", { volume_retype_policy: null }),
        after: edit("blockstorage_volume_v3.data", { volume_type: "ssd" }),
        changes: [`update ${volume}`],
        damage: [],
      },
      {
        row: "volume-retype-never",
        before: edit("blockstorage_volume_v3.data", { volume_retype_policy: "never" }),
        after: edit("blockstorage_volume_v3.data", { volume_type: "ssd" }),
        changes: [`update ${volume}`],
        damage: [],
      },
      {
        row: "volume-retype-on-demand",
        after: edit("blockstorage_volume_v3.data", { volume_type: "ssd" }),
        changes: [`update ${volume}`],
        damage: [],
      },
      {
        row: "volume-create-before-destroy",
        before: edit("blockstorage_volume_v3.data", { image_id: "image-a", lifecycle: { create_before_destroy: true } }),
        after: edit("blockstorage_volume_v3.data", { image_id: "image-b" }),
        changes: [`replace ${volume} data-lost fails-at-apply`, "replace compute_volume_attach.data"],
        damage: ["data-lost", "fails-at-apply"],
      },
      {
        row: "volume-remove",
        after: remove("blockstorage_volume_v3.data", "compute_volume_attach_v2.data"),
        changes: [`delete ${volume} data-lost`, "delete compute_volume_attach.data"],
        damage: ["data-lost"],
      },
      {
        row: "a volume taken off its server",
        after: remove("compute_volume_attach_v2.data"),
        changes: ["delete compute_volume_attach.data outage"],
        damage: ["outage"],
      },
      {
        row: "a volume made anew from an image",
        after: edit("blockstorage_volume_v3.data", { image_id: "image-b" }),
        changes: [`replace ${volume} data-lost`, "replace compute_volume_attach.data"],
        damage: ["data-lost"],
      },
      {
        row: "container-quota-and-share-grow",
        before: edit("sharedfilesystem_share_v2.common", { size: 50 }),
        after: all(
          edit("objectstorage_container_v1.archive", { metadata: { "Quota-Bytes": "53687091200" } }),
          edit("sharedfilesystem_share_v2.common", { size: 80 }),
        ),
        changes: ["update objectstorage_container.archive", "update sharedfilesystem_share.common"],
        damage: [],
      },
      {
        row: "share-shrink",
        after: edit("sharedfilesystem_share_v2.common", { size: 40 }),
        changes: ["update sharedfilesystem_share.common data-lost"],
        damage: ["data-lost"],
      },
      {
        row: "a share of another protocol",
        after: edit("sharedfilesystem_share_v2.common", { share_proto: "CIFS" }),
        changes: ["replace sharedfilesystem_share_access.common", "replace sharedfilesystem_share.common data-lost"],
        damage: ["data-lost"],
      },
      {
        row: "access to a share taken away",
        after: remove("sharedfilesystem_share_access_v2.common"),
        changes: ["delete sharedfilesystem_share_access.common outage"],
        damage: ["outage"],
      },
      {
        row: "access to a share taken away while another share goes",
        before: add("sharedfilesystem_share_v2.other", { name: "other", size: 1, share_proto: "NFS" }),
        after: remove("sharedfilesystem_share_access_v2.common", "sharedfilesystem_share_v2.other"),
        changes: ["delete sharedfilesystem_share_access.common outage", "delete sharedfilesystem_share.other data-lost"],
        damage: ["data-lost", "outage"],
      },
      {
        row: "a container removed",
        after: remove("objectstorage_container_v1.archive"),
        changes: ["delete objectstorage_container.archive data-lost"],
        damage: ["data-lost"],
      },
      {
        row: "a container that anybody may read",
        after: edit("objectstorage_container_v1.archive", { container_read: ".r:*" }),
        changes: ["update objectstorage_container.archive exposure-changed"],
        damage: ["exposure-changed"],
      },
    ]),
  )("$row", check);
});

describe("Quotas, identity, pools, keys, VPN, security cluster, as recorded:", () => {
  const secret = {
    keymanager_secret_v1: { key: { name: "key", payload: "test-only-1" } },
    keymanager_container_v1: { keys: { secret_refs: ["${openstack_keymanager_secret_v1.key.secret_ref}"] } },
  };
  const vpn = {
    vpnaas_endpoint_group_v2: { peer: { type: "cidr", endpoints: ["10.1.0.0/16"] } },
    vpnaas_site_connection_v2: { site: { peer_ep_group_id: "${openstack_vpnaas_endpoint_group_v2.peer.id}" } },
  };
  test.each<Row>(
    recorded([
      // Servers of a flavor that another stack has count as one core each.
      {
        row: "quota-below-use",
        after: edit("compute_quotaset_v2.system", { cores: 4 }),
        changes: ["update compute_quotaset.system fails-at-apply"],
        damage: ["fails-at-apply"],
      },
      {
        row: "a quota lowered to what is in use",
        after: edit("compute_quotaset_v2.system", { cores: 6 }),
        changes: ["update compute_quotaset.system"],
        damage: [],
      },
      {
        row: "a quota taken off",
        after: edit("compute_quotaset_v2.system", { cores: -1 }),
        changes: ["update compute_quotaset.system"],
        damage: [],
      },
      {
        row: "a quota of servers below their number",
        after: edit("compute_quotaset_v2.system", { instances: 2 }),
        changes: ["update compute_quotaset.system fails-at-apply"],
        damage: ["fails-at-apply"],
      },
      {
        row: "aggregate",
        after: add("compute_aggregate_v2.managed", { name: "shop", hosts: ["node-1"] }),
        changes: ["create compute_aggregate.managed"],
        damage: [],
      },
      {
        row: "aggregate-metadata-change",
        before: vended,
        after: edit("compute_aggregate_v2.managed", { metadata: { pool: "x" } }),
        changes: ["update compute_aggregate.managed"],
        damage: [],
      },
      {
        row: "a node joins",
        before: vended,
        after: edit("compute_aggregate_v2.managed", { hosts: ["node-1", "node-2", "node-3"] }),
        changes: ["update compute_aggregate.managed"],
        damage: [],
      },
      {
        row: "a node leaves",
        before: vended,
        after: edit("compute_aggregate_v2.managed", { hosts: ["node-2"] }),
        changes: ["update compute_aggregate.managed outage"],
        damage: ["outage"],
      },
      {
        row: "identity",
        after: all(
          add("identity_project_v3.p", { name: "p" }),
          add("identity_user_v3.u", { name: "u", password: "test-only" }),
          add("identity_role_assignment_v3.r", {
            user_id: "${openstack_identity_user_v3.u.id}",
            project_id: "${openstack_identity_project_v3.p.id}",
          }),
          add("identity_application_credential_v3.c", { name: "c" }),
        ),
        changes: [
          "create identity_application_credential.c",
          "create identity_project.p",
          "create identity_role_assignment.r",
          "create identity_user.u",
        ],
        damage: [],
      },
      {
        row: "project-disable",
        before: vended,
        after: edit("identity_project_v3.system", { enabled: false }),
        changes: ["update identity_project.system outage"],
        damage: ["outage"],
      },
      {
        row: "a project enabled again",
        before: all(vended, edit("identity_project_v3.system", { enabled: false })),
        after: edit("identity_project_v3.system", { enabled: true }),
        changes: ["update identity_project.system"],
        damage: [],
      },
      {
        row: "a role taken away",
        before: vended,
        after: remove("identity_role_assignment_v3.operator"),
        changes: ["delete identity_role_assignment.operator outage"],
        damage: ["outage"],
      },
      {
        row: "key-manager",
        after: (system) => Object.assign(system, structuredClone(secret)),
        changes: ["create keymanager_container.keys", "create keymanager_secret.key"],
        damage: [],
      },
      {
        row: "key-manager-payload-change",
        before: (system) => Object.assign(system, structuredClone(secret)),
        after: edit("keymanager_secret_v1.key", { payload: "test-only-2" }),
        changes: ["update keymanager_container.keys", "replace keymanager_secret.key data-lost outage"],
        damage: ["data-lost", "outage"],
      },
      {
        row: "vpn",
        after: (system) => Object.assign(system, structuredClone(vpn)),
        changes: ["create vpnaas_endpoint_group.peer", "create vpnaas_site_connection.site"],
        damage: [],
      },
      {
        row: "vpn-peer-network-add",
        before: (system) => Object.assign(system, structuredClone(vpn)),
        after: edit("vpnaas_endpoint_group_v2.peer", { endpoints: ["10.1.0.0/16", "10.2.0.0/16"] }),
        changes: ["replace vpnaas_endpoint_group.peer fails-at-apply", "update vpnaas_site_connection.site"],
        damage: ["fails-at-apply"],
      },
      {
        row: "kubernetes-namespace",
        after: vended,
        changes: [
          "create kubernetes_deployment.waf",
          "create kubernetes_namespace.system",
          "create kubernetes_network_policy.deny",
          "create kubernetes_service.waf",
          "create compute_aggregate.managed",
          "create identity_project.system",
          "create identity_role_assignment.operator",
        ],
        damage: [],
      },
      {
        row: "a component's replicas",
        before: vended,
        after: edit("kubernetes_deployment_v1.waf", { spec: { replicas: 2 } }),
        changes: ["update kubernetes_deployment.waf"],
        damage: [],
      },
      {
        row: "a component removed",
        before: vended,
        after: remove("kubernetes_deployment_v1.waf"),
        changes: ["delete kubernetes_deployment.waf outage"],
        damage: ["outage"],
      },
      {
        row: "a namespace's labels",
        before: vended,
        after: edit("kubernetes_namespace_v1.system", { metadata: { name: "shop", labels: { a: "2" } } }),
        changes: ["update kubernetes_namespace.system"],
        damage: [],
      },
      {
        row: "a namespace of another name, with all that is in it",
        before: vended,
        after: edit("kubernetes_namespace_v1.system", { metadata: { name: "other", labels: { a: "1" } } }),
        changes: [
          "replace kubernetes_deployment.waf",
          "replace kubernetes_namespace.system data-lost outage",
          "replace kubernetes_network_policy.deny",
          "replace kubernetes_service.waf",
        ],
        damage: ["data-lost", "outage"],
      },
      {
        row: "a network policy loosened",
        before: vended,
        after: edit("kubernetes_network_policy_v1.deny", { spec: { policy_types: [] } }),
        changes: ["update kubernetes_network_policy.deny exposure-changed"],
        damage: ["exposure-changed"],
      },
      {
        row: "a network policy removed",
        before: vended,
        after: remove("kubernetes_network_policy_v1.deny"),
        changes: ["delete kubernetes_network_policy.deny exposure-changed"],
        damage: ["exposure-changed"],
      },
    ]),
  )("$row", check);
});

/** What only the engine's own plan, or the cloud, can tell: two configurations do not differ in it. */
const UNSEEN: Readonly<Record<string, string>> = {
  tainted: "the state holds the mark, no configuration does",
  "power-state-drift": "nothing changes in the configuration: a server was stopped behind it",
  "image-deleted": "nothing changes in the configuration: an image was deleted behind it",
  "image-deleted-by-name": "nothing changes in the configuration: an image was deleted behind it",
  drift: "nothing changes in the configuration: volume, server and rules changed behind it",
  "flavor-deleted-then-changed": "a flavor deleted behind the configuration makes a replacement of what is a resize",
  "quota-exceeded": "the quota is the cloud's, and other systems' servers count too",
  "quota-volume-type-endless-diff": "nothing changes in the configuration: the cloud reads back more keys",
  forget: "a removed block is no resource: compared, what it names is deleted",
  import: "an import block is no resource",
  moved: "a moved block is no resource: compared, one address goes and another comes",
};

test("Every recorded plan is told by a row, or stands among those that a comparison cannot see", () => {
  expect(RECORDED_PLANS.filter((plan) => !told.has(plan)).sort()).toEqual(Object.keys(UNSEEN).sort());
  expect(Object.keys(UNSEEN).filter((plan) => !RECORDED_PLANS.includes(plan))).toEqual([]);
});

describe("A comparison", () => {
  test("names the attributes that cause a change, and for a replacement those alone that force it", () => {
    const head = shop();
    edit("compute_instance_v2.app-1", { name: "other", user_data: "x", flavor_id: "general-8c-16g" })(head);
    editBlock("compute_instance_v2.web-1", "block_device", { volume_size: 60 })(head);
    edit("compute_instance_v2.local-1", { name: "other", flavor_id: "general-8c-16g" })(head);
    expect(
      changesOf(shop(), head).flatMap(({ address, cause }) => (cause.length === 0 ? [] : [`${address.split(".")[1]}: ${cause.join(" ")}`])),
    ).toEqual(["app-1: user_data", "local-1: flavor_id name", "web-1: block_device.volume_size", "data: instance_id"]);
  });

  test("follows a replacement through what refers to it, however far", () => {
    const chain: Resources = Object.fromEntries([
      [
        "terraform_data",
        Object.fromEntries(
          Array.from({ length: 50 }, (_, index) => [
            `n${index}`,
            { triggers_replace: index === 0 ? "1" : `\${terraform_data.n${index - 1}.id}` },
          ]),
        ),
      ],
    ]);
    const head = structuredClone(chain);
    edit("terraform_data.n0", { triggers_replace: "2" })(head);
    expect(changesOf(chain, head).map(({ action }) => action)).toEqual(Array.from({ length: 50 }, () => "replace"));
  });

  test("updates what refers to something replaced where the attribute does not force a replacement", () => {
    const base: Resources = { terraform_data: { a: { triggers_replace: "1" }, b: { input: { id: "${terraform_data.a.id}" } } } };
    const head = structuredClone(base);
    edit("terraform_data.a", { triggers_replace: "2" })(head);
    expect(print(changesOf(base, head))).toEqual(["replace terraform_data.a", "update terraform_data.b"]);
  });

  test("does not take a reference to something updated in place for a change", () => {
    const head = shop();
    edit("networking_network_v2.app", { name: "other" })(head);
    expect(print(changesOf(shop(), head))).toEqual(["update networking_network.app"]);
  });

  test("sees a reference pointed at something else", () => {
    const head = shop();
    edit("compute_volume_attach_v2.data", { instance_id: "${openstack_compute_instance_v2.web-1.id}" })(head);
    expect(print(changesOf(shop(), head))).toEqual(["replace compute_volume_attach.data outage"]);
  });

  test("sees a known value become unknown, and the other way round", () => {
    const base: Resources = { terraform_data: { a: { input: "x" }, b: { input: "${terraform_data.a.id}" } } };
    const head: Resources = { terraform_data: { a: { input: "${var.x}" }, b: { input: "x" } } };
    expect(print(changesOf(base, head))).toEqual(["update terraform_data.a", "update terraform_data.b"]);
  });

  test("leaves an ignored attribute out, and what lies below it", () => {
    const base: Resources = { terraform_data: { a: { input: { x: "1", y: "1" }, lifecycle: { ignore_changes: ["input.x"] } } } };
    const head = structuredClone(base);
    edit("terraform_data.a", { input: { x: "2", y: "1" } })(head);
    expect(print(changesOf(base, head))).toEqual([]);
    edit("terraform_data.a", { input: { x: "2", y: "2" } })(head);
    expect(print(changesOf(base, head))).toEqual(["update terraform_data.a"]);
  });

  test("compares blocks one by one, and their number", () => {
    const base: Resources = { terraform_data: { a: { input: [{ x: 1 }, { x: 2 }] } } };
    const head: Resources = { terraform_data: { a: { input: [{ x: 1 }, { x: 3 }] } } };
    expect(changesOf(base, head)[0]?.cause).toEqual(["input.x"]);
    expect(changesOf(base, { terraform_data: { a: { input: [{ x: 1 }] } } })[0]?.cause).toEqual(["input"]);
  });

  test("lists its changes by address, whatever the order of the configuration", () => {
    const reversed = Object.fromEntries(Object.entries(shop()).reverse());
    expect(changesOf({}, reversed).map(({ address }) => address)).toEqual(changesOf({}, shop()).map(({ address }) => address));
  });
});
