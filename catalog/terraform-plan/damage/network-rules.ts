import { type DamageClass, type PlannedResource, valuesAt } from "../planned-resource.ts";
import type { Rules } from "./rule.ts";
import { type Change, destroys, type StackChanges, switchesOff, touches } from "./stack-changes.ts";

const INSTANCE = "openstack_compute_instance_v2";
const INTERFACE = "openstack_networking_router_interface_v2";

/** Networks, ports, routers and public addresses. */
export const NETWORK_RULES: Rules = {
  openstack_networking_network_v2: (change, stack) => {
    if (destroys(change)) return change.action === "delete" && stack.systemGoes ? [] : ["outage"];
    const damage: DamageClass[] = switchesOff(change, "admin_state_up") ? ["outage"] : [];
    if (change.action === "update" && touches(change, "port_security_enabled", "shared", "external")) damage.push("exposure-changed");
    return damage;
  },
  openstack_networking_subnet_v2: subnetDamage,
  openstack_networking_port_v2: portDamage,
  openstack_networking_router_v2: routerDamage,
  [INTERFACE]: (change, stack) => {
    if (!destroys(change) || stack.systemGoes) return [];
    // With its subnet or router it goes; under a subnet that is made anew it goes first, and comes back only if that succeeds.
    return stack.isPointedTo(change, "subnet_id", "delete") || stack.isPointedTo(change, "router_id", "delete", "replace")
      ? []
      : ["outage"];
  },
  openstack_networking_router_route_v2: routeDamage("router_id"),
  openstack_networking_router_routes_v2: routeDamage("router_id"),
  openstack_networking_subnet_route_v2: routeDamage("subnet_id"),
  openstack_networking_floatingip_v2: floatingAddressDamage,
  openstack_networking_floatingip_associate_v2: associationDamage,
};

function subnetDamage(change: Change, stack: StackChanges): readonly DamageClass[] {
  if (change.action === "delete") return stack.systemGoes || stack.isPointedTo(change, "network_id", "delete") ? [] : ["outage"];
  if (change.action === "replace") {
    // Neutron deletes no subnet that a port still uses; ports that are made anew themselves are out of it by then.
    const ports = stack.usersOf(change, "openstack_networking_port_v2", "fixed_ip.subnet_id", "before");
    return ports.length > 0 && ports.every(destroys) ? ["outage"] : ["fails-at-apply"];
  }
  if (change.action !== "update") return [];
  const namesNoServer = touches(change, "dns_nameservers") && valuesAt(change.after, "dns_nameservers").flat().filter(Boolean).length === 0;
  return switchesOff(change, "enable_dhcp") || touches(change, "gateway_ip", "no_gateway") || namesNoServer ? ["outage"] : [];
}

function portDamage(change: Change, stack: StackChanges): readonly DamageClass[] {
  switch (change.action) {
    case "replace":
      return ["re-addressed"];
    case "delete": {
      if (stack.systemGoes) return [];
      const servers = stack.usersOf(change, INSTANCE, "network.port", "before");
      // A server that is made anew for want of it says so itself; a port that no known server uses may be another's shared address.
      return servers.length > 0 && servers.every(destroys) ? [] : ["outage"];
    }
    case "update": {
      const damage: DamageClass[] = [];
      if (touches(change, "security_group_ids", "no_security_groups", "port_security_enabled", "allowed_address_pairs"))
        damage.push("exposure-changed");
      // Under a subnet that is itself made anew the port never gets its new address: that change fails first.
      if (touches(change, "fixed_ip", "no_fixed_ip") && !stack.isPointedTo(change, "fixed_ip.subnet_id", "replace"))
        damage.push("re-addressed");
      // Peers find it by this name.
      if (touches(change, "dns_name")) damage.push("re-addressed");
      if (switchesOff(change, "admin_state_up")) damage.push("outage");
      return damage;
    }
    default:
      return [];
  }
}

function routerDamage(change: Change, stack: StackChanges): readonly DamageClass[] {
  if (destroys(change)) return change.action === "delete" && stack.systemGoes ? [] : ["outage"];
  if (change.action !== "update") return [];
  const hadWayOut = change.before !== undefined && isGiven(change.before, "external_network_id");
  const damage: DamageClass[] = [];
  if ((hadWayOut && touches(change, "external_network_id")) || switchesOff(change, "admin_state_up", "enable_snat")) damage.push("outage");
  if (touches(change, "external_fixed_ip", "external_subnet_ids")) damage.push("re-addressed");
  return damage;
}

