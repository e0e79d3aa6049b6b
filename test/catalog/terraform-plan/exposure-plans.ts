import type { Resources } from "./shop.ts";

/**
 * Configurations of the recorded plans whose rows are in the section "Exposure" of their README, as far as they decide what can be reached. Known
 * values and references are those of the plans; ids that exist only in the cloud are left out.
 */

const PORT = (name: string) => `\${openstack_networking_port_v2.${name}.id}`;
const API_GROUP = "${openstack_networking_secgroup_v2.api.id}";
const SSH = { protocol: "tcp", port_range_min: 22, port_range_max: 22 };

const rule = (values: Readonly<Record<string, unknown>>) => ({
  direction: "ingress",
  ethertype: "IPv4",
  security_group_id: API_GROUP,
  ...values,
});

/** What security-group-rule-open.json, floating-ip-add.json and security-group-rule-description-change.json start from: one server, SSH for the operators. */
export function api(): Resources {
  return {
    compute_instance_v2: { "api-1": { name: "api-1", network: [{ port: PORT("api-1") }] } },
    networking_network_v2: { api: { name: "api", admin_state_up: true } },
    networking_subnet_v2: { api: { name: "api-v4", cidr: "10.31.0.0/24", network_id: "${openstack_networking_network_v2.api.id}" } },
    networking_port_v2: {
      "api-1": {
        name: "api-1",
        network_id: "${openstack_networking_network_v2.api.id}",
        fixed_ip: [{ subnet_id: "${openstack_networking_subnet_v2.api.id}", ip_address: "10.31.0.11" }],
        port_security_enabled: true,
        security_group_ids: [API_GROUP],
      },
    },
    networking_secgroup_v2: { api: { name: "api", description: "api servers", delete_default_rules: true } },
    networking_secgroup_rule_v2: { "in-tcp-22-10-99-0-0-16": rule({ ...SSH, remote_ip_prefix: "10.99.0.0/16" }) },
  };
}

/** security-group-rule-open.json: eleven rules that leave out or zero what they should say. */
export function openRules(): Resources {
  const before = api();
  return {
    ...before,
    networking_secgroup_rule_v2: {
      ...before["networking_secgroup_rule_v2"],
      "in-any-10-0-0-0-8": rule({ remote_ip_prefix: "10.0.0.0/8" }),
      "in-everything": rule({}),
      "in-icmp-0-0": rule({ protocol: "icmp", port_range_min: 0, port_range_max: 0, remote_ip_prefix: "10.0.0.0/8" }),
      "in-proto-0": rule({ protocol: "0", remote_ip_prefix: "10.1.0.0/16" }),
      "in-tcp-0-0-172-16": rule({ protocol: "tcp", port_range_min: 0, port_range_max: 0, remote_ip_prefix: "172.16.0.0/12" }),
      "in-tcp-1-65535": rule({ protocol: "tcp", port_range_min: 1, port_range_max: 65_535, remote_ip_prefix: "192.168.0.0/16" }),
      "in-tcp-22-0-0-0-0-0": rule({ ...SSH, remote_ip_prefix: "0.0.0.0/0" }),
      "in-tcp-22-v6-all": rule({ ...SSH, ethertype: "IPv6", remote_ip_prefix: "::/0" }),
      "in-tcp-443-no-source": rule({ protocol: "tcp", port_range_min: 443, port_range_max: 443 }),
      "in-tcp-no-ports-172-17": rule({ protocol: "tcp", remote_ip_prefix: "172.17.0.0/16" }),
      "out-everything": rule({ direction: "egress" }),
    },
  };
}

/** floating-ip-add.json: the same server gets a public address. */
export function publicAddress(): Resources {
  return {
    ...api(),
    networking_floatingip_v2: { "api-1": { pool: "public" } },
    networking_floatingip_associate_v2: {
      "api-1": { floating_ip: "${openstack_networking_floatingip_v2.api-1.address}", port_id: PORT("api-1") },
    },
  };
}

/** floating-ip-without-router.json: a port without groups, and an address that names it itself. */
export function addressWithoutRouter(): Resources {
  return {
    compute_instance_v2: { "mis-1": { name: "mis-1", network: [{ port: PORT("p") }] } },
    networking_network_v2: { n: { name: "mis-net" } },
    networking_subnet_v2: { n: { name: "mis-net-v4", cidr: "10.60.0.0/24" } },
    networking_port_v2: { p: { name: "mis-1", network_id: "${openstack_networking_network_v2.n.id}" } },
    networking_floatingip_v2: { f: { pool: "public", port_id: PORT("p") } },
  };
}

/** port-security-omitted.json: `port_security_enabled: false` and `no_security_groups: true` are there before and left out after. */
export function portSecurity(given: boolean): Resources {
  return {
    compute_instance_v2: { "ps-1": { name: "ps-1", network: [{ port: PORT("p") }] } },
    networking_network_v2: { n: { name: "ps-net" } },
    networking_port_v2: {
      p: {
        name: "ps-1",
        network_id: "${openstack_networking_network_v2.n.id}",
        ...(given ? { port_security_enabled: false, no_security_groups: true } : {}),
      },
    },
  };
}

/** default-rule-conflict.json: a group that keeps Neutron's default rules, and the egress rule that lets everything out. */
export function defaultRules(): Resources {
  return {
    networking_secgroup_v2: { g: { name: "mis" } },
    networking_secgroup_rule_v2: {
      out: { direction: "egress", ethertype: "IPv4", security_group_id: "${openstack_networking_secgroup_v2.g.id}" },
    },
  };
}

/** firewall.json (source 10.99.0.0/16) and firewall-rule-open.json (source 0.0.0.0/0). */
export function firewall(source: string): Resources {
  return {
    fw_group_v2: { g: { name: "edge", ingress_firewall_policy_id: "${openstack_fw_policy_v2.in.id}" } },
    fw_policy_v2: { in: { name: "edge-in", rules: ["${openstack_fw_rule_v2.ssh.id}", "${openstack_fw_rule_v2.deny.id}"] } },
    fw_rule_v2: {
      ssh: { action: "allow", name: "ssh-from-ops", protocol: "tcp", destination_port: "22", source_ip_address: source },
      deny: { action: "deny", name: "deny-rest" },
    },
  };
}
