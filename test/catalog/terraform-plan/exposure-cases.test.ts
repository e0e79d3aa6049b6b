import { describe, expect, test } from "vitest";
import { compareExposure, readExposure } from "../../../catalog/terraform-plan/exposure.ts";
import { readSynthesised } from "../../../catalog/terraform-plan/read-synthesised.ts";
import { exposureSentences } from "../../../scripts/render/words.ts";
import { entryOf, readEntries } from "./read-plan-example.ts";
import { type Resources, stackOf } from "./shop.ts";

type Values = Readonly<Record<string, unknown>>;

const id = (type: string, name: string) => `\${openstack_${type}.${name}.id}`;
const GROUP = id("networking_secgroup_v2", "app");
const SUBNET = id("networking_subnet_v2", "app");

/** Two servers, each with a port in one network and one group; rules by their names. */
function system(rules: Readonly<Record<string, Values>> = {}, more: Resources = {}): Resources {
  const port = (address: string) => ({
    network_id: id("networking_network_v2", "app"),
    fixed_ip: [{ subnet_id: SUBNET, ip_address: address }],
    port_security_enabled: true,
    security_group_ids: [GROUP],
  });
  const all: Resources = {
    compute_instance_v2: {
      "app-1": { name: "app-1", network: [{ port: id("networking_port_v2", "app-1") }] },
      "db-1": { name: "db-1", network: [{ port: id("networking_port_v2", "db-1") }] },
    },
    networking_network_v2: { app: { name: "app" } },
    networking_subnet_v2: { app: { cidr: "10.20.0.0/24", network_id: id("networking_network_v2", "app") } },
    networking_port_v2: {
      "app-1": port("10.20.0.11"),
      "db-1": { ...port("10.20.0.12"), security_group_ids: [id("networking_secgroup_v2", "db")] },
    },
    networking_secgroup_v2: { app: { name: "app" }, db: { name: "db" } },
    networking_secgroup_rule_v2: Object.fromEntries(
      Object.entries(rules).map(([name, values]) => [
        name,
        { direction: "ingress", ethertype: "IPv4", security_group_id: GROUP, ...values },
      ]),
    ),
  };
  for (const [type, named] of Object.entries(more)) all[type] = { ...all[type], ...named };
  return all;
}

const tcp = (port: number, from?: string, more: Values = {}): Values => ({
  protocol: "tcp",
  port_range_min: port,
  port_range_max: port,
  ...(from === undefined ? {} : { remote_ip_prefix: from }),
  ...more,
});
const WEB = { web: tcp(443, "0.0.0.0/0") };
const port = (name: string, values: Values): Resources => ({
  networking_port_v2: { [name]: { ...system()["networking_port_v2"]?.[name], ...values } },
});
const floating = (name: string): Resources => ({
  networking_floatingip_v2: { web: { pool: "internet" } },
  networking_floatingip_associate_v2: {
    web: { floating_ip: "${openstack_networking_floatingip_v2.web.address}", port_id: id("networking_port_v2", name) },
  },
});

/** What changes between two configurations, as a reviewer reads it; what stays is not told. */
function told(before: Resources, after: Resources): string[] {
  const [base, head] = [before, after].map((each) => readSynthesised(stackOf(each)));
  if (base === undefined || head === undefined) throw new Error("wanted both sides");
  return exposureSentences(compareExposure(readExposure(base), readExposure(head, base)), "en").map(
    ({ change, words }) => `${change} ${words}`,
  );
}

interface Case {
  readonly what: string;
  readonly before?: Resources;
  readonly after: Resources;
  readonly told: readonly string[];
}

function tell(cases: readonly Case[]): void {
  test.each(cases)("$what", ({ before = system(), after, told: wanted }) => {
    expect(told(before, after)).toEqual(wanted);
  });
}

const opened = (what: string, from: string) => `opened app-1 ${what}: not reachable before, reachable from ${from} after`;

