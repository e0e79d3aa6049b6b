import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { costingFacts } from "../../../cost/costing.ts";
import type { CloudObject } from "../../../scripts/cloud/cloud-client.ts";
import type { CloudLists, Kind } from "../../../scripts/drift/cloud-lists.ts";
import type { Prices } from "../../../scripts/drift/cost-of.ts";
import { type ManagedIds, readManagedIds } from "../../../scripts/drift/managed-ids.ts";
import { findUnmanaged, type UnmanagedResource } from "../../../scripts/drift/unmanaged.ts";
import { BOOK, CATALOGUE, pool } from "../../declared.ts";
import { egressRules, lists, MANAGED, rule, state } from "./project.ts";

const prices: Prices = { facts: costingFacts(CATALOGUE, [], pool()), book: BOOK };

/** `kind name: CNY a month, or why there is no price; what it opens`. */
function print({ kind, name, costing, monthly, opening }: UnmanagedResource): string {
  const money = monthly === undefined ? costing.kind : monthly.toFixed(2);
  return `${kind} ${name}: ${money}${opening === undefined ? "" : `; ${opening.world ? "WORLD " : ""}${opening.words.en}`}`;
}

function unmanaged(more: Partial<Record<Kind, readonly CloudObject[]>>, managed: ManagedIds = MANAGED): string[] {
  return findUnmanaged(lists(more), managed, prices).unmanaged.map(print);
}

test("What an apply made, and what the cloud makes with it, is no finding", () => {
  const { unmanaged: found, leftOut } = findUnmanaged(lists(), MANAGED, prices);
  expect(found).toEqual([]);
  expect(leftOut.map(({ kind, id, reason }) => `${kind} ${id}: ${reason.en}`)).toEqual([
    "volume boot: the boot volume of a managed server, priced there",
    "port dhcp: Neutron's own port in a network (DHCP, metadata)",
    "security-group default-id: Neutron makes the group `default` in every project",
    "security-group-rule default-id-egress-IPv4: one of the four rules that Neutron gives the group `default`",
    "security-group-rule default-id-egress-IPv6: one of the four rules that Neutron gives the group `default`",
    "security-group-rule default-in-4: one of the four rules that Neutron gives the group `default`",
    "security-group-rule default-in-6: one of the four rules that Neutron gives the group `default`",
  ]);
});

test("Everything is a finding where the state is empty, but what the cloud makes itself", () => {
  const found = unmanaged({}, readManagedIds({ format_version: "1.0" }));
  expect(found).toEqual([
    "server app: 259.20",
    "volume boot: 16.20",
    "volume app-data: 225.00",
    "floating-ip 203.0.113.9: free; WORLD app has the public address 203.0.113.9: what its security groups let through is reachable from the internet",
    "security-group app: free",
    "security-group-rule rule: free; WORLD app tcp 443: reachable from the internet",
    "network app: free",
    "subnet app: free",
    "router app: free",
    "container files: 0.18",
    "share share: 18.00",
  ]);
});

