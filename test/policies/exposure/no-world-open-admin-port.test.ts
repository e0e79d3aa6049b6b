import { describe, expect, test } from "vitest";
import { NAMED_PORTS } from "../../../catalog/terraform-plan/exposure/named-ports.ts";
import { noWorldOpenAdminPort } from "../../../policies/exposure/no-world-open-admin-port.ts";
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