describe("A rule that is added:", () => {
  const added = (values: Values, what: string, from: string): Omit<Case, "what"> => ({
    after: system({ it: values }),
    told: [opened(what, from)],
  });
  const NET = { remote_ip_prefix: "10.0.9.0/28" };
  tell([
    { what: "ports left out", ...added({ protocol: "tcp", ...NET }, "every tcp port", "10.0.9.0/28") },
    { what: "ports 0-0", ...added({ ...tcp(0), ...NET }, "every tcp port", "10.0.9.0/28") },
    { what: "ports 1-65535", ...added({ ...tcp(1), ...NET, port_range_max: 65_535 }, "every tcp port", "10.0.9.0/28") },
    { what: "protocol left out", ...added(NET, "every port of every protocol", "10.0.9.0/28") },
    { what: 'protocol "any"', ...added({ ...NET, protocol: "any" }, "every port of every protocol", "10.0.9.0/28") },
    { what: 'protocol "0"', ...added({ ...NET, protocol: "0" }, "every port of every protocol", "10.0.9.0/28") },
    { what: "protocol 6", ...added({ ...tcp(22), ...NET, protocol: "6" }, "tcp 22", "10.0.9.0/28") },
    { what: "protocol 17", ...added({ ...tcp(53), ...NET, protocol: "17" }, "udp 53", "10.0.9.0/28") },
    { what: "protocol 132", ...added({ ...tcp(2905), ...NET, protocol: "132" }, "sctp 2905", "10.0.9.0/28") },
    { what: "icmp of every type", ...added({ ...NET, protocol: "icmp" }, "every icmp type", "10.0.9.0/28") },
    { what: "icmp type 8", ...added({ ...NET, protocol: "icmp", port_range_min: 8 }, "icmp type 8", "10.0.9.0/28") },
    { what: "source left out, IPv4", ...added(tcp(22), "tcp 22", "any address that routes to it") },
    { what: "source left out, IPv6", ...added(tcp(22, undefined, { ethertype: "IPv6" }), "tcp 22", "any IPv6 address") },
    { what: "::/0", ...added(tcp(22, "::/0", { ethertype: "IPv6" }), "tcp 22", "any IPv6 address") },
    { what: "IPv4 as IPv6 maps it", ...added(tcp(22, "::ffff:0:0/96", { ethertype: "IPv6" }), "tcp 22", "any address that routes to it") },
    { what: "an IPv6 network", ...added(tcp(22, "2001:db8::/32", { ethertype: "IPv6" }), "tcp 22", "2001:db8::/32") },
    { what: "a group made elsewhere", ...added(tcp(22, undefined, { remote_group_id: "5327c8cf" }), "tcp 22", "a source not known yet") },
    {
      what: "an address group made elsewhere",
      ...added(tcp(22, undefined, { remote_address_group_id: "5327c8cf" }), "tcp 22", "a source not known yet"),
    },
    {
      what: "the system's own group, exposed or not",
      after: system({ ...WEB, it: tcp(5432, undefined, { remote_group_id: GROUP }) }),
      before: system(WEB),
      told: [],
    },
    {
      what: "a prefix beside a group, which Neutron refuses: both count",
      ...added(tcp(22, "10.0.9.0/28", { remote_group_id: GROUP }), "tcp 22", "10.0.9.0/28"),
    },
  ]);

  test("an address group that holds both addresses and what is known later", () => {
    const list = { networking_address_group_v2: { ops: { addresses: ["10.0.9.0/28", "${var.more}"] } } };
    const rule = tcp(22, undefined, { remote_address_group_id: id("networking_address_group_v2", "ops") });
    expect(told(system(), system({ it: rule }, list))).toEqual([opened("tcp 22", "10.0.9.0/28, a source not known yet")]);
  });
});

describe("What was open before by other words:", () => {
  tell([
    {
      what: "0.0.0.0/0 cut in halves",
      before: system(WEB),
      after: system({ a: tcp(443, "0.0.0.0/1"), b: tcp(443, "128.0.0.0/1") }),
      told: [],
    },
    {
      what: "a port inside a range",
      before: system({ all: { protocol: "tcp" } }),
      after: system({ all: { protocol: "tcp" }, web: tcp(443, "10.0.0.0/8") }),
      told: [],
    },
    {
      what: "a range that takes a port's place",
      before: system(WEB),
      after: system({ range: tcp(440, "0.0.0.0/0", { port_range_max: 450 }) }),
      told: [opened("tcp 440-450", "any address that routes to it")],
    },
    {
      what: "a range cut in pieces",
      before: system({ range: tcp(440, "10.0.0.0/8", { port_range_max: 450 }) }),
      after: system({ a: tcp(440, "10.0.0.0/8", { port_range_max: 445 }), b: tcp(446, "10.0.0.0/7", { port_range_max: 450 }) }),
      told: ["opened app-1 tcp 446-450: not reachable before, reachable from 10.0.0.0/7 after"],
    },
    {
      what: "a range cut in pieces with a gap",
      before: system({ range: tcp(440, "10.0.0.0/8", { port_range_max: 450 }) }),
      after: system({ a: tcp(440, "10.0.0.0/8", { port_range_max: 445 }), b: tcp(447, "10.0.0.0/8", { port_range_max: 450 }) }),
      told: ["closed app-1 tcp 440-450: reachable from 10.0.0.0/8 before, not reachable after"],
    },
    {
      what: "IPv6 beside IPv4",
      before: system(WEB),
      after: system({ ...WEB, six: tcp(443, "::/0", { ethertype: "IPv6" }) }),
      told: [
        "opened app-1 tcp 443: reachable from any address that routes to it before, reachable from any IPv6 address, any address that routes to it after",
      ],
    },
    {
      what: "udp beside tcp",
      before: system(WEB),
      after: system({ ...WEB, udp: tcp(443, "0.0.0.0/0", { protocol: "udp" }) }),
      told: [opened("udp 443", "any address that routes to it")],
    },
  ]);
});