function routeDamage(parent: string) {
  return (change: Change, stack: StackChanges): readonly DamageClass[] =>
    change.action === "create" || stack.systemGoes || stack.isPointedTo(change, parent, "delete", "replace") ? [] : ["outage"];
}

function floatingAddressDamage(change: Change, stack: StackChanges): readonly DamageClass[] {
  switch (change.action) {
    case "create":
      return reachedDamage(change, stack);
    case "replace":
      return ["exposure-changed", "re-addressed"];
    case "delete": {
      // An address of an association goes unnoticed with the port that had it.
      if (stack.systemGoes) return [];
      const associations = stack.usersOf(change, "openstack_networking_floatingip_associate_v2", "floating_ip", "before");
      const ports = [change, ...associations].flatMap(({ before }) => stack.pointedTo(before, "port_id"));
      if (ports.length > 0 && ports.every(({ action }) => action === "delete")) return [];
      return hasPort(change.before) ? ["outage", "exposure-changed", "re-addressed"] : ["re-addressed"];
    }
    default:
      return movedDamage(change, stack);
  }
}

function associationDamage(change: Change, stack: StackChanges): readonly DamageClass[] {
  switch (change.action) {
    case "create":
      return reachedDamage(change, stack);
    case "replace":
      return ["exposure-changed", "re-addressed"];
    case "delete":
      return stack.systemGoes || stack.isPointedTo(change, "port_id", "delete") ? [] : ["outage", "exposure-changed"];
    default:
      return movedDamage(change, stack);
  }
}

/** A port that stands gets a public address; one that comes with it is told by its exposure. */
function reachedDamage(change: Change, stack: StackChanges): readonly DamageClass[] {
  if (!hasPort(change.after)) return [];
  if (stack.pointedTo(change.after, "port_id").some((port) => hasNoWayOut(port, stack))) return ["fails-at-apply"];
  return stack.isPointedTo(change, "port_id", "create") ? [] : ["exposure-changed"];
}

/** The public address goes to another port, or to none; a port that is made anew takes it back, and tells its own damage. */
function movedDamage(change: Change, stack: StackChanges): readonly DamageClass[] {
  if (!touches(change, "port_id")) return touches(change, "fixed_ip") ? ["exposure-changed"] : [];
  const [then, now] = [change.before, change.after].map((resource) => stack.pointedTo(resource, "port_id").map(({ address }) => address));
  if (then?.length === 1 && then[0] === now?.[0]) return [];
  return hasPort(change.before) ? ["outage", "exposure-changed"] : reachedDamage(change, stack);
}

/**
 * Whether a port's subnet is known to have no router with a way out: Neutron then refuses a public address. A subnet, or a router, of another stack
 * is not known here.
 */
function hasNoWayOut({ after: port }: Change, stack: StackChanges): boolean {
  const own = stack.pointedTo(port, "fixed_ip.subnet_id").filter(({ after }) => after !== undefined);
  const ofNetwork = () =>
    stack
      .pointedTo(port, "network_id")
      .flatMap((network) => stack.usersOf(network, "openstack_networking_subnet_v2", "network_id", "after"));
  const subnets = own.length > 0 ? own : ofNetwork();
  if (subnets.length === 0) return false;
  const isClosed = ({ after }: Change) => {
    const routers = stack.pointedTo(after, "router_id");
    return routers.length > 0 && routers.every(({ after: router }) => router !== undefined && !isGiven(router, "external_network_id"));
  };
  const strays = stack.once("interfaces of subnets that are not known are closed", () =>
    stack
      .ofType(INTERFACE)
      .every((each) => each.after === undefined || stack.pointedTo(each.after, "subnet_id").length > 0 || isClosed(each)),
  );
  return strays && subnets.every((subnet) => stack.usersOf(subnet, INTERFACE, "subnet_id", "after").every(isClosed));
}

function hasPort(resource: PlannedResource | undefined): boolean {
  return resource !== undefined && isGiven(resource, "port_id");
}

/** Whether an attribute has a value, known or not. */
function isGiven(resource: PlannedResource, attribute: string): boolean {
  const value = resource.values[attribute];
  return (value !== undefined && value !== null && value !== "") || resource.unknown.has(attribute) || resource.references.has(attribute);
}
