import { describe, expect, test } from "vitest";
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

describe("The address of another port", () => {
  const other = (server: boolean, ip_address: string) =>
    built({
      ...appWith({}, { port: { allowed_address_pairs: [{ ip_address }] } }),
      compute_instance_v2: server ? { db: { name: "db-1", network: [{ port: "${openstack_networking_port_v2.db.id}" }] } } : {},
      networking_port_v2: {
        ...appWith({}, { port: { allowed_address_pairs: [{ ip_address }] } })["networking_port_v2"],
        db: { fixed_ip: [{ ip_address: "10.20.3.12" }] },
      },
    });
  test.each([
    { pair: "10.20.3.12", server: true, found: "violation" },
    { pair: "10.20.3.12/32", server: true, found: "violation" },
    { pair: "${openstack_networking_port_v2.db.all_fixed_ips[0]}", server: true, found: "violation" },
    { pair: "10.20.3.12", server: false, found: "pass" },
    { pair: "10.20.3.13", server: true, found: "pass" },
  ])("$pair, which a server has: $server: $found", ({ pair, server, found }) => {
    const kinds = requireBoundedAddressPairs.check(other(server, pair)).map(({ kind }) => kind);
    expect(kinds.includes("violation") ? "violation" : "pass").toBe(found);
  });
});
