import type { Declaration, Listen } from "../../../catalog/declaration.ts";
import { readSynthesised } from "../../../catalog/terraform-plan/read-synthesised.ts";
import type { SystemSubject } from "../../../policies/policy.ts";
import { type Resources, stackOf } from "../../catalog/terraform-plan/shop.ts";
import { declaration, server, sourceOf } from "../../declared.ts";
import { systemSubject } from "../subjects.ts";

type Values = Readonly<Record<string, unknown>>;

export const GROUP = "${openstack_networking_secgroup_v2.security-groups_app.id}";
export const MEMBERS = "${openstack_networking_secgroup_v2.membership.id}";

/** A system that would build these resources. */
export function built(resources: Resources, declared: Declaration = declaration()): SystemSubject {
  return systemSubject(declared, { resources: readSynthesised(stackOf(resources)) });
}

/** One server `app-1` behind one port and one group with these rules, under the addresses that the stacks give them. */
export function appWith(
  rules: Readonly<Record<string, Values>>,
  { port = {}, more = {} }: { port?: Values; more?: Resources } = {},
): Resources {
  return {
    compute_instance_v2: {
      "servers_app-1": { name: "hrss--social-app-1", network: [{ port: "${openstack_networking_port_v2.servers_app-1.id}" }] },
    },
    networking_network_v2: { network: { name: "hrss--social", port_security_enabled: true } },
    networking_subnet_v2: { network: { cidr: "10.20.3.0/24", gateway_ip: "10.20.3.1" } },
    networking_port_v2: {
      "servers_app-1": {
        network_id: "${openstack_networking_network_v2.network.id}",
        fixed_ip: [{ subnet_id: "${openstack_networking_subnet_v2.network.id}" }],
        port_security_enabled: true,
        security_group_ids: [MEMBERS, GROUP],
        ...port,
      },
    },
    networking_secgroup_v2: {
      membership: { name: "hrss--social", delete_default_rules: true },
      "security-groups_app": { name: "hrss--social-app", delete_default_rules: true },
    },
    networking_secgroup_rule_v2: Object.fromEntries(
      Object.entries(rules).map(([name, rule]) => [
        `security-groups_app_${name}`,
        { direction: "ingress", ethertype: "IPv4", security_group_id: GROUP, ...rule },
      ]),
    ),
    ...more,
  };
}

/** A rule for one tcp port. */
export function tcp(port: number, from: string | undefined, more: Values = {}): Values {
  return {
    protocol: "tcp",
    port_range_min: port,
    port_range_max: port,
    ...(from === undefined ? {} : { remote_ip_prefix: from }),
    ...more,
  };
}

/** A public address on the server's port. */
export const PUBLIC: Resources = {
  networking_floatingip_v2: { "servers_app-1": { pool: "internet" } },
  networking_floatingip_associate_v2: {
    "servers_app-1": {
      floating_ip: "${openstack_networking_floatingip_v2.servers_app-1.address}",
      port_id: "${openstack_networking_port_v2.servers_app-1.id}",
    },
  },
};

/** A system with servers `app` that listen so; written in the file in this order. */
export function listening(listens: readonly Listen[], overrides: Partial<Declaration> = {}): Declaration {
  const lines = listens.map(({ protocol, port, from }) => {
    const words = from.kind === "cidr" ? from.cidr : from.kind;
    return `      - { port: ${port}, protocol: ${protocol}, from: ${words} }\n`;
  });
  const yaml = `name: 社会保险\nstage: production\nmlps: 2\npool: gov\nclassified: false\nservers:\n  app:\n    listens:\n${lines.join("")}`;
  return declaration({ source: sourceOf(yaml), servers: [server({ listens })], ...overrides });
}

export const listen = (port: number, from: Listen["from"], protocol: Listen["protocol"] = "tcp"): Listen => ({ protocol, port, from });
