import { isGpuFlavorId } from "../../flavor.ts";
import { blocks, type DamageClass, type PlannedResource, stringValue, valuesAt } from "../planned-resource.ts";
import type { Rules } from "./rule.ts";
import { type Change, destroys, type StackChanges, touches } from "./stack-changes.ts";

/** Servers and what is plugged into them. */
export const SERVER_RULES: Rules = {
  openstack_compute_instance_v2: (change, stack) => {
    switch (change.action) {
      case "delete":
        return ["data-lost"];
      case "replace":
        return replacedServerDamage(change);
      case "update":
        return updatedServerDamage(change, stack);
      default:
        return [];
    }
  },
  openstack_compute_interface_attach_v2: (change, stack) => {
    const goesAlong = ["instance_id", "port_id"].some((path) => stack.isPointedTo(change, path, "delete", "replace"));
    return destroys(change) && !goesAlong ? ["outage", "re-addressed"] : [];
  },
  // Members keep running wherever they are; those that name a group made anew are replaced, and say so themselves.
  openstack_compute_servergroup_v2: () => [],
  // A key is copied into a server when it is made.
  openstack_compute_keypair_v2: () => [],
  // A server keeps the flavor that it was made with until it is resized; one that still names a deleted flavor can neither be read nor made again.
  openstack_compute_flavor_v2: (change, stack) => {
    if (change.action !== "delete") return [];
    const flavor = stringValue(change.before, "flavor_id") ?? stringValue(change.before, "id");
    const servers = stack.ofType("openstack_compute_instance_v2");
    const used = stack.once(
      "flavors of servers",
      () => new Set(servers.flatMap(({ after }) => (after === undefined ? [] : [stringValue(after, "flavor_id")]))),
    );
    const staysInUse = used.has(flavor) || stack.usersOf(change, "openstack_compute_instance_v2", "flavor_id", "after").length > 0;
    // In a stack without servers it is offered to those of other stacks.
    return servers.length === 0 || staysInUse ? ["outage"] : [];
  },
  openstack_compute_flavor_access_v2: (change, stack) =>
    destroys(change) && !stack.isPointedTo(change, "flavor_id", "delete", "replace") ? ["outage"] : [],
  // A node that leaves its system's aggregate no longer serves it.
  openstack_compute_aggregate_v2: (change, stack) => {
    if (destroys(change)) return stack.projectGoes ? [] : ["outage"];
    if (!touches(change, "hosts") || change.action === "create") return [];
    const [held, hosts] = [change.before?.values["hosts"], change.after?.values["hosts"]];
    const stays = (host: unknown) => Array.isArray(hosts) && hosts.includes(host);
    return Array.isArray(held) && held.every(stays) ? [] : ["outage"];
  },
};

function replacedServerDamage(change: Change): readonly DamageClass[] {
  const { before } = change;
  const damage: DamageClass[] = ["root-disk-lost"];
  // Disks beside the boot disk that end with their server.
  const others = blocks(before, "block_device").filter((block) => !isBootDisk(block));
  if (others.some((block) => block["destination_type"] === "local" || block["delete_on_termination"] === true)) damage.push("data-lost");
  const moves = change.cause.some((path) => path === "network" || (path.startsWith("network.") && path !== "network.access_network"));
  if (moves || !hasOwnPorts(change.after)) damage.push("re-addressed");
  return damage;
}

/** Whether each network of a server is given by a port, which keeps its address; otherwise the network gives a new server another one. */
function hasOwnPorts(server: PlannedResource | undefined): boolean {
  const networks = blocks(server, "network").length;
  const named = valuesAt(server, "network.port").filter((port) => typeof port === "string" && port !== "").length;
  const referred = server?.references.get("network.port")?.length ?? 0;
  return networks > 0 && (named + referred >= networks || server?.unknown.has("network.port") === true);
}

function updatedServerDamage(change: Change, stack: StackChanges): readonly DamageClass[] {
  const { cause, after } = change;
  const damage: DamageClass[] = [];
  // Both are executed as a rebuild. Beside a boot volume that volume keeps its id, and every later apply rebuilds again.
  if (touches(change, "image_id", "image_name", "personality")) damage.push(bootsFromVolume(after) ? "reboot" : "root-disk-lost");
  // Nova resizes no bare metal: its support matrix has no driver for it.
  if (cause.includes("flavor_id") || cause.includes("flavor_name"))
    damage.push(isWholeMachine(change, stack) ? "fails-at-apply" : "reboot");
  // Where it is left out the provider's own default is active.
  if (cause.includes("power_state")) damage.push((stringValue(after, "power_state") ?? "active") === "active" ? "reboot" : "outage");
  if (touches(change, "security_groups") && !namesSameGroups(change, stack)) damage.push("exposure-changed");
  return damage;
}

/** A GPU box, or whatever else a flavor takes as a whole by a resource class of its own. */
function isWholeMachine({ before, after }: Change, stack: StackChanges): boolean {
  return [before, after].some(
    (server) =>
      isGpuFlavorId(stringValue(server, "flavor_id") ?? "") ||
      stack.pointedTo(server, "flavor_id").some((flavor) => takesCustomResource(flavor.after ?? flavor.before)),
  );
}

function takesCustomResource(flavor: PlannedResource | undefined): boolean {
  const specs = flavor?.values["extra_specs"];
  return typeof specs === "object" && specs !== null && Object.keys(specs).some((key) => key.startsWith("resources:CUSTOM_"));
}

/** A data volume among the block devices is no boot disk, nor is one that starts out blank. */
function bootsFromVolume(server: PlannedResource | undefined): boolean {
  const boot = blocks(server, "block_device").filter(isBootDisk);
  return boot.length > 0 && boot.every((block) => block["destination_type"] === "volume");
}

function isBootDisk(block: Readonly<Record<string, unknown>>): boolean {
  return (block["boot_index"] ?? 0) === 0 && block["source_type"] !== "blank";
}

/** A group read back by its name, and declared by its id, is the same group: only the plan never comes to rest. */
function namesSameGroups({ before, after }: Change, stack: StackChanges): boolean {
  const groups = stack.once("names of groups by id", () => namesOfGroups(stack));
  const namesOf = (server: PlannedResource | undefined) => {
    const listed = server?.values["security_groups"];
    if (!Array.isArray(listed) || server?.references.has("security_groups")) return undefined;
    return listed.map((each: unknown) => groups.get(each) ?? String(each)).sort();
  };
  const [then, now] = [namesOf(before), namesOf(after)];
  return then !== undefined && now !== undefined && JSON.stringify(then) === JSON.stringify(now);
}

/** The first of each id counts. */
function namesOfGroups(stack: StackChanges): ReadonlyMap<unknown, string | undefined> {
  const found = new Map<unknown, string | undefined>();
  for (const { after } of stack.ofType("openstack_networking_secgroup_v2")) {
    const id = after?.values["id"];
    if (!found.has(id)) found.set(id, stringValue(after, "name"));
  }
  return found;
}