describe("A port:", () => {
  const off = system(WEB, port("app-1", { port_security_enabled: false }));
  const everything = opened("every port of every protocol", "any address that routes to it");
  tell([
    { what: "port security off", before: system(WEB), after: off, told: [everything] },
    {
      what: "port security left out after it was off, which keeps it off",
      before: off,
      after: system(WEB, port("app-1", { port_security_enabled: null })),
      told: [],
    },
    {
      what: "no security groups on purpose",
      before: system(WEB),
      after: system(WEB, port("app-1", { security_group_ids: null, no_security_groups: true })),
      told: ["closed app-1 tcp 443: reachable from any address that routes to it before, not reachable after"],
    },
    {
      what: "groups left out, which is the project's default group",
      before: system(),
      after: system({}, port("app-1", { security_group_ids: null })),
      told: [opened("every port of every protocol", "a source not known yet")],
    },
    ...[
      { what: "a group by its id beside a reference", groups: [GROUP, "5327c8cf"] },
      { what: "a group known later beside a reference", groups: [GROUP, "${var.group}"] },
      { what: "a group looked up beside a reference", groups: [GROUP, "${data.openstack_networking_secgroup_v2.default.id}"] },
      { what: "a group of an expression", groups: [`\${openstack_networking_secgroup_v2.app.id == "" ? "5327c8cf" : "6438d9e0"}`] },
    ].map(({ what, groups }) => ({
      what,
      before: system(),
      after: system({}, port("app-1", { security_group_ids: groups })),
      told: [opened("every port of every protocol", "a source not known yet")],
    })),
    ...[
      { what: "an address pair of everybody in the source's group", pairs: ["0.0.0.0/0"], from: "any address that routes to it" },
      { what: "an address pair of its own subnet there", pairs: ["10.20.0.100"], from: undefined },
      {
        what: "a pair known later beside one of a port",
        pairs: ["${openstack_networking_port_v2.db-1.all_fixed_ips[0]}", "${var.vip}"],
        from: "a source not known yet",
      },
      { what: "another server's address by its port", pairs: ["${openstack_networking_port_v2.db-1.all_fixed_ips[0]}"], from: undefined },
    ].map(({ what, pairs, from }) => ({
      what,
      before: system({ it: tcp(22, undefined, { remote_group_id: GROUP }) }),
      after: system(
        { it: tcp(22, undefined, { remote_group_id: GROUP }) },
        port("app-1", { allowed_address_pairs: pairs.map((ip_address) => ({ ip_address })) }),
      ),
      told: from === undefined ? [] : [opened("tcp 22", from)],
    })),
  ]);
});

describe("A floating address:", () => {
  const both = system({ ...WEB, db: tcp(443, "0.0.0.0/0", { security_group_id: id("networking_secgroup_v2", "db") }) });
  const withAddress = (of: string): Resources => ({ ...both, ...floating(of) });
  const ROUTED = "any address that routes to it";
  tell([
    {
      what: "added by an association",
      before: both,
      after: withAddress("app-1"),
      told: [`opened app-1 tcp 443: reachable from ${ROUTED} before, reachable from the internet after`],
    },
    {
      what: "added by itself",
      before: both,
      after: { ...both, networking_floatingip_v2: { web: { pool: "internet", port_id: id("networking_port_v2", "app-1") } } },
      told: [`opened app-1 tcp 443: reachable from ${ROUTED} before, reachable from the internet after`],
    },
    {
      what: "moved",
      before: withAddress("app-1"),
      after: withAddress("db-1"),
      told: [
        `closed app-1 tcp 443: reachable from ${ROUTED}, the internet before, reachable from ${ROUTED} after`,
        `opened db-1 tcp 443: reachable from ${ROUTED} before, reachable from the internet after`,
      ],
    },
    {
      what: "removed",
      before: withAddress("app-1"),
      after: both,
      told: [`closed app-1 tcp 443: reachable from ${ROUTED}, the internet before, reachable from ${ROUTED} after`],
    },
    { what: "on a port that no rule opens", before: system(), after: system({}, floating("app-1")), told: [] },
  ]);
});

