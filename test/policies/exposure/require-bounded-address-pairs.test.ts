import { expect, test } from "vitest";
import { requireBoundedAddressPairs } from "../../../policies/exposure/require-bounded-address-pairs.ts";
import { testCases } from "../cases.ts";
import { onlyFinding, printed } from "../subjects.ts";
import { appWith, built, listen, listening } from "./built.ts";
import { cases } from "./require-bounded-address-pairs.cases.ts";

testCases(requireBoundedAddressPairs, cases);

test("The finding leads back to the group of servers, in both languages", () => {
  const system = listening([listen(443, { kind: "internet" })]);
  const finding = onlyFinding(
    requireBoundedAddressPairs.check(built(appWith({}, { port: { allowed_address_pairs: [{ ip_address: "0.0.0.0/0" }] } }), system)),
  );
  expect(finding.at).toEqual({ file: "stacks/tenants/hrss/social.yaml", path: ["servers", "app"] });
  expect(finding.message.zh).toBe('"0.0.0.0/0" 是任何地址，应为本子网内的单个地址');
});

test.each([
  { pairs: "${var.pairs}", found: "undetermined" },
  { pairs: [{ ip_address: "${openstack_networking_port_v2.servers_app-1.all_fixed_ips[0]}" }], found: "pass" },
  { pairs: [{ ip_address: "10.20.3/24" }], found: "undetermined" },
])("Address pairs $pairs: $found", ({ pairs, found }) => {
  expect(printed(requireBoundedAddressPairs.check(built(appWith({}, { port: { allowed_address_pairs: pairs } }))))[0]?.split(" ")[0]).toBe(
    found,
  );
});
