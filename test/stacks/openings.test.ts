import { expect, test } from "vitest";
import { catalogueWith, POOL } from "./catalogue.ts";
import { BUREAU, listen, servers } from "./declared.ts";
import { type Body, named, resources } from "./synthesised.ts";

const RULE = "openstack_networking_secgroup_rule_v2";
const MEMBERSHIP = "${openstack_networking_secgroup_v2.membership.id}";
const everyRule = (all: Record<string, Body>): Body[] => named(all, RULE).map((key) => all[`${RULE}.${key}`]);

test.each([
  { listens: listen(443, "internet"), key: "in-tcp-443-0-0-0-0-0", peer: { remote_ip_prefix: "0.0.0.0/0" }, firewall: "tcp-443-0-0-0-0-0" },
  {
    listens: listen(22, "10.20.9.0/24"),
    key: "in-tcp-22-10-20-9-0-24",
    peer: { remote_ip_prefix: "10.20.9.0/24" },
    firewall: "tcp-22-10-20-9-0-24",
  },
  {
    listens: listen(53, "internet", "udp"),
    key: "in-udp-53-0-0-0-0-0",
    peer: { remote_ip_prefix: "0.0.0.0/0" },
    firewall: "udp-53-0-0-0-0-0",
  },
  { listens: listen(5432, "self"), key: "in-tcp-5432-self", peer: { remote_group_id: MEMBERSHIP }, firewall: undefined },
  {
    listens: { protocol: "tcp" as const, port: 8080, from: { kind: "tenant" as const, cidr: "10.20.0.0/16" } },
    key: "in-tcp-8080-10-20-0-0-16",
    peer: { remote_ip_prefix: "10.20.0.0/16" },
    firewall: "tcp-8080-10-20-0-0-16",
  },
])("$key opens one port in the group, and in the firewall where it comes from outside", ({ listens, key, peer, firewall }) => {
  const all = resources({ servers: [servers("app", { listens: [listens] })] });
  const { depends_on: _, ...rule } = all[`${RULE}.security-groups_app_${key}`];
  expect(rule).toEqual({
    security_group_id: "${openstack_networking_secgroup_v2.security-groups_app.id}",
    direction: "ingress",
    ethertype: "IPv4",
    protocol: listens.protocol,
    port_range_min: listens.port,
    port_range_max: listens.port,
    description: `ingress ${key.slice(3)}`,
    ...peer,
  });
  expect(everyRule(all).filter(({ direction }) => direction === "ingress")).toHaveLength(1);
  const opened = named(all, "openstack_fw_rule_v2").filter((name) => name.startsWith("firewall_ingress_"));
  expect(opened).toEqual(firewall === undefined ? [] : [`firewall_ingress_${firewall}`]);
});

test("A server that listens to nobody has a group without a rule", () => {
  const all = resources({ servers: [servers("app")] });
  expect(named(all, "openstack_networking_secgroup_v2")).toEqual(["membership", "security-groups_app"]);
  expect(everyRule(all).filter(({ direction }) => direction === "ingress")).toEqual([]);
});

test("The same opening of two kinds of servers is one rule of the firewall", () => {
  const listens = [listen(443, "internet")];
  const all = resources({ servers: [servers("app", { listens }), servers("web", { listens })] });
  expect(all["openstack_fw_policy_v2.firewall_ingress"].rules).toEqual(["${openstack_fw_rule_v2.firewall_ingress_tcp-443-0-0-0-0-0.id}"]);
});

test("No group keeps Neutron's own rules, which let everything out", () => {
  const all = resources({ servers: [servers("app")] });
  for (const key of named(all, "openstack_networking_secgroup_v2"))
    expect(all[`openstack_networking_secgroup_v2.${key}`].delete_default_rules).toBe(true);
});