const world = { remote_ip_prefix: "0.0.0.0/0" };
const rows: readonly {
  readonly title: string;
  readonly more: Partial<Record<Kind, readonly CloudObject[]>>;
  readonly finds: readonly string[];
  readonly managed?: ManagedIds;
}[] = [
  {
    title: "a server of its own, with the port and the boot volume that came with it",
    more: {
      server: [{ id: "s2", name: "by-hand", flavor: { id: "general-2c-4g" } }],
      port: [{ id: "p2", name: "", device_owner: "compute:nova", device_id: "s2", port_security_enabled: true }],
      volume: [{ id: "v2", name: "", size: 40, volume_type: "ssd", attachments: [{ server_id: "s2", device: "/dev/vda" }] }],
    },
    finds: ["server by-hand: 129.60", "volume v2: 18.00"],
  },
  {
    title: "a GPU box with its cards",
    more: { server: [{ id: "s2", name: "train", flavor: { id: "gpu1-card1x2" } }] },
    finds: ["server train: 2475.00"],
  },
  {
    title: "a server of a flavor that stands for nothing",
    more: { server: [{ id: "s2", name: "x", flavor: { id: "m1.small" } }] },
    finds: ["server x: unpriced"],
  },
  {
    title: "a volume attached to a managed server by hand, and one of a type that has no price",
    more: {
      volume: [
        { id: "v2", name: "extra", size: 10, volume_type: "sas", attachments: [{ server_id: "server", device: "/dev/vdc" }] },
        { id: "v3", name: "odd", size: 10, volume_type: "__DEFAULT__", attachments: [] },
      ],
    },
    finds: ["volume extra: 2.70", "volume odd: unpriced"],
  },
  {
    title: "an old boot volume that nobody uses any more",
    more: { volume: [{ id: "v2", name: "", size: 60, volume_type: "sas", attachments: [] }] },
    finds: ["volume v2: 16.20"],
  },
  {
    title: "a snapshot, a backup, an image that everybody may use",
    more: {
      snapshot: [{ id: "n", name: "snap", size: 60 }],
      backup: [{ id: "b", name: "back", size: 60 }],
      image: [{ id: "i", name: "golden", visibility: "public" }],
    },
    finds: ["snapshot snap: free", "backup back: free", "image golden: free; WORLD every project may use this image"],
  },
  {
    title: "rules opened beside the declared ones",
    more: {
      "security-group-rule": [
        rule("r1", "group", { protocol: "tcp", port_range_min: 22, port_range_max: 22, ...world }),
        rule("r2", "group", { remote_ip_prefix: "::/0", ethertype: "IPv6" }),
        rule("r3", "group"),
        rule("r4", "group", { protocol: "tcp", port_range_min: 5432, port_range_max: 5432, remote_ip_prefix: "10.0.9.0/28" }),
        rule("r5", "group", { remote_group_id: "default-id" }),
        rule("r6", "group", { remote_address_group_id: "ag" }),
        rule("r7", "group", { protocol: "udp", remote_ip_prefix: "0.0.0.0/1" }),
        rule("r8", "group", { direction: "egress", protocol: "tcp", port_range_min: 25, port_range_max: 25 }),
      ],
    },
    finds: [
      "security-group-rule r1: free; WORLD app tcp 22: reachable from the internet",
      "security-group-rule r2: free; WORLD app every port of every protocol: reachable from any address that routes to it",
      "security-group-rule r3: free; WORLD app every port of every protocol: reachable from the internet",
      "security-group-rule r4: free; app tcp 5432: reachable from 10.0.9.0/28",
      "security-group-rule r5: free; app every port of every protocol: reachable from the members of group default",
      "security-group-rule r6: free; WORLD app every port of every protocol: reachable from address group ag",
      "security-group-rule r7: free; WORLD app every udp port: reachable from 0.0.0.0/1",
      "security-group-rule r8: free; WORLD app may reach any address that routes to it by tcp 25",
    ],
  },
  {
    title: "a rule in the default group, which no server is in",
    more: { "security-group-rule": [rule("r1", "default-id", { protocol: "tcp", ...world })] },
    finds: [
      "security-group-rule r1: free; WORLD servers of the group (none now) every tcp port: reachable from any address that routes to it",
    ],
  },
  {
    title: "an egress rule for everything in a group whose own ones were deleted",
    more: { "security-group-rule": egressRules("group").slice(0, 1) },
    finds: [
      "security-group-rule group-egress-IPv4: free; WORLD app may reach any address that routes to it by every port of every protocol",
    ],
  },
  {
    title: "but not in one that keeps them",
    more: { "security-group-rule": egressRules("group") },
    managed: readManagedIds(state({ delete_default_rules: false })),
    finds: [],
  },
  {
    title: "a group of its own, without the rules that came with it",
    more: { "security-group": [{ id: "g2", name: "loose" }], "security-group-rule": [...egressRules("g2"), rule("r1", "g2", world)] },
    finds: [
      "security-group loose: free",
      "security-group-rule r1: free; WORLD servers of the group (none now) every port of every protocol: reachable from any address that routes to it",
    ],
  },
  {
    title: "a port without port security, one that may use every address, one that was attached to a managed server",
    more: {
      server: [{ id: "s2", name: "by-hand", flavor: { id: "general-1c-1g" } }],
      port: [
        { id: "p2", name: "open", device_owner: "compute:nova", device_id: "s2", port_security_enabled: false },
        {
          id: "p3",
          name: "any",
          device_owner: "",
          device_id: "",
          port_security_enabled: true,
          allowed_address_pairs: [{ ip_address: "0.0.0.0/0" }],
        },
        {
          id: "p4",
          name: "second",
          device_owner: "compute:nova",
          device_id: "server",
          port_security_enabled: true,
          allowed_address_pairs: [],
        },
      ],
    },
    finds: [
      "server by-hand: 43.20",
      "port open: free; WORLD no security group guards this port of by-hand",
      "port any: free; WORLD this port of any may use every address as its own",
      "port second: free",
    ],
  },
  {
    title: "a router, its ports with it, and a second interface of the managed one",
    more: {
      router: [{ id: "r2", name: "loose" }],
      port: [
        { id: "p2", name: "", device_owner: "network:router_interface", device_id: "r2", port_security_enabled: false },
        { id: "p3", name: "", device_owner: "network:router_interface", device_id: "router", port_security_enabled: false },
        { id: "p4", name: "", device_owner: "network:router_gateway", device_id: "r2", port_security_enabled: false },
      ],
    },
    finds: ["port p3: free", "router loose: free"],
  },
  {
    title: "an address that nothing has, one that a managed server was given",
    more: {
      "floating-ip": [
        { id: "f1", floating_ip_address: "203.0.113.10", port_id: null },
        { id: "f2", floating_ip_address: "203.0.113.11", port_id: "port", fixed_ip_address: "10.0.0.4" },
      ],
    },
    finds: [
      "floating-ip 203.0.113.10: free",
      "floating-ip 203.0.113.11: free; WORLD app has the public address 203.0.113.11: what its security groups let through is reachable from the internet",
    ],
  },
  {
    title: "containers: public, without a quota, open to other projects",
    more: {
      container: [
        { id: "a", name: "a", quotaBytes: "2147483648", read: ".r:*,.rlistings" },
        { id: "b", name: "b", write: "*:*" },
        { id: "c", name: "c", read: "other:user" },
      ],
    },
    finds: [
      "container a: 0.36; WORLD anybody may read what is in it",
      "container b: unpriced; WORLD users of every project may read or write it",
      "container c: unpriced",
    ],
  },
  {
    title: "a network with its subnet, a share, a load balancer with its port, a key pair",
    more: {
      network: [{ id: "n2", name: "loose" }],
      subnet: [{ id: "u2", name: "", cidr: "10.9.0.0/24" }],
      share: [{ id: "h2", name: "drop", size: 10 }],
      "load-balancer": [{ id: "l2", name: "balancer", vip_address: "10.0.0.9" }],
      port: [{ id: "p2", name: "octavia-lb-l2", device_owner: "Octavia", device_id: "lb-l2" }],
      "key-pair": [{ name: "laptop", id: "laptop", fingerprint: "aa:bb" }],
    },
    finds: ["network loose: free", "subnet u2: free", "share drop: 1.80", "load-balancer balancer: free", "key-pair laptop: free"],
  },
];

