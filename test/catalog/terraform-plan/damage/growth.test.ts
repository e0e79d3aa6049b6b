import { expect, test } from "vitest";
import { entryOf, type Fields, readEntries } from "../read-plan-example.ts";

const created = (address: string, after: Fields) => entryOf(address, { actions: ["create"], after });

test("Time grows with the plan, not with its square: 5,000 each of quotas, servers, flavors, groups, rules, ports and public addresses", () => {
  const ids = Array.from({ length: 5000 }, (_, at) => `0000${at}`.padStart(12, "0"));
  const entries = ids.flatMap((id) => [
    created(`openstack_compute_quotaset_v2.q${id}`, { cores: 10_000, ram: 10_000 }),
    created(`openstack_networking_quota_v2.q${id}`, { port: 5000 }),
    created(`openstack_compute_instance_v2.s${id}`, { flavor_id: id }),
    entryOf(`openstack_compute_flavor_v2.f${id}`, { actions: ["delete"], before: { flavor_id: `old-${id}`, vcpus: 1 } }),
    entryOf(`openstack_networking_secgroup_rule_v2.r${id}`, {
      actions: ["create"],
      after: { direction: "egress", security_group_id: "same" },
    }),
    created(`openstack_networking_subnet_v2.n${id}`, { network_id: id }),
    created(`openstack_networking_router_interface_v2.i${id}`, { subnet_id: `else-${id}`, router_id: id }),
  ]);
  const began = performance.now();
  expect(readEntries(entries).changes).toHaveLength(35_000);
  expect(performance.now() - began).toBeLessThan(15_000);
});
