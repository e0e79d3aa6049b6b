import { describe, expect, test } from "vitest";
import { compareExposure, type Reachable, readExposure } from "../../../catalog/terraform-plan/exposure.ts";
import { readSynthesised } from "../../../catalog/terraform-plan/read-synthesised.ts";
import { type Resources, stackOf } from "./shop.ts";

const GROUP = "${openstack_networking_secgroup_v2.app.id}";
const PORT = "${openstack_networking_port_v2.app.id}";

/** One server behind one port and one group with these rules. */
function systemOf(
  rules: readonly Readonly<Record<string, unknown>>[],
  port: Readonly<Record<string, unknown>> = {},
  more: Resources = {},
): Resources {
  return {
    compute_instance_v2: { app: { name: "shop-app", network: [{ port: PORT }] } },
    networking_port_v2: { app: { port_security_enabled: true, security_group_ids: [GROUP], ...port } },
    networking_secgroup_v2: { app: { name: "shop-app" } },
    networking_secgroup_rule_v2: Object.fromEntries(
      rules.map((rule, index) => [`r${index}`, { direction: "ingress", ethertype: "IPv4", security_group_id: GROUP, ...rule }]),
    ),
    ...more,
  };
}

function exposureOf(system: Resources): string[] {
  return readExposure(readSynthesised(stackOf(system))).map(print);
}

function print({ server, protocol, ports, from }: Reachable): string {
  return `${server} ${protocol}/${ports} from ${from}`;
}

const SSH = { protocol: "tcp", port_range_min: 22, port_range_max: 22, remote_ip_prefix: "10.0.9.0/28" };

describe("What Neutron understands by a rule:", () => {
  test.each([
    { rule: "a port from a network", values: SSH, found: ["shop-app tcp/22 from 10.0.9.0/28"] },
    { rule: "a range of ports", values: { ...SSH, port_range_max: 25 }, found: ["shop-app tcp/22-25 from 10.0.9.0/28"] },
    { rule: "no prefix, which is every source", values: { ...SSH, remote_ip_prefix: null }, found: ["shop-app tcp/22 from anyone"] },
    { rule: "an empty prefix, which is every source", values: { ...SSH, remote_ip_prefix: "" }, found: ["shop-app tcp/22 from anyone"] },
    { rule: "0.0.0.0/0", values: { ...SSH, remote_ip_prefix: "0.0.0.0/0" }, found: ["shop-app tcp/22 from anyone"] },
    { rule: "::/0", values: { ...SSH, ethertype: "IPv6", remote_ip_prefix: "::/0" }, found: ["shop-app tcp/22 from anyone"] },
    {
      rule: "no ports, which is every port",
      values: { ...SSH, port_range_min: null, port_range_max: null },
      found: ["shop-app tcp/any from 10.0.9.0/28"],
    },
    {
      rule: "ports 0-0, which is every port",
      values: { ...SSH, port_range_min: 0, port_range_max: 0 },
      found: ["shop-app tcp/any from 10.0.9.0/28"],
    },
    { rule: "ports 1-65535", values: { ...SSH, port_range_min: 1, port_range_max: 65_535 }, found: ["shop-app tcp/any from 10.0.9.0/28"] },
    { rule: "ports 0-65535", values: { ...SSH, port_range_min: 0, port_range_max: 65_535 }, found: ["shop-app tcp/any from 10.0.9.0/28"] },
    {
      rule: "ports 2-65535, which is not every port",
      values: { ...SSH, port_range_min: 2, port_range_max: 65_535 },
      found: ["shop-app tcp/2-65535 from 10.0.9.0/28"],
    },
    {
      rule: "no protocol, which is every protocol",
      values: { remote_ip_prefix: "10.0.9.0/28" },
      found: ["shop-app any/any from 10.0.9.0/28"],
    },
    { rule: 'protocol "any"', values: { protocol: "any", remote_ip_prefix: "10.0.9.0/28" }, found: ["shop-app any/any from 10.0.9.0/28"] },
    { rule: 'protocol "0"', values: { protocol: "0", remote_ip_prefix: "10.0.9.0/28" }, found: ["shop-app any/any from 10.0.9.0/28"] },
    { rule: "an empty protocol", values: { protocol: "", remote_ip_prefix: "10.0.9.0/28" }, found: ["shop-app any/any from 10.0.9.0/28"] },
    { rule: "nothing at all, which is everything", values: {}, found: ["shop-app any/any from anyone"] },
    {
      rule: "icmp of every type",
      values: { protocol: "icmp", port_range_min: 0, port_range_max: 0 },
      found: ["shop-app icmp/any from anyone"],
    },
    {
      rule: "a protocol by its number",
      values: { protocol: "50", remote_ip_prefix: "10.0.9.0/28" },
      found: ["shop-app 50/any from 10.0.9.0/28"],
    },
    {
      rule: "a prefix known after the apply",
      values: { ...SSH, remote_ip_prefix: "${openstack_networking_subnet_v2.app.cidr}" },
      found: ["shop-app tcp/22 from unknown"],
    },
    { rule: "the system's own group, which is no exposure", values: { protocol: "tcp", remote_group_id: GROUP }, found: [] },
    {
      rule: "a group of somewhere else",
      values: { protocol: "tcp", remote_group_id: "5327c8cf" },
      found: ["shop-app tcp/any from unknown"],
    },
    {
      rule: "an address group",
      values: { protocol: "tcp", remote_address_group_id: "5327c8cf" },
      found: ["shop-app tcp/any from unknown"],
    },
    { rule: "egress, which is no exposure", values: { ...SSH, direction: "egress" }, found: [] },
    { rule: "another group's rule", values: { ...SSH, security_group_id: "${openstack_networking_secgroup_v2.other.id}" }, found: [] },
  ])("$rule", ({ values, found }) => {
    expect(exposureOf(systemOf([values]))).toEqual(found);
  });
});

