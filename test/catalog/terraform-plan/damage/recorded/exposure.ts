import { FIREWALL, shop } from "../../shop.ts";
import { add, all, edit, type Row, remove, withFirewall } from "../rows.ts";

const open = (more: Record<string, unknown>) => ({
  direction: "ingress",
  ethertype: "IPv4",
  security_group_id: "${openstack_networking_secgroup_v2.app.id}",
  ...more,
});

/** Security groups, public addresses, firewalls, as recorded. */
export const EXPOSURE: readonly Row[] = [
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
];
