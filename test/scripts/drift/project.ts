import type { CloudObject } from "../../../scripts/cloud/cloud-client.ts";
import { type CloudLists, KINDS, type Kind } from "../../../scripts/drift/cloud-lists.ts";
import { type ManagedIds, readManagedIds } from "../../../scripts/drift/managed-ids.ts";

/** Rules that Neutron makes with every group, and with the group `default`. */
export function egressRules(group: string): CloudObject[] {
  return ["IPv4", "IPv6"].map((ethertype) => rule(`${group}-egress-${ethertype}`, group, { direction: "egress", ethertype }));
}

export function rule(id: string, group: string, values: CloudObject = {}): CloudObject {
  return {
    id,
    security_group_id: group,
    direction: "ingress",
    ethertype: "IPv4",
    protocol: null,
    port_range_min: null,
    port_range_max: null,
    remote_ip_prefix: null,
    remote_group_id: null,
    remote_address_group_id: null,
    ...values,
  };
}

/** A project as it stands after an apply: a server `app` with its boot volume, a data volume, an address, a network behind a router, a group. */
const APPLIED: Partial<Record<Kind, readonly CloudObject[]>> = {
  server: [{ id: "server", name: "app", flavor: { id: "general-4c-8g" }, "OS-EXT-SRV-ATTR:root_device_name": "/dev/vda" }],
  volume: [
    { id: "boot", name: "", size: 60, volume_type: "sas", attachments: [{ server_id: "server", device: "/dev/vda" }] },
    { id: "data", name: "app-data", size: 500, volume_type: "ssd", attachments: [{ server_id: "server", device: "/dev/vdb" }] },
  ],
  port: [
    { id: "port", name: "app", device_owner: "compute:nova", device_id: "server", security_groups: ["group"], port_security_enabled: true },
    { id: "interface", name: "", device_owner: "network:router_interface", device_id: "router", port_security_enabled: false },
    { id: "dhcp", name: "", device_owner: "network:dhcp", device_id: "dhcp-agent", port_security_enabled: false },
  ],
  "floating-ip": [{ id: "address", floating_ip_address: "203.0.113.9", port_id: "port", fixed_ip_address: "10.0.0.4" }],
  "security-group": [
    { id: "default-id", name: "default" },
    { id: "group", name: "app" },
  ],
  "security-group-rule": [
    ...egressRules("default-id"),
    rule("default-in-4", "default-id", { remote_group_id: "default-id" }),
    rule("default-in-6", "default-id", { remote_group_id: "default-id", ethertype: "IPv6" }),
    rule("rule", "group", { protocol: "tcp", port_range_min: 443, port_range_max: 443, remote_ip_prefix: "0.0.0.0/0" }),
  ],
  network: [{ id: "network", name: "app" }],
  subnet: [{ id: "subnet", name: "app", cidr: "10.0.0.0/24" }],
  router: [{ id: "router", name: "app" }],
  container: [{ id: "files", name: "files", count: 3, bytes: 10, quotaBytes: "1073741824" }],
  share: [{ id: "share", name: "share", size: 100 }],
};

const STATE = {
  openstack_compute_instance_v2: ["server"],
  openstack_blockstorage_volume_v3: ["data"],
  openstack_networking_port_v2: ["port"],
  openstack_networking_router_interface_v2: ["interface"],
  openstack_networking_floatingip_v2: ["address"],
  openstack_networking_secgroup_v2: ["group"],
  openstack_networking_secgroup_rule_v2: ["rule"],
  openstack_networking_network_v2: ["network"],
  openstack_networking_subnet_v2: ["subnet"],
  openstack_networking_router_v2: ["router"],
  openstack_objectstorage_container_v1: ["files"],
  openstack_sharedfilesystem_share_v2: ["share"],
};

/** Its state, as `state pull` prints it. */
export function state(attributes: CloudObject = {}): object {
  return {
    version: 4,
    lineage: "x",
    serial: 3,
    resources: Object.entries(STATE).map(([type, ids]) => ({
      mode: "managed",
      type,
      name: "x",
      instances: ids.map((id) => ({
        attributes: { id, ...(type === "openstack_networking_secgroup_v2" ? { delete_default_rules: true, ...attributes } : {}) },
      })),
    })),
  };
}

export const MANAGED: ManagedIds = readManagedIds(state());

/** The project with these things beside it. */
export function lists(more: Partial<Record<Kind, readonly CloudObject[]>> = {}): CloudLists {
  return Object.fromEntries(KINDS.map((kind) => [kind, [...(APPLIED[kind] ?? []), ...(more[kind] ?? [])]])) as unknown as CloudLists;
}
