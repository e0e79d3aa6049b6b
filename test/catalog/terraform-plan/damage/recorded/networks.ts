import { all, edit, editBlock, type Row, remove } from "../rows.ts";

/** Networks, subnets, ports, routers, as recorded. */
export const NETWORKS: readonly Row[] = [
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
];