describe("A network with public addresses of its own:", () => {
  const stands = (values: Values, more: Resources = {}): Case => ({
    what: JSON.stringify(values),
    before: system(WEB),
    after: system(WEB, { ...port("app-1", { fixed_ip: null, ...values }), ...more }),
    told: ["opened app-1 tcp 443: reachable from any address that routes to it before, reachable from the internet after"],
  });
  const inside = (values: Values): Case => ({ ...stands(values), told: [] });
  tell([
    stands({ network_id: "3f0c9a52-6d1e-4b87-a2c4-58e7d90b1f36" }),
    stands({ network_id: "${data.openstack_networking_network_v2.internet.id}" }),
    stands({ network_id: id("networking_network_v2", "edge") }, { networking_network_v2: { edge: { external: true } } }),
    stands({ fixed_ip: [{ ip_address: "203.0.113.9" }] }),
    inside({ network_id: "3f0c9a52-6d1e-4b87-a2c4-58e7d90b1f36", fixed_ip: [{ ip_address: "10.20.0.11" }] }),
    inside({ fixed_ip: [{ subnet_id: SUBNET }] }),
  ]);
});

describe("A server:", () => {
  const direct = (values: Values) => system(WEB, { compute_instance_v2: { "app-1": { name: "app-1", ...values } } });
  const unknown = "a source not known yet";
  tell([
    {
      what: "in a network by its name, with a group by its name",
      before: system(WEB),
      after: direct({ network: [{ name: "app" }], security_groups: ["app"] }),
      told: [opened("every port of every protocol", unknown)],
    },
    {
      what: "with a group known later beside one of the system",
      before: system(WEB),
      after: direct({ network: [{ port: id("networking_port_v2", "app-1") }], security_groups: [GROUP, "${var.group}"] }),
      told: [opened("every port of every protocol", unknown)],
    },
    {
      what: "with a second port that is wide open",
      before: system(WEB),
      after: direct({ network: [{ port: id("networking_port_v2", "app-1") }, { port: id("networking_port_v2", "db-1") }] }),
      told: [],
    },
    {
      what: "with a second port known later",
      before: system(WEB),
      after: direct({ network: [{ port: id("networking_port_v2", "app-1") }, { port: "${var.port}" }] }),
      told: [opened("every port of every protocol", unknown)],
    },
    {
      what: "with a sub-port of a trunk",
      before: system(WEB),
      after: system(WEB, {
        networking_port_v2: { sub: { network_id: id("networking_network_v2", "app"), port_security_enabled: false } },
        networking_trunk_v2: {
          app: { port_id: id("networking_port_v2", "app-1"), sub_port: [{ port_id: id("networking_port_v2", "sub") }] },
        },
      }),
      told: [opened("every port of every protocol", "any address that routes to it")],
    },
  ]);
});