describe("What no state holds", () => {
  test.each(rows)("is found: $title", ({ more, finds, managed }) => {
    expect(unmanaged(more, managed)).toEqual(finds);
  });
});

test("A recorded project, after one of everything was made by hand, tells just that", () => {
  const recorded = (name: string) => JSON.parse(readFileSync(new URL(`recorded/${name}.json`, import.meta.url), "utf8")) as unknown;
  const found = findUnmanaged(recorded("lists") as CloudLists, readManagedIds(recorded("state")), prices);
  expect(found.unmanaged.map(print)).toEqual([
    // 1 core and 2 GB at 21.60; its boot volume, 20 GB of SAS at 0.27; 7 GB of SSD at 0.45.
    "server by-hand: 64.80",
    "volume 8ad6556f-70c8-48e6-bf7d-e50ac943b18c: 5.40",
    "volume by-hand: 3.15",
    "snapshot by-hand: free",
    "image by-hand: free",
    "port by-hand: free; WORLD no security group guards this port of by-hand",
    "floating-ip 203.0.113.100: free",
    "security-group-rule 66c5624b-25f5-4c9c-99dc-7aaea155dcc9: free; WORLD by-hand tcp 22: reachable from any address that routes to it",
    "security-group-rule 6b4b02d6-50e2-40f8-ac7a-a8af1c20c422: free; WORLD hrss--drifting-mwstzeh0-app-1 tcp 22: reachable from the internet",
    "container public-files: unpriced; WORLD anybody may read what is in it",
    "share by-hand: 0.54",
    "load-balancer by-hand: free",
    "key-pair drifting-mwstzeh0: free",
  ]);
  expect(found.leftOut.map(({ kind, reason }) => `${kind}: ${reason.en}`)).toEqual([
    "volume: the boot volume of a managed server, priced there",
    "port: came with a server that is told itself",
    "port: a load balancer's own port",
    "security-group: Neutron makes the group `default` in every project",
    ...Array.from({ length: 4 }, () => "security-group-rule: one of the four rules that Neutron gives the group `default`"),
  ]);
});

describe("A state", () => {
  test("is read as `show -json` prints it, modules and all; data sources do not count", () => {
    const shown = {
      format_version: "1.0",
      values: {
        root_module: {
          resources: [
            { mode: "managed", type: "openstack_networking_secgroup_v2", values: { id: "g" } },
            { mode: "data", type: "openstack_networking_network_v2", values: { id: "n" } },
          ],
          child_modules: [{ resources: [{ mode: "managed", type: "openstack_compute_instance_v2", values: { id: "s" } }] }],
        },
      },
    };
    const { ids, groupsWithDefaultRules } = readManagedIds(shown);
    expect([...ids].map(([type, set]) => [type, [...set]])).toEqual([
      ["openstack_networking_secgroup_v2", ["g"]],
      ["openstack_compute_instance_v2", ["s"]],
    ]);
    expect([...groupsWithDefaultRules]).toEqual(["g"]);
  });

  test("holds what awaits its deletion too", () => {
    const instances = [{ attributes: { id: "new" } }, { deposed: "abcd", attributes: { id: "old" } }];
    const { ids } = readManagedIds({ version: 4, resources: [{ mode: "managed", type: "openstack_compute_instance_v2", instances }] });
    expect([...(ids.get("openstack_compute_instance_v2") ?? [])]).toEqual(["new", "old"]);
  });

  test.each([undefined, null, {}, [], "text", { version: 3, modules: [] }, { format_version: "2.0" }, { version: 4 }])(
    "is refused where it is none: %j",
    (value) => {
      expect(() => readManagedIds(value)).toThrow("Cannot read the state");
    },
  );
});
