import { blocks, type DamageClass, type PlannedResource, stringValue } from "../planned-resource.ts";
import type { Rules } from "./rule.ts";
import { type Change, type StackChanges, touches } from "./stack-changes.ts";

/**
 * Quotas of a project, against what its own stack is known to use: at least that much is in use, for a flavor of another stack counts as one core.
 * A quota that goes leaves its last values in force.
 */
export const QUOTA_RULES: Rules = {
  openstack_compute_quotaset_v2: (change, stack) => {
    // Nova refuses a limit below what is in use, and a server beyond the limit.
    const isBelow = (use: Use) => use.before > use.limit || use.after > use.limit;
    return uses(change, stack, COMPUTE).some(isBelow) ? ["fails-at-apply"] : [];
  },
  openstack_blockstorage_quotaset_v3: (change, stack) => growthDamage(change, stack, VOLUMES),
  openstack_networking_quota_v2: (change, stack) => growthDamage(change, stack, NETWORK),
};

type When = "before" | "after";
type Counts = Readonly<Record<string, (stack: StackChanges, when: When) => number>>;

interface Use {
  readonly limit: number;
  readonly before: number;
  readonly after: number;
}

/** Cinder and Neutron take a limit below what is in use; what the same change adds beyond it they refuse. */
function growthDamage(change: Change, stack: StackChanges, counts: Counts): readonly DamageClass[] {
  const refuses = ({ limit, before, after }: Use) => after > limit && after > before;
  return uses(change, stack, counts).some(refuses) ? ["fails-at-apply"] : [];
}

/** Each limit that the change sets, with what the stack uses of it; a negative limit is none. */
function uses(change: Change, stack: StackChanges, counts: Counts): readonly Use[] {
  if (change.action !== "create" && change.action !== "update") return [];
  return Object.entries(counts).flatMap(([attribute, count]) => {
    const limit = change.after?.values[attribute];
    if (typeof limit !== "number" || limit < 0 || (change.action === "update" && !touches(change, attribute))) return [];
    const used = (when: When) => stack.once(`${change.type} ${attribute} ${when}`, () => count(stack, when));
    return [{ limit, before: used("before"), after: used("after") }];
  });
}

const resources = (stack: StackChanges, type: string, when: When): readonly PlannedResource[] =>
  stack.ofType(type).flatMap((change) => change[when] ?? []);

const INSTANCE = "openstack_compute_instance_v2";
const VOLUME = "openstack_blockstorage_volume_v3";

/** Sums what the flavors of servers hold; `least` where a flavor is not known here. */
function ofFlavors(attribute: "vcpus" | "ram", least: number) {
  return (stack: StackChanges, when: When): number => {
    const flavors = stack.once(`flavors by id ${when}`, () => flavorsById(stack, when));
    return resources(stack, INSTANCE, when).reduce((total, server) => {
      const [referred] = stack.pointedTo(server, "flavor_id");
      const id = stringValue(server, "flavor_id");
      const flavor = referred ?? (id === undefined ? undefined : flavors.get(id));
      const amount = flavor?.[when]?.values[attribute];
      return total + (typeof amount === "number" ? amount : least);
    }, 0);
  };
}

/** The first of each id counts. */
function flavorsById(stack: StackChanges, when: When): ReadonlyMap<string, Change> {
  const found = new Map<string, Change>();
  for (const flavor of stack.ofType("openstack_compute_flavor_v2")) {
    const id = stringValue(flavor[when], "flavor_id");
    if (id !== undefined && !found.has(id)) found.set(id, flavor);
  }
  return found;
}

const number = (type: string) => (stack: StackChanges, when: When) => resources(stack, type, when).length;

const COMPUTE: Counts = {
  cores: ofFlavors("vcpus", 1),
  ram: ofFlavors("ram", 0),
  instances: number(INSTANCE),
  server_groups: number("openstack_compute_servergroup_v2"),
};

/** Boot and data disks that servers bring with them are volumes too. */
function inlineVolumes(stack: StackChanges, when: When): readonly Readonly<Record<string, unknown>>[] {
  return resources(stack, INSTANCE, when)
    .flatMap((server) => blocks(server, "block_device"))
    .filter((block) => block["destination_type"] === "volume" && block["source_type"] !== "volume");
}

const sizeGb = (size: unknown) => (typeof size === "number" ? size : 0);

const VOLUMES: Counts = {
  volumes: (stack, when) => resources(stack, VOLUME, when).length + inlineVolumes(stack, when).length,
  gigabytes: (stack, when) =>
    [
      ...resources(stack, VOLUME, when).map(({ values }) => values["size"]),
      ...inlineVolumes(stack, when).map((block) => block["volume_size"]),
    ]
      .map(sizeGb)
      .reduce((total, size) => total + size, 0),
};

const NETWORK: Counts = {
  floatingip: number("openstack_networking_floatingip_v2"),
  network: number("openstack_networking_network_v2"),
  port: number("openstack_networking_port_v2"),
  router: number("openstack_networking_router_v2"),
  security_group: number("openstack_networking_secgroup_v2"),
  security_group_rule: number("openstack_networking_secgroup_rule_v2"),
  subnet: number("openstack_networking_subnet_v2"),
};