describe("A load balancer:", () => {
  const listener = (values: Values = {}) => ({
    loadbalancer_id: id("lb_loadbalancer_v2", "lb"),
    protocol: "TCP",
    protocol_port: 443,
    default_pool_id: id("lb_pool_v2", "app"),
    ...values,
  });
  const member = (values: Values = {}) => ({ pool_id: id("lb_pool_v2", "app"), address: "10.20.0.11", protocol_port: 22, ...values });
  const balanced = (more: Resources = {}) => {
    const resources = system(
      {},
      {
        lb_loadbalancer_v2: { lb: { name: "lb", vip_subnet_id: SUBNET } },
        lb_listener_v2: { https: listener() },
        lb_pool_v2: { app: { protocol: "TCP", lb_method: "ROUND_ROBIN" } },
        lb_member_v2: { app: member() },
        networking_floatingip_v2: { lb: { pool: "internet", port_id: "${openstack_lb_loadbalancer_v2.lb.vip_port_id}" } },
      },
    );
    for (const [type, named] of Object.entries(more)) resources[type] = named;
    return resources;
  };
  const front = "opened lb tcp 443: not reachable before, reachable from the internet after";
  tell([
    { what: "its port, and the member's own port behind it", after: balanced(), told: [opened("tcp 22", "the internet"), front] },
    {
      what: "allowed networks, one of them known later",
      after: balanced({ lb_listener_v2: { https: listener({ allowed_cidrs: ["10.0.0.0/8", "${var.more}"] }) } }),
      told: [
        opened("tcp 22", "10.0.0.0/8, a source not known yet"),
        "opened lb tcp 443: not reachable before, reachable from 10.0.0.0/8, a source not known yet after",
      ],
    },
    {
      what: "a member by its server's address",
      after: balanced({ lb_member_v2: { app: member({ address: "${openstack_compute_instance_v2.app-1.access_ip_v4}" }) } }),
      told: [opened("tcp 22", "the internet"), front],
    },
    {
      what: "members in one list, one of a machine elsewhere",
      after: balanced({
        lb_member_v2: {},
        lb_members_v2: {
          all: {
            pool_id: id("lb_pool_v2", "app"),
            member: [
              { address: "10.20.0.11", protocol_port: 22 },
              { address: "10.99.0.1", protocol_port: 8080 },
            ],
          },
        },
      }),
      told: ["opened all tcp 8080: not reachable before, reachable from the internet after", opened("tcp 22", "the internet"), front],
    },
    {
      what: "a pool made elsewhere",
      after: balanced({ lb_listener_v2: { https: listener({ default_pool_id: "5327c8cf" }) }, lb_member_v2: {} }),
      told: ["opened lb every port of every protocol: not reachable before, reachable from a source not known yet after", front],
    },
    {
      what: "a pool that an L7 policy sends to",
      after: balanced({
        lb_listener_v2: { https: listener({ default_pool_id: null }) },
        lb_l7policy_v2: { x: { listener_id: id("lb_listener_v2", "https"), redirect_pool_id: id("lb_pool_v2", "app") } },
      }),
      told: [opened("tcp 22", "the internet"), front],
    },
    {
      what: "a member of a pool that no listener here uses",
      after: balanced({ lb_listener_v2: {} }),
      told: [opened("tcp 22", "a source not known yet")],
    },
    {
      what: "a listener of a balancer made elsewhere",
      after: balanced({ lb_listener_v2: { https: listener({ loadbalancer_id: "5327c8cf", name: "edge" }) } }),
      told: [opened("tcp 22", "the internet"), "opened edge tcp 443: not reachable before, reachable from the internet after"],
    },
  ]);
});

test("Two thousand rules over ten servers are read and compared", () => {
  const rules = (from: number) =>
    Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`r${index}`, tcp(1024 + index, `10.${from}.${index % 256}.0/24`)]));
  const many: Resources = { compute_instance_v2: {}, networking_port_v2: {} };
  for (let index = 0; index < 10; index++) {
    many["compute_instance_v2"] = {
      ...many["compute_instance_v2"],
      [`s-${index}`]: { name: `s-${index}`, network: [{ port: id("networking_port_v2", `s-${index}`) }] },
    };
    many["networking_port_v2"] = {
      ...many["networking_port_v2"],
      [`s-${index}`]: { ...system()["networking_port_v2"]?.["app-1"], fixed_ip: [{ subnet_id: SUBNET }] },
    };
  }
  const [base, head] = [1, 2].map((from) => readExposure(readSynthesised(stackOf(system(rules(from), many)))));
  const changes = compareExposure(base ?? [], head ?? []);
  expect(changes.filter(({ change }) => change === "opened")).toHaveLength(11 * 2000);
});

test("A group of the name that a namespace and a container have too is told from them, once all of them stand", () => {
  const standing = (type: string, values: Values) => {
    const state = { id: "lab--shop", ...values };
    return entryOf(`${type}.shop`, { actions: ["no-op"], before: state, after: state });
  };
  const { after } = readEntries([
    standing("kubernetes_namespace_v1", {}),
    standing("openstack_objectstorage_container_v1", { name: "lab--shop" }),
    standing("openstack_networking_secgroup_v2", { id: "group-id-1", name: "lab--shop" }),
    standing("openstack_networking_secgroup_rule_v2", {
      id: "rule-id-1",
      direction: "ingress",
      ethertype: "IPv4",
      security_group_id: "group-id-1",
      ...tcp(443, "10.99.0.0/16"),
    }),
    standing("openstack_networking_port_v2", { id: "port-id-1", port_security_enabled: true, security_group_ids: ["group-id-1"] }),
    standing("openstack_compute_instance_v2", {
      id: "server-id-1",
      name: "shop-1",
      network: [{ port: "port-id-1" }],
      security_groups: ["lab--shop"],
    }),
  ]);
  expect(readExposure(after)).toEqual([{ server: "shop-1", protocol: "tcp", ports: "443", from: "10.99.0.0/16" }]);
});
