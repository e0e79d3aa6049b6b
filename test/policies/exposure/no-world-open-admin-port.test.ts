import { describe, expect, test } from "vitest";
import { NAMED_PORTS } from "../../../catalog/terraform-plan/exposure/named-ports.ts";
import { noWorldOpenAdminPort } from "../../../policies/exposure/no-world-open-admin-port.ts";
import { noWorldOpenDatabasePort } from "../../../policies/exposure/no-world-open-database-port.ts";
import { testCases } from "../cases.ts";
import { onlyFinding, printed } from "../subjects.ts";
import { appWith, built, listen, listening, PUBLIC, tcp } from "./built.ts";
import { cases } from "./no-world-open-admin-port.cases.ts";

testCases(noWorldOpenAdminPort, cases);

const ADMIN_PORTS = NAMED_PORTS.filter(({ kind }) => kind === "admin");

describe("Each port of the table is refused to the world and granted to a network:", () => {
  const ends = ADMIN_PORTS.flatMap(({ protocol, from, to, name }) => [...new Set([from, to])].map((port) => ({ protocol, port, name })));
  test.each(ends)("$protocol $port $name", ({ protocol, port }) => {
    expect(printed(noWorldOpenAdminPort.check(built(appWith({ r: tcp(port, "0.0.0.0/0", { protocol }) }))))[0]).toMatch(/^violation /);
    expect(printed(noWorldOpenAdminPort.check(built(appWith({ r: tcp(port, "10.0.9.0/28", { protocol }) }))))).toEqual(["pass"]);
  });

  test.each([22, 23, 2375, 2376, 3389, 5900, 5950, 5999, 5985, 5986, 6443, 10_250])("tcp %i is in it", (port) => {
    expect(ADMIN_PORTS.some(({ protocol, from, to }) => protocol === "tcp" && from <= port && port <= to)).toBe(true);
  });
});

test("The finding leads back to the line of listens that causes it, in the order of the file, in both languages", () => {
  const system = listening([listen(443, { kind: "internet" }), listen(22, { kind: "internet" })]);
  const rules = { "in-tcp-443-0-0-0-0-0": tcp(443, "0.0.0.0/0"), "in-tcp-22-0-0-0-0-0": tcp(22, "0.0.0.0/0") };
  const finding = onlyFinding(noWorldOpenAdminPort.check(built(appWith(rules, { more: PUBLIC }), system)));
  expect(finding.at).toEqual({ file: "stacks/tenants/hrss/social.yaml", path: ["servers", "app", "listens", 1] });
  expect(finding.message.zh).toBe("hrss--social-app-1 的管理端口 tcp 22（SSH）向互联网开放，应只向运维网段开放");
});

test("What the firewall opens in the same words as a group is told once", () => {
  const more = {
    ...PUBLIC,
    fw_rule_v2: { it: { action: "allow", protocol: "tcp", destination_port: "22", source_ip_address: "0.0.0.0/0" } },
  };
  expect(onlyFinding(noWorldOpenAdminPort.check(built(appWith({ ssh: tcp(22, "0.0.0.0/0") }, { more })))).address).toContain(
    "secgroup_rule",
  );
});

test.each([
  { rule: { action: "deny" }, found: "pass" },
  { rule: { action: "allow", enabled: false }, found: "pass" },
  { rule: { action: "allow" }, found: "violation" },
  { rule: { action: "allow", protocol: "tcp", destination_port: "20:25" }, found: "violation" },
  { rule: { action: "allow", protocol: "tcp", destination_port: "22", source_ip_address: "${var.source}" }, found: "undetermined" },
])("A firewall rule $rule: $found", ({ rule, found }) => {
  expect(printed(noWorldOpenAdminPort.check(built({ fw_rule_v2: { it: rule } })))[0]?.split(" ")[0]).toBe(found);
});

test("A firewall rule that only lets out opens nothing", () => {
  const resources = {
    fw_group_v2: { g: { egress_firewall_policy_id: "${openstack_fw_policy_v2.out.id}" } },
    fw_policy_v2: { out: { rules: ["${openstack_fw_rule_v2.it.id}"] } },
    fw_rule_v2: { it: { action: "allow" } },
  };
  expect(printed(noWorldOpenAdminPort.check(built(resources)))).toEqual(["pass"]);
});