test.each([
  { mlps: 3 as const, wide: [] },
  { mlps: 2 as const, wide: ["out-tcp-443-0-0-0-0-0", "out-tcp-80-0-0-0-0-0"] },
])("At MLPS level $mlps servers reach the pool's services, the bureau, each other, and beyond: $wide", ({ mlps, wide }) => {
  const all = resources({ mlps, servers: [servers("app")] });
  const narrow = [
    ...[
      "out-tcp-443-10-64-1-0-28",
      "out-tcp-53-10-64-0-10-32",
      "out-tcp-80-169-254-169-254-32",
      "out-tcp-any-10-20-0-0-16",
      "out-tcp-any-self",
    ],
    ...["out-udp-53-10-64-0-10-32", "out-udp-any-10-20-0-0-16", "out-udp-any-self"],
  ];
  const egress = named(all, RULE).map((name) => name.replace("membership_", ""));
  expect(egress).toEqual([...narrow, ...wide].sort());
  // What stays inside the system or goes to the metadata service does not pass the router.
  const passing = egress.filter((name) => !name.endsWith("-self") && !name.includes("169-254")).map((name) => name.slice("out-".length));
  expect(named(all, "openstack_fw_rule_v2").map((name) => name.replace("firewall_egress_", ""))).toEqual(passing);
});

test("A bureau without a range opens nothing for it", () => {
  const all = resources({ servers: [servers("app")] }, undefined, { ...BUREAU, range: undefined });
  expect(named(all, RULE).filter((name) => name.includes("10-20-"))).toEqual([]);
});

test("A name server that a service of the pool already covers needs no rule of its own", () => {
  const purpose = { zh: "域名", en: "names" };
  const egress = (["tcp", "udp"] as const).map((protocol) => ({ purpose, protocol, port: 53, to: "10.64.0.0/27" }));
  const all = resources({ servers: [servers("app")] }, catalogueWith({ ...POOL, egress }));
  expect(named(all, RULE).filter((name) => name.includes("-53-"))).toEqual([
    "membership_out-tcp-53-10-64-0-0-27",
    "membership_out-udp-53-10-64-0-0-27",
  ]);
});

test("Every rule says type, protocol and the other side; every port is a rule without ports, never 1-65535", () => {
  const all = resources({ mlps: 2, servers: [servers("app", { listens: [listen(443, "internet"), listen(1, "self")] })] });
  for (const rule of everyRule(all)) {
    expect(rule).toMatchObject({
      ethertype: "IPv4",
      protocol: expect.stringMatching(/^(tcp|udp)$/),
      description: expect.stringMatching(/^[ -~]+$/),
    });
    expect(Number("remote_ip_prefix" in rule) + Number("remote_group_id" in rule)).toBe(1);
    expect(rule.port_range_min).toBe(rule.port_range_max);
  }
});

test("The firewall stands on the router's inner port, allows only, and drops the rest by saying nothing", () => {
  const all = resources({ servers: [servers("app", { listens: [listen(443, "internet")] })] });
  expect(all["openstack_fw_group_v2.firewall"]).toMatchObject({
    ingress_firewall_policy_id: "${openstack_fw_policy_v2.firewall_ingress.id}",
    egress_firewall_policy_id: "${openstack_fw_policy_v2.firewall_egress.id}",
    ports: ["${openstack_networking_router_interface_v2.network.port_id}"],
  });
  expect(all["openstack_fw_rule_v2.firewall_ingress_tcp-443-0-0-0-0-0"]).toMatchObject({
    action: "allow",
    protocol: "tcp",
    destination_port: "443",
    source_ip_address: "0.0.0.0/0",
  });
  expect(all["openstack_fw_rule_v2.firewall_egress_tcp-443-10-64-1-0-28"]).toMatchObject({
    action: "allow",
    destination_port: "443",
    destination_ip_address: "10.64.1.0/28",
  });
  const rules = named(all, "openstack_fw_rule_v2").map((name) => all[`openstack_fw_rule_v2.${name}`]);
  expect(new Set(rules.map(({ action }) => action))).toEqual(new Set(["allow"]));
});

test("A firewall rule leaves its policy before it is deleted", () => {
  const all = resources({ servers: [servers("app", { listens: [listen(443, "internet")] })] });
  expect(all["openstack_fw_rule_v2.firewall_ingress_tcp-443-0-0-0-0-0"].lifecycle).toEqual({ create_before_destroy: true });
});

test("Without a firewall in the bundle there is none, and public addresses wait for the router alone", () => {
  const all = resources({ servers: [servers("app", { listens: [listen(443, "internet")] })] }, catalogueWith(POOL, []));
  expect(Object.keys(all).filter((address) => address.startsWith("openstack_fw_"))).toEqual([]);
  expect(all["openstack_networking_floatingip_associate_v2.servers_app-1"].depends_on).toEqual([
    "openstack_networking_router_interface_v2.network",
    "openstack_identity_role_assignment_v3.project",
  ]);
});
