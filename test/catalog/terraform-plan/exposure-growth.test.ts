import { expect, test } from "vitest";
import { readFirewallRules } from "../../../catalog/terraform-plan/exposure/firewall.ts";
import type { PlannedResource } from "../../../catalog/terraform-plan/planned-resource.ts";
import { readSynthesised } from "../../../catalog/terraform-plan/read-synthesised.ts";
import { firewall } from "./exposure-plans.ts";
import { stackOf } from "./shop.ts";

const RULES = 1000;

test("A firewall policy is read in the measure of its rules: what allows is held against no other rule", () => {
  const names = Array.from({ length: RULES }, (_, at) => `r${at}`);
  const { fw_group_v2 } = firewall("10.99.0.0/16");
  const resources = readSynthesised(
    stackOf({
      fw_group_v2: fw_group_v2 ?? {},
      fw_policy_v2: { in: { name: "edge-in", rules: names.map((name) => `\${openstack_fw_rule_v2.${name}.id}`) } },
      fw_rule_v2: Object.fromEntries(names.map((name) => [name, { action: "allow", protocol: "tcp", destination_port: "443" }])),
    }),
  );
  let reads = 0;
  const counted = resources.map((resource): PlannedResource => {
    const values = { ...resource.values };
    const { action } = values;
    Object.defineProperty(values, "action", {
      get: () => {
        reads += 1;
        return action;
      },
    });
    return resource.type === "openstack_fw_rule_v2" ? { ...resource, values } : resource;
  });
  expect(readFirewallRules(counted)).toHaveLength(RULES);
  expect(reads).toBeLessThanOrEqual(4 * RULES);
  const before = reads;
  expect(readFirewallRules(counted), "what one policy read, the next one finds read").toHaveLength(RULES);
  expect(reads).toBe(before);
});
