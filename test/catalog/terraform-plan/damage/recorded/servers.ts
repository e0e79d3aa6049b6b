import { shop } from "../../shop.ts";
import { add, all, edit, editBlock, type Row, remove } from "../rows.ts";

const RENEWED_APP = ["replace compute_instance.app-1 root-disk-lost", "replace compute_volume_attach.data"];

/** Servers and flavors, as recorded. */
export const SERVERS: readonly Row[] = [
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
];