describe("A port", () => {
  test("without port security is open whatever its groups say", () => {
    expect(exposureOf(systemOf([SSH], { port_security_enabled: false }))).toEqual(["shop-app any/any from anyone"]);
  });

  test("without port security and with a public address is open to the internet", () => {
    const address = { networking_floatingip_associate_v2: { app: { floating_ip: "203.0.113.9", port_id: PORT } } };
    expect(exposureOf(systemOf([], { port_security_enabled: false }, address))).toEqual(["shop-app any/any from internet"]);
  });

  test("with a group that this system does not make is open to what nobody here knows", () => {
    expect(exposureOf(systemOf([SSH], { security_group_ids: [GROUP, "5327c8cf"] }))).toEqual([
      "shop-app any/any from unknown",
      "shop-app tcp/22 from 10.0.9.0/28",
    ]);
  });

  test("without a rule for it is closed", () => {
    expect(exposureOf(systemOf([]))).toEqual([]);
    expect(exposureOf(systemOf([SSH], { security_group_ids: null, no_security_groups: true }))).toEqual([]);
  });

  test.each([
    { how: "through an association", more: { networking_floatingip_associate_v2: { app: { floating_ip: "203.0.113.9", port_id: PORT } } } },
    { how: "by itself", more: { networking_floatingip_v2: { app: { pool: "internet", port_id: PORT } } } },
  ])("with a public address $how is open to the internet for those rules that name anyone", ({ more }) => {
    expect(
      exposureOf(systemOf([SSH, { ...SSH, port_range_min: 443, port_range_max: 443, remote_ip_prefix: "0.0.0.0/0" }], {}, more)),
    ).toEqual(["shop-app tcp/22 from 10.0.9.0/28", "shop-app tcp/443 from internet"]);
  });

  test("with a public address on another port is not", () => {
    const more = { networking_floatingip_associate_v2: { other: { port_id: "${openstack_networking_port_v2.other.id}" } } };
    expect(exposureOf(systemOf([{ protocol: "tcp" }], {}, more))).toEqual(["shop-app tcp/any from anyone"]);
  });
});

test("The same opening by two rules is told once, and ports are in the order of their numbers", () => {
  const at = (port: number) => ({ ...SSH, port_range_min: port, port_range_max: port });
  expect(exposureOf(systemOf([at(8443), at(443), at(22), at(443)]))).toEqual([
    "shop-app tcp/22 from 10.0.9.0/28",
    "shop-app tcp/443 from 10.0.9.0/28",
    "shop-app tcp/8443 from 10.0.9.0/28",
  ]);
});

test("Exposure before and after a change says what is opened, what is closed and what stays", () => {
  const open = (port: string, from: string): Reachable => ({ server: "a", protocol: "tcp", ports: port, from });
  const changes = compareExposure([open("22", "10.0.0.0/8"), open("80", "anyone")], [open("22", "10.0.0.0/8"), open("80", "internet")]);
  expect(changes.map((each) => `${each.change} ${print(each)}`)).toEqual([
    "unchanged a tcp/22 from 10.0.0.0/8",
    "closed a tcp/80 from anyone",
    "opened a tcp/80 from internet",
  ]);
  expect(compareExposure([], [])).toEqual([]);
});
