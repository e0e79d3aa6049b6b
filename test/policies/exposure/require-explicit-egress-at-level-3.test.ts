import { expect, test } from "vitest";
import { requireExplicitEgressAtLevel3 } from "../../../policies/exposure/require-explicit-egress-at-level-3.ts";
import { declaration } from "../../declared.ts";
import { testCases } from "../cases.ts";
import { findings, onlyFinding } from "../subjects.ts";
import { appWith, built, listen, listening, tcp } from "./built.ts";
import { cases } from "./require-explicit-egress-at-level-3.cases.ts";

testCases(requireExplicitEgressAtLevel3, cases);

test("The finding leads back to what a bureau wrote, in both languages", () => {
  const system = listening([listen(443, { kind: "internet" })], { mlps: 3 });
  const rules = { out: { ...tcp(443, "0.0.0.0/0"), direction: "egress" } };
  const finding = onlyFinding(requireExplicitEgressAtLevel3.check(built(appWith(rules), system)));
  expect(finding.at).toEqual({ file: "stacks/tenants/hrss/social.yaml", path: ["servers", "app", "listens"] });
  expect(finding.message.zh).toBe("对外可访问任何地址，应写明目的网段");
});

test("The firewall of a level 3 system lets nothing out to any address either", () => {
  const resources = {
    fw_group_v2: { g: { egress_firewall_policy_id: "${openstack_fw_policy_v2.out.id}" } },
    fw_policy_v2: { out: { rules: ["${openstack_fw_rule_v2.web.id}", "${openstack_fw_rule_v2.mirror.id}"] } },
    fw_rule_v2: {
      web: { action: "allow", protocol: "tcp", destination_port: "443" },
      mirror: { action: "allow", protocol: "tcp", destination_port: "443", destination_ip_address: "10.64.1.0/28" },
    },
  };
  expect(findings(requireExplicitEgressAtLevel3.check(built(resources, declaration({ mlps: 3 }))))).toEqual([
    "violation openstack_fw_rule_v2.web#destination_ip_address: Cannot let traffic out to any address: wanted the networks that are needed",
  ]);
});
