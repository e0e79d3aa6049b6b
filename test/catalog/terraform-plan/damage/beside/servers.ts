import { add, all, bare, edit, type Row, remove } from "../rows.ts";

const disk = (more: Record<string, unknown>) => ({ source_type: "blank", destination_type: "volume", volume_size: 100, ...more });
const local = { source_type: "image", destination_type: "local", uuid: "image-a", boot_index: 0 };

/** Servers and flavors, beside the recorded plans. */
export const SERVERS: readonly Row[] = [
  {
    row: "another image of a local root disk beside a data volume",
    before: edit("compute_instance_v2.local-1", { block_device: [local, disk({ boot_index: 1 })] }),
    after: edit("compute_instance_v2.local-1", { image_id: "image-b" }),
    changes: ["update compute_instance.local-1 root-disk-lost"],
    damage: ["root-disk-lost"],
  },
  {
    row: "another image beside a data volume whose place in the boot order is left out",
    before: edit("compute_instance_v2.local-1", { block_device: [disk({})] }),
    after: edit("compute_instance_v2.local-1", { image_id: "image-b" }),
    changes: ["update compute_instance.local-1 root-disk-lost"],
    damage: ["root-disk-lost"],
  },
  {
    row: "files put into a server",
    after: edit("compute_instance_v2.local-1", { personality: [{ file: "/etc/motd", content: "x" }] }),
    changes: ["update compute_instance.local-1 root-disk-lost"],
    damage: ["root-disk-lost"],
  },
  {
    row: "a data volume made with its server, and ended with it",
    before: edit("compute_instance_v2.local-1", { block_device: [local, disk({ boot_index: 1, delete_on_termination: true })] }),
    after: edit("compute_instance_v2.local-1", { user_data: "x" }),
    changes: ["replace compute_instance.local-1 data-lost root-disk-lost"],
    damage: ["data-lost", "root-disk-lost"],
  },
  {
    row: "one more disk among the block devices",
    before: edit("compute_instance_v2.local-1", { block_device: [local] }),
    after: edit("compute_instance_v2.local-1", { block_device: [local, disk({ boot_index: 1 })] }),
    changes: ["replace compute_instance.local-1 root-disk-lost"],
    damage: ["root-disk-lost"],
  },
  {
    row: "other cards in a GPU box, which is a whole machine",
    before: edit("compute_instance_v2.local-1", { flavor_id: "gpu3-card4x8" }),
    after: edit("compute_instance_v2.local-1", { flavor_id: "gpu3-card5x8" }),
    changes: ["update compute_instance.local-1 fails-at-apply"],
    damage: ["fails-at-apply"],
  },
  {
    row: "other cards in a GPU box whose flavor is the system's own",
    before: edit("compute_instance_v2.local-1", { flavor_id: "shop.gpu1-bare" }),
    after: edit("compute_instance_v2.local-1", { flavor_id: "shop.gpu1-card1x1" }),
    changes: ["update compute_instance.local-1 fails-at-apply"],
    damage: ["fails-at-apply"],
  },
  {
    row: "another flavor of a server whose flavor of the same plan takes a machine as a whole",
    before: all(
      edit("compute_flavor_v2.own", { extra_specs: { "resources:CUSTOM_BAREMETAL": "1" } }),
      edit("compute_instance_v2.local-1", { flavor_id: "${openstack_compute_flavor_v2.own.id}" }),
    ),
    after: edit("compute_instance_v2.local-1", { flavor_id: "general-8c-16g" }),
    changes: ["update compute_instance.local-1 fails-at-apply"],
    damage: ["fails-at-apply"],
  },
  {
    row: "another size of a server that only sounds like a GPU box",
    before: edit("compute_instance_v2.local-1", { flavor_id: "gpu3-cardboard" }),
    after: edit("compute_instance_v2.local-1", { flavor_id: "gpu3-cardboard-2" }),
    changes: ["update compute_instance.local-1 reboot"],
    damage: ["reboot"],
  },
  {
    row: "a server made anew on a network without a port of its own",
    before: edit("compute_instance_v2.local-1", { network: [{ uuid: "${openstack_networking_network_v2.app.id}" }] }),
    after: edit("compute_instance_v2.local-1", { user_data: "x" }),
    changes: ["replace compute_instance.local-1 root-disk-lost re-addressed"],
    damage: ["re-addressed", "root-disk-lost"],
  },
  {
    row: "another port",
    after: all(
      add("networking_port_v2.other", { network_id: "${openstack_networking_network_v2.app.id}" }),
      edit("compute_instance_v2.local-1", { network: [{ port: "${openstack_networking_port_v2.other.id}" }] }),
      remove("networking_port_v2.local-1"),
    ),
    changes: [
      "replace compute_instance.local-1 root-disk-lost re-addressed",
      "delete networking_port.local-1",
      "create networking_port.other",
    ],
    damage: ["re-addressed", "root-disk-lost"],
  },
  {
    row: "groups by id, which read back as the names of the same groups",
    before: all(edit("networking_secgroup_v2.app", { id: "g-1" }), edit("compute_instance_v2.app-1", { security_groups: ["shop-app"] })),
    after: edit("compute_instance_v2.app-1", { security_groups: ["g-1"] }),
    changes: ["update compute_instance.app-1"],
    damage: [],
  },
  {
    row: "a server group of another policy",
    before: all(
      add("compute_servergroup_v2.app", { name: "app", policies: ["soft-anti-affinity"] }),
      edit("compute_instance_v2.app-1", { scheduler_hints: [{ group: "${openstack_compute_servergroup_v2.app.id}" }] }),
    ),
    after: edit("compute_servergroup_v2.app", { policies: ["anti-affinity"] }),
    changes: ["replace compute_instance.app-1 root-disk-lost", "replace compute_servergroup.app", "replace compute_volume_attach.data"],
    damage: ["root-disk-lost"],
  },
  {
    row: "a shelved server",
    before: edit("compute_instance_v2.app-1", { lifecycle: {} }),
    after: edit("compute_instance_v2.app-1", { power_state: "shelved_offloaded" }),
    changes: ["update compute_instance.app-1 outage"],
    damage: ["outage"],
  },
  {
    row: "an interface taken off",
    before: add("compute_interface_attach_v2.second", {
      instance_id: "${openstack_compute_instance_v2.app-1.id}",
      port_id: "${openstack_networking_port_v2.web-1.id}",
    }),
    after: remove("compute_interface_attach_v2.second"),
    changes: ["delete compute_interface_attach.second outage re-addressed"],
    damage: ["outage", "re-addressed"],
  },
  {
    row: "a flavor deleted that a server still names",
    before: edit("compute_instance_v2.local-1", { flavor_id: "own" }),
    after: remove("compute_flavor_v2.own"),
    changes: ["delete compute_flavor.own outage"],
    damage: ["outage"],
  },
  {
    row: "a flavor deleted that its server left",
    after: all(remove("compute_flavor_v2.own"), edit("compute_instance_v2.local-1", { flavor_id: "general-4c-8g" })),
    changes: ["delete compute_flavor.own", "update compute_instance.local-1 reboot"],
    damage: ["reboot"],
  },
  {
    row: "a flavor deleted that other stacks may use",
    before: bare({ compute_flavor_v2: { a: { flavor_id: "a" }, b: { flavor_id: "b" } } }),
    after: remove("compute_flavor_v2.b"),
    changes: ["delete compute_flavor.b outage"],
    damage: ["outage"],
  },
  {
    row: "a key pair, which servers hold already",
    before: add("compute_keypair_v2.operator", { name: "operator", public_key: "ssh-ed25519 A" }),
    after: edit("compute_keypair_v2.operator", { public_key: "ssh-ed25519 B" }),
    changes: ["replace compute_keypair.operator"],
    damage: [],
  },
];