describe("Of the firewall's rules", () => {
  const rules = (names: readonly string[], more: Readonly<Record<string, unknown>> = {}) => ({
    fw_group_v2: { g: { ingress_firewall_policy_id: "${openstack_fw_policy_v2.in.id}" } },
    fw_policy_v2: { in: { rules: names.map((name) => (name.length > 9 ? name : `\${openstack_fw_rule_v2.${name}.id}`)) } },
    fw_rule_v2: {
      ssh: { action: "allow", protocol: "tcp", destination_port: "22", source_ip_address: "0.0.0.0/0", shared: true },
      deny: { action: "deny", ...more },
    },
  });
  test.each([
    { what: "one before the deny lets in", of: rules(["ssh", "deny"]), found: "violation" },
    { what: "one after the deny lets nothing in", of: rules(["deny", "ssh"]), found: "pass" },
    { what: "a deny that is off denies nothing", of: rules(["deny", "ssh"], { enabled: false }), found: "violation" },
    {
      what: "a deny of other ports denies them alone",
      of: rules(["deny", "ssh"], { protocol: "tcp", destination_port: "80:90" }),
      found: "violation",
    },
    {
      what: "a deny of these ports among others",
      of: rules(["deny", "ssh"], { protocol: "tcp", destination_port: "1:100" }),
      found: "pass",
    },
    {
      what: "a deny of some sources denies them alone",
      of: rules(["deny", "ssh"], { source_ip_address: "10.0.0.0/8" }),
      found: "violation",
    },
    { what: "a deny by source port denies it alone", of: rules(["deny", "ssh"], { source_port: "1024" }), found: "violation" },
    { what: "a deny of IPv6 denies no IPv4", of: rules(["deny", "ssh"], { ip_version: 6 }), found: "violation" },
    { what: "one made elsewhere may let in anything", of: rules(["deny", "5327c8cf-0000"]), found: "undetermined violation" },
    { what: "one known later beside others may too", of: rules(["deny", "${var.rule}"]), found: "undetermined violation" },
  ])("$what: $found", ({ of, found }) => {
    // The rule is in no policy where another stands for it: then it may be used either way.
    expect(
      printed(noWorldOpenAdminPort.check(built(of)))
        .map((each) => each.split(" ")[0])
        .join(" "),
    ).toBe(found);
  });
});

test("Every row of the table is of one kind, in the order of ports, and none is a port of the web", () => {
  const rows = NAMED_PORTS.map(({ protocol, from, to }) => ({ protocol, from, to }));
  expect(rows).toEqual([...rows].sort((a, b) => a.from - b.from));
  expect(rows.filter(({ from, to }) => [80, 443, 8080, 8443].some((port) => from <= port && port <= to))).toEqual([]);
  expect(rows.filter(({ from, to }) => !(from > 0 && from <= to && to <= 65_535))).toEqual([]);
  const twice = rows.filter((a, index) => rows.slice(0, index).some((b) => a.protocol === b.protocol && a.from <= b.to && b.from <= a.to));
  expect(twice).toEqual([]);
});

test.each(
  "21 22 23 111 135 137 138 139 389 445 512 513 514 636 873 1099 1433 1434 1521 1883 2049 2181 2222 2375 2376 2377 2379 2380 3128 3260 3306 3307 3389 3690 4000 4369 4786 4848 5236 5258 5432 5433 5555 5601 5672 5900 5910 5984 5985 5986 6000 6009 6379 6380 6443 6650 7000 7001 7077 7199 8006 8009 8020 8086 8088 8123 8161 8291 8500 8728 8848 9000 9042 9088 9090 9092 9100 9200 9300 9418 9870 9876 10050 10051 10250 10255 11211 11434 15672 16379 26379 27017 27020 50000 50070 54321 61616 2881 2882 2883"
    .split(" ")
    .map(Number),
)("tcp %i is open to nobody's world by one of the two policies", (port) => {
  const subject = built(appWith({ r: tcp(port, "0.0.0.0/0") }));
  expect([...noWorldOpenAdminPort.check(subject), ...noWorldOpenDatabasePort.check(subject)].map(({ kind }) => kind)).toContain(
    "violation",
  );
});

test("A rule that opens many servers names five of them", () => {
  const one = appWith({ ssh: tcp(22, "0.0.0.0/0") });
  const names = Array.from({ length: 8 }, (_, index) => `s-${index}`);
  const [port] = Object.values(one["networking_port_v2"] ?? {});
  const many = {
    ...one,
    compute_instance_v2: Object.fromEntries(
      names.map((name) => [name, { name, network: [{ port: `\${openstack_networking_port_v2.${name}.id}` }] }]),
    ),
    networking_port_v2: Object.fromEntries(names.map((name) => [name, port ?? {}])),
  };
  const { message } = onlyFinding(noWorldOpenAdminPort.check(built(many)));
  expect(message.en).toContain("of s-0, s-1, s-2, s-3, s-4 and 3 more to any address");
  expect(message.zh).toContain("s-0、s-1、s-2、s-3、s-4等 8 台 的管理端口");
});
