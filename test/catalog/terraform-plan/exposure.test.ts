import { describe, expect, test } from "vitest";
import { compareExposure, type Reachable, readExposure } from "../../../catalog/terraform-plan/exposure.ts";
import { readSynthesised } from "../../../catalog/terraform-plan/read-synthesised.ts";
import { addressWithoutRouter, api, defaultRules, firewall, openRules, portSecurity, publicAddress } from "./exposure-plans.ts";
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
    { rule: "::/0", values: { ...SSH, ethertype: "IPv6", remote_ip_prefix: "::/0" }, found: ["shop-app tcp/22 from ::/0"] },
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
    {
      rule: "a group that is looked up, which is made elsewhere",
      values: { protocol: "tcp", remote_group_id: "${data.openstack_networking_secgroup_v2.bastion.id}" },
      found: ["shop-app tcp/any from unknown"],
    },
    {
      rule: "a group known after the apply",
      values: { ...SSH, remote_ip_prefix: null, remote_group_id: "${var.group}" },
      found: ["shop-app tcp/22 from unknown"],
    },
    { rule: 'protocol "6", which is tcp', values: { ...SSH, protocol: "6" }, found: ["shop-app tcp/22 from 10.0.9.0/28"] },
    { rule: 'protocol "17", which is udp', values: { ...SSH, protocol: "17" }, found: ["shop-app udp/22 from 10.0.9.0/28"] },
    { rule: 'protocol "TCP"', values: { ...SSH, protocol: "TCP" }, found: ["shop-app tcp/22 from 10.0.9.0/28"] },
    { rule: 'protocol "-1"', values: { protocol: "-1", remote_ip_prefix: "10.0.9.0/28" }, found: ["shop-app any/any from 10.0.9.0/28"] },
    { rule: "a protocol known after the apply", values: { ...SSH, protocol: "${var.p}" }, found: ["shop-app unknown/22 from 10.0.9.0/28"] },
    {
      rule: "a port known after the apply",
      values: { ...SSH, port_range_max: "${var.p}" },
      found: ["shop-app tcp/unknown from 10.0.9.0/28"],
    },
    {
      rule: "one bound alone, which may be every port",
      values: { ...SSH, port_range_max: null },
      found: ["shop-app tcp/any from 10.0.9.0/28"],
    },
    { rule: "bounds the wrong way round", values: { ...SSH, port_range_min: 25 }, found: ["shop-app tcp/22-25 from 10.0.9.0/28"] },
    { rule: "icmp of one type", values: { protocol: "icmp", port_range_min: 8 }, found: ["shop-app icmp/8 from anyone"] },
    {
      rule: "icmp of one type and code",
      values: { protocol: "icmp", port_range_min: 3, port_range_max: 4 },
      found: ["shop-app icmp/3/4 from anyone"],
    },
    {
      rule: "203.0.113.7/0, which is 0.0.0.0/0",
      values: { ...SSH, remote_ip_prefix: "203.0.113.7/0" },
      found: ["shop-app tcp/22 from anyone"],
    },
    {
      rule: "0.0.0.0/0.0.0.0, which is 0.0.0.0/0",
      values: { ...SSH, remote_ip_prefix: "0.0.0.0/0.0.0.0" },
      found: ["shop-app tcp/22 from anyone"],
    },
    { rule: "an address without a length", values: { ...SSH, remote_ip_prefix: "10.0.9.7" }, found: ["shop-app tcp/22 from 10.0.9.7/32"] },
    {
      rule: "host bits, which do not count",
      values: { ...SSH, remote_ip_prefix: "10.0.9.7/8" },
      found: ["shop-app tcp/22 from 10.0.0.0/8"],
    },
    {
      rule: "IPv6 in another way of writing",
      values: { ...SSH, ethertype: "IPv6", remote_ip_prefix: "2001:0DB8:0:0::1/32" },
      found: ["shop-app tcp/22 from 2001:db8::/32"],
    },
    { rule: "0:0::0/0, which is ::/0", values: { ...SSH, remote_ip_prefix: "0:0::0/0" }, found: ["shop-app tcp/22 from ::/0"] },
    { rule: "a prefix that nobody can read", values: { ...SSH, remote_ip_prefix: "10/8" }, found: ["shop-app tcp/22 from unknown"] },
    { rule: "a direction known after the apply", values: { ...SSH, direction: "${var.d}" }, found: ["shop-app tcp/22 from 10.0.9.0/28"] },
    {
      rule: "a rule of a group known after the apply, which may be this one",
      values: { ...SSH, security_group_id: "${var.g}" },
      found: ["shop-app tcp/22 from 10.0.9.0/28"],
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

describe("A rule whose source is", () => {
  test("the system's own subnet has its range", () => {
    const rules = [{ ...SSH, remote_ip_prefix: "${openstack_networking_subnet_v2.app.cidr}" }];
    const subnet = { networking_subnet_v2: { app: { cidr: "10.20.0.0/24" } } };
    expect(exposureOf(systemOf(rules, {}, subnet))).toEqual(["shop-app tcp/22 from 10.20.0.0/24"]);
  });

  test("a group of the system that is itself open to the world is no exposure", () => {
    const front = "${openstack_networking_secgroup_v2.front.id}";
    const more = {
      networking_secgroup_v2: { app: {}, front: {} },
      networking_secgroup_rule_v2: {
        db: {
          direction: "ingress",
          protocol: "tcp",
          port_range_min: 5432,
          port_range_max: 5432,
          security_group_id: GROUP,
          remote_group_id: front,
        },
        web: {
          direction: "ingress",
          protocol: "tcp",
          port_range_min: 443,
          port_range_max: 443,
          security_group_id: front,
          remote_ip_prefix: "0.0.0.0/0",
        },
      },
    };
    expect(exposureOf(systemOf([], {}, more))).toEqual([]);
  });

  test.each([
    { pair: "0.0.0.0/0", found: ["shop-app tcp/22 from anyone"] },
    { pair: "10.0.0.0/8", found: ["shop-app tcp/22 from 10.0.0.0/8"] },
    { pair: "${var.address}", found: ["shop-app tcp/22 from unknown"] },
    { pair: "10.20.0.100", found: [] },
    { pair: "10.21.0.100", found: ["shop-app tcp/22 from 10.21.0.100/32"] },
  ])("the system's own group is open to the address pair $pair of a member", ({ pair, found }) => {
    const subnet = { networking_subnet_v2: { app: { cidr: "10.20.0.0/24" } } };
    const rules = [{ ...SSH, remote_ip_prefix: null, remote_group_id: GROUP }];
    expect(exposureOf(systemOf(rules, { allowed_address_pairs: [{ ip_address: pair }] }, subnet))).toEqual(found);
  });

  test.each([
    { addresses: ["10.0.9.0/28", "0.0.0.0/0"], found: ["shop-app tcp/22 from 10.0.9.0/28", "shop-app tcp/22 from anyone"] },
    { addresses: [], found: ["shop-app tcp/22 from unknown"] },
    { addresses: ["${var.address}"], found: ["shop-app tcp/22 from unknown"] },
  ])("an address group of this stack is open to $addresses", ({ addresses, found }) => {
    const rules = [{ ...SSH, remote_ip_prefix: null, remote_address_group_id: "${openstack_networking_address_group_v2.ops.id}" }];
    expect(exposureOf(systemOf(rules, {}, { networking_address_group_v2: { ops: { addresses } } }))).toEqual(found);
  });
});

describe("A port", () => {
  const UNKNOWN = ["shop-app any/any from unknown"];

  test.each([
    { what: "without groups, which is put into the project's default one", port: { security_group_ids: [] }, found: UNKNOWN },
    { what: "with groups known after the apply", port: { security_group_ids: "${var.groups}" }, found: UNKNOWN },
    { what: "of no group on purpose", port: { security_group_ids: null, no_security_groups: true }, found: [] },
    {
      what: "whose port security is known after the apply",
      port: { port_security_enabled: "${var.on}" },
      found: [...UNKNOWN, "shop-app tcp/22 from 10.0.9.0/28"],
    },
    {
      what: "that hands raw arguments to Neutron",
      port: { value_specs: { port_security_enabled: "false" } },
      found: [...UNKNOWN, "shop-app tcp/22 from 10.0.9.0/28"],
    },
  ])("$what", ({ port, found }) => {
    expect(exposureOf(systemOf([SSH], port))).toEqual(found);
  });

  test.each([
    { network: { port_security_enabled: false }, found: ["shop-app any/any from anyone"] },
    { network: { port_security_enabled: true }, found: ["shop-app tcp/22 from 10.0.9.0/28"] },
    { network: {}, found: ["shop-app tcp/22 from 10.0.9.0/28"] },
    { network: undefined, found: [...UNKNOWN, "shop-app tcp/22 from 10.0.9.0/28"] },
  ])("that leaves port security out takes it from its network: $network", ({ network, found }) => {
    const port = { port_security_enabled: null, network_id: "${openstack_networking_network_v2.app.id}" };
    expect(exposureOf(systemOf([SSH], port, network === undefined ? {} : { networking_network_v2: { app: network } }))).toEqual(found);
  });

  test("that leaves port security out keeps what it was", () => {
    const of = (port: Readonly<Record<string, unknown>>) =>
      readSynthesised(
        stackOf(
          systemOf([SSH], { network_id: "${openstack_networking_network_v2.app.id}", ...port }, { networking_network_v2: { app: {} } }),
        ),
      );
    const after = of({ port_security_enabled: null });
    expect(readExposure(after, of({ port_security_enabled: false })).map(print)).toEqual(["shop-app any/any from anyone"]);
    expect(readExposure(after, of({ port_security_enabled: true })).map(print)).toEqual(["shop-app tcp/22 from 10.0.9.0/28"]);
    expect(readExposure(after).map(print)).toEqual(["shop-app tcp/22 from 10.0.9.0/28"]);
  });

  test("is in the groups that an association gives it too", () => {
    const more = {
      networking_port_secgroup_associate_v2: {
        more: { port_id: PORT, security_group_ids: ["${openstack_networking_secgroup_v2.more.id}"] },
      },
      networking_secgroup_v2: { app: {}, more: {} },
      networking_secgroup_rule_v2: {
        more: {
          direction: "ingress",
          protocol: "tcp",
          security_group_id: "${openstack_networking_secgroup_v2.more.id}",
          remote_ip_prefix: "0.0.0.0/0",
        },
      },
    };
    expect(exposureOf(systemOf([], {}, more))).toEqual(["shop-app tcp/any from anyone"]);
  });

  test.each([
    {
      how: "that names it by its fixed address",
      more: { networking_floatingip_v2: { app: { pool: "internet", fixed_ip: "10.20.0.11" } } },
    },
    { how: "that forwards a port", more: { networking_portforwarding_v2: { app: { internal_port_id: PORT, external_port: 8022 } } } },
  ])("has a public address $how", ({ more }) => {
    const port = { fixed_ip: [{ ip_address: "10.20.0.11" }] };
    expect(exposureOf(systemOf([{ protocol: "tcp" }], port, more))).toEqual(["shop-app tcp/any from internet"]);
  });
});

describe("A server", () => {
  const RULES = [SSH];
  const withServer = (server: Readonly<Record<string, unknown>>, more: Resources = {}) =>
    exposureOf(systemOf(RULES, {}, { compute_instance_v2: { app: { name: "shop-app", ...server } }, ...more }));
  const second = {
    networking_port_v2: { app: { port_security_enabled: true, security_group_ids: [GROUP] }, other: { port_security_enabled: false } },
  };
  const OTHER = "${openstack_networking_port_v2.other.id}";

  test.each([
    { what: "in a network by name", server: { network: [{ name: "app" }] }, found: ["shop-app any/any from unknown"] },
    {
      what: "in a network by id, beside a port",
      server: { network: [{ port: PORT }, { uuid: "5327c8cf" }] },
      found: ["shop-app any/any from unknown", "shop-app tcp/22 from 10.0.9.0/28"],
    },
    { what: "that names no network", server: {}, found: ["shop-app any/any from unknown"] },
    { what: "that wants none", server: { network_mode: "none" }, found: [] },
    { what: "at a port made elsewhere", server: { network: [{ port: "5327c8cf" }] }, found: ["shop-app any/any from unknown"] },
    { what: "at a port known after the apply", server: { network: [{ port: "${var.port}" }] }, found: ["shop-app any/any from unknown"] },
    {
      what: "in a network with a group of this stack",
      server: { network: [{ name: "app" }], security_groups: [GROUP] },
      found: ["shop-app any/any from unknown", "shop-app tcp/22 from 10.0.9.0/28"],
    },
    {
      what: "in a network with a group of this stack by its name",
      server: { network: [{ name: "app" }], security_groups: ["shop-app"] },
      found: ["shop-app any/any from unknown", "shop-app tcp/22 from 10.0.9.0/28"],
    },
    {
      what: "at a port, with a group of its own from elsewhere",
      server: { network: [{ port: PORT }], security_groups: ["default"] },
      found: ["shop-app any/any from unknown", "shop-app tcp/22 from 10.0.9.0/28"],
    },
  ])("$what", ({ server, found }) => {
    expect(withServer(server)).toEqual(found);
  });

  test("with several ports is open as each of them is", () => {
    expect(withServer({ network: [{ port: PORT }, { port: OTHER }] }, second)).toEqual([
      "shop-app any/any from anyone",
      "shop-app tcp/22 from 10.0.9.0/28",
    ]);
  });

  test.each([
    {
      how: "that is attached later",
      more: { compute_interface_attach_v2: { more: { instance_id: "${openstack_compute_instance_v2.app.id}", port_id: OTHER } } },
    },
    { how: "of a trunk", more: { networking_trunk_v2: { more: { port_id: PORT, sub_port: [{ port_id: OTHER }] } } } },
  ])("has a port $how too", ({ more }) => {
    expect(withServer({ network: [{ port: PORT }] }, { ...second, ...more })).toEqual([
      "shop-app any/any from anyone",
      "shop-app tcp/22 from 10.0.9.0/28",
    ]);
  });

  test("with an interface in a network by id, attached later, is open to what nobody here knows", () => {
    const more = {
      compute_interface_attach_v2: { more: { instance_id: "${openstack_compute_instance_v2.app.id}", network_id: "5327c8cf" } },
    };
    expect(withServer({ network: [{ port: PORT }] }, more)).toEqual(["shop-app any/any from unknown", "shop-app tcp/22 from 10.0.9.0/28"]);
  });
});

test("A load balancer is reached as its listeners say", () => {
  const listener = (values: Readonly<Record<string, unknown>>) => ({ loadbalancer_id: "${openstack_lb_loadbalancer_v2.lb.id}", ...values });
  expect(
    exposureOf({
      lb_loadbalancer_v2: { lb: { name: "shop-lb" } },
      lb_listener_v2: {
        https: listener({ protocol: "HTTPS", protocol_port: 443 }),
        dns: listener({ protocol: "UDP", protocol_port: 53, allowed_cidrs: ["10.0.0.0/8"] }),
      },
      networking_floatingip_v2: { lb: { pool: "internet", port_id: "${openstack_lb_loadbalancer_v2.lb.vip_port_id}" } },
    }),
  ).toEqual(["shop-lb tcp/443 from internet", "shop-lb udp/53 from 10.0.0.0/8"]);
});

test("What a plan knows by its id is the same as what it refers to", () => {
  const [instance, ...others] = readSynthesised(stackOf(systemOf([SSH])));
  const known = [instance, ...others].flatMap((resource) => {
    if (resource === undefined) return [];
    const values: Record<string, unknown> = { ...resource.values, id: `id-of-${resource.address}` };
    for (const [path, references] of resource.references) {
      const ids = references.map(({ address }) => `id-of-${address}`);
      if (path === "network.port") values["network"] = ids.map((port) => ({ port, name: "app", uuid: "5327c8cf" }));
      else values[path] = path === "security_group_ids" ? ids : ids[0];
    }
    return [{ ...resource, values, unknown: new Set<string>() }];
  });
  expect(readExposure(known).map(print)).toEqual(["shop-app tcp/22 from 10.0.9.0/28"]);
  expect(readExposure(known.map((resource) => ({ ...resource, references: new Map() }))).map(print)).toEqual([
    "shop-app tcp/22 from 10.0.9.0/28",
  ]);
});

describe("The recorded plan", () => {
  test.each([
    { plan: "no-op, of the system before any change", after: api(), found: ["api-1 tcp/22 from 10.99.0.0/16"] },
    {
      plan: "security-group-rule-open",
      after: openRules(),
      found: [
        "api-1 any/any from 10.0.0.0/8",
        "api-1 any/any from 10.1.0.0/16",
        "api-1 any/any from anyone",
        "api-1 icmp/any from 10.0.0.0/8",
        "api-1 tcp/22 from 10.99.0.0/16",
        "api-1 tcp/22 from ::/0",
        "api-1 tcp/22 from anyone",
        "api-1 tcp/443 from anyone",
        "api-1 tcp/any from 172.16.0.0/12",
        "api-1 tcp/any from 172.17.0.0/16",
        "api-1 tcp/any from 192.168.0.0/16",
      ],
    },
    {
      plan: "floating-ip-add, whose rules name a network and not anyone",
      after: publicAddress(),
      found: ["api-1 tcp/22 from 10.99.0.0/16"],
    },
    { plan: "floating-ip-without-router, whose port has no group", after: addressWithoutRouter(), found: ["mis-1 any/any from unknown"] },
    { plan: "default-rule-conflict, which lets out and nothing in", after: defaultRules(), found: [] },
    { plan: "firewall-rule-open, without a server behind it", after: firewall("0.0.0.0/0"), found: [] },
  ])("$plan", ({ after, found }) => {
    expect(exposureOf(after)).toEqual(found);
  });

  test("port-security-omitted stays open to anyone", () => {
    const [before, after] = [true, false].map((given) => readSynthesised(stackOf(portSecurity(given))));
    if (before === undefined || after === undefined) throw new Error("wanted both sides");
    expect(readExposure(before).map(print)).toEqual(["ps-1 any/any from anyone"]);
    expect(readExposure(after, before).map(print)).toEqual(["ps-1 any/any from anyone"]);
  });

  test("security-group-rule-description-change changes nothing that can be reached", () => {
    const after = api();
    const renamed = after["networking_secgroup_rule_v2"]?.["in-tcp-22-10-99-0-0-16"];
    if (renamed !== undefined) renamed["description"] = "ssh";
    const changes = compareExposure(readExposure(readSynthesised(stackOf(api()))), readExposure(readSynthesised(stackOf(after))));
    expect(changes.map(({ change }) => change)).toEqual(["unchanged"]);
  });
});
