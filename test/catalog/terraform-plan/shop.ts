import type { SynthesisedStack } from "../../../catalog/terraform-plan/read-synthesised.ts";

type Body = Record<string, unknown>;
/** Resources by type without its `openstack_`, then by name; a change of a test edits them in place. */
export type Resources = Record<string, Record<string, Body>>;

/** Types that belong to another provider and keep their whole name. */
const OTHERS = /^(kubernetes_|terraform_)/;

export function stackOf(resources: Resources): SynthesisedStack {
  return {
    resource: Object.fromEntries(Object.entries(resources).map(([type, named]) => [OTHERS.test(type) ? type : `openstack_${type}`, named])),
  };
}

const rule = (more: Body): Body => ({
  direction: "ingress",
  ethertype: "IPv4",
  security_group_id: "${openstack_networking_secgroup_v2.app.id}",
  ...more,
});
const port = (address: string): Body => ({
  network_id: "${openstack_networking_network_v2.app.id}",
  fixed_ip: [{ subnet_id: "${openstack_networking_subnet_v2.app.id}", ip_address: address }],
  port_security_enabled: true,
  security_group_ids: ["${openstack_networking_secgroup_v2.app.id}"],
});
const server = (name: string, more: Body = {}): Body => ({
  name: `shop-${name}`,
  flavor_id: "general-4c-8g",
  user_data: "#cloud-config\n",
  key_pair: "operator",
  network: [{ port: `\${openstack_networking_port_v2.${name}.id}` }],
  block_device: [
    {
      uuid: "image-a",
      source_type: "image",
      destination_type: "volume",
      volume_size: 40,
      volume_type: "ssd",
      boot_index: 0,
      delete_on_termination: true,
    },
  ],
  lifecycle: { ignore_changes: ["power_state"] },
  ...more,
});

/** The shape of the recorded system `create-system`: app-1 with a data volume, web-1 with a public address, local-1 with a local disk. */
export function shop(): Resources {
  return {
    networking_network_v2: { app: { name: "shop-app" } },
    networking_subnet_v2: { app: { network_id: "${openstack_networking_network_v2.app.id}", cidr: "10.20.0.0/24" } },
    networking_router_v2: { edge: { name: "shop-edge", external_network_id: "internet" } },
    networking_router_interface_v2: {
      app: { router_id: "${openstack_networking_router_v2.edge.id}", subnet_id: "${openstack_networking_subnet_v2.app.id}" },
    },
    networking_secgroup_v2: { app: { name: "shop-app", delete_default_rules: true } },
    networking_secgroup_rule_v2: {
      ssh: rule({ description: "ssh", protocol: "tcp", port_range_min: 22, port_range_max: 22, remote_ip_prefix: "10.99.0.0/16" }),
    },
    networking_port_v2: { "app-1": port("10.20.0.11"), "web-1": port("10.20.0.12"), "local-1": port("10.20.0.13") },
    networking_floatingip_v2: { web: { pool: "internet" } },
    networking_floatingip_associate_v2: {
      web: { floating_ip: "${openstack_networking_floatingip_v2.web.address}", port_id: "${openstack_networking_port_v2.web-1.id}" },
    },
    compute_flavor_v2: { own: { name: "own", flavor_id: "own", vcpus: 4, ram: 8192, disk: 40, extra_specs: { a: "1" } } },
    compute_instance_v2: {
      "app-1": server("app-1"),
      "web-1": server("web-1"),
      "local-1": server("local-1", { flavor_id: "${openstack_compute_flavor_v2.own.flavor_id}", image_id: "image-a", block_device: [] }),
    },
    blockstorage_volume_v3: {
      data: { name: "shop-data", size: 10, volume_type: "sas", volume_retype_policy: "on-demand", enable_online_resize: true },
    },
    compute_volume_attach_v2: {
      data: { instance_id: "${openstack_compute_instance_v2.app-1.id}", volume_id: "${openstack_blockstorage_volume_v3.data.id}" },
    },
    compute_quotaset_v2: { system: { cores: 16 } },
    sharedfilesystem_share_v2: { common: { name: "common", size: 80, share_proto: "NFS" } },
    sharedfilesystem_share_access_v2: {
      common: { share_id: "${openstack_sharedfilesystem_share_v2.common.id}", access_type: "ip", access_to: "10.20.0.0/24" },
    },
    objectstorage_container_v1: { archive: { name: "archive", metadata: { "Quota-Bytes": "107374182400" } } },
    terraform_data: { declaration: { input: { owner: "team-a" } } },
  };
}

/** The cloud firewall of a system, on its router. */
export const FIREWALL: Resources = {
  fw_rule_v2: {
    https: { action: "allow", protocol: "tcp", source_ip_address: "10.99.0.0/16", destination_port: "443" },
    deny: { action: "deny" },
  },
  fw_policy_v2: { ingress: { name: "shop", rules: ["${openstack_fw_rule_v2.https.id}", "${openstack_fw_rule_v2.deny.id}"] } },
  fw_group_v2: {
    app: {
      name: "shop",
      ingress_firewall_policy_id: "${openstack_fw_policy_v2.ingress.id}",
      ports: ["${openstack_networking_router_interface_v2.app.port_id}"],
    },
  },
};

/** What the administration makes for a system, and its namespace of the security cluster. */
export const VENDED: Resources = {
  identity_project_v3: { system: { name: "shop", enabled: true } },
  identity_role_assignment_v3: { operator: { project_id: "${openstack_identity_project_v3.system.id}", user_id: "u", role_id: "r" } },
  compute_aggregate_v2: { managed: { name: "shop", metadata: { pool: "shop" }, hosts: ["node-1", "node-2"] } },
  kubernetes_namespace_v1: { system: { metadata: { name: "shop", labels: { a: "1" } } } },
  kubernetes_network_policy_v1: {
    deny: { metadata: { name: "deny", namespace: "${kubernetes_namespace_v1.system.id}" }, spec: { policy_types: ["Ingress"] } },
  },
  kubernetes_deployment_v1: {
    waf: { metadata: { name: "waf", namespace: "${kubernetes_namespace_v1.system.id}" }, spec: { replicas: 1 } },
  },
  kubernetes_service_v1: { waf: { metadata: { name: "waf", namespace: "${kubernetes_namespace_v1.system.id}" }, spec: { port: 443 } } },
};
