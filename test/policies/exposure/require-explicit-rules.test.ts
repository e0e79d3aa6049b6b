import { expect, test } from "vitest";
import { requireExplicitRules } from "../../../policies/exposure/require-explicit-rules.ts";
import { testCases } from "../cases.ts";
import { findings, onlyFinding, printed } from "../subjects.ts";
import { appWith, built, listen, listening, tcp } from "./built.ts";
import { cases } from "./require-explicit-rules.cases.ts";

testCases(requireExplicitRules, cases);

test("The finding leads back to the group's listens, in both languages", () => {
  const rules = { "in-tcp-443": tcp(443, undefined) };
  const finding = onlyFinding(requireExplicitRules.check(built(appWith(rules), listening([listen(443, { kind: "internet" })]))));
  expect(finding.at).toEqual({ file: "stacks/tenants/hrss/social.yaml", path: ["servers", "app", "listens"] });
  expect(finding.message.zh).toBe('没有写来源，即任何地址；确要开放给任何地址也应写 "0.0.0.0/0"');
});

test("A firewall rule that lets in names them too; one that denies, is off or lets out need not", () => {
  const group = {
    g: { ingress_firewall_policy_id: "${openstack_fw_policy_v2.in.id}", egress_firewall_policy_id: "${openstack_fw_policy_v2.out.id}" },
  };
  const policies = {
    in: { rules: ["${openstack_fw_rule_v2.open.id}", "${openstack_fw_rule_v2.deny.id}", "${openstack_fw_rule_v2.off.id}"] },
    out: { rules: ["${openstack_fw_rule_v2.out.id}"] },
  };
  const rules = {
    open: { action: "allow", protocol: "tcp" },
    deny: { action: "deny" },
    off: { action: "allow", enabled: false },
    out: { action: "allow" },
  };
  expect(findings(requireExplicitRules.check(built({ fw_group_v2: group, fw_policy_v2: policies, fw_rule_v2: rules })))).toEqual([
    "violation openstack_fw_rule_v2.open#destination_port: Cannot let in every port (none is named): wanted them written out, such as 443",
    'violation openstack_fw_rule_v2.open#source_ip_address: Cannot leave the source out, which is every address: wanted a network, or "0.0.0.0/0" where that is meant',
  ]);
});

test("A rule without a direction counts as one that lets in", () => {
  expect(printed(requireExplicitRules.check(built(appWith({ r: { ...tcp(443, "10.0.0.0/8"), direction: null } }))))[0]).toMatch(
    /^undetermined .*#direction/,
  );
});
