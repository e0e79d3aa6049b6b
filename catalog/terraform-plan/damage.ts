import { blocks, DAMAGE_CLASSES, type DamageClass, type ResourceChange, referredTo, stringValue } from "./planned-resource.ts";

type Change = Omit<ResourceChange, "damage">;
type Rule = (change: Change, all: readonly Change[]) => readonly DamageClass[];

/**
 * Classes of damage that a change does, from what applying such changes was seen to do (the rows of the recorded plans): an in-place
 * update can lose a disk, a replacement can be harmless. Gravest first; none is the empty list.
 */
export function classifyDamage(change: Change, all: readonly Change[]): DamageClass[] {
  if (change.action === "no-op" || change.action === "forget") return [];
  const found = new Set(RULES[change.type]?.(change, all) ?? []);
  return DAMAGE_CLASSES.filter((each) => found.has(each));
}

const RULES: Readonly<Record<string, Rule>> = {
  openstack_compute_instance_v2: instanceDamage,
  openstack_networking_port_v2: portDamage,
  openstack_networking_secgroup_rule_v2: securityGroupRuleDamage,
  openstack_networking_secgroup_v2: ({ action }) => (action === "replace" ? ["exposure-changed"] : []),
  openstack_networking_floatingip_v2: floatingAddressDamage,
  openstack_networking_floatingip_associate_v2: floatingAddressDamage,
  openstack_networking_subnet_v2: ({ action }) => (action === "replace" ? ["fails-at-apply"] : []),
  openstack_networking_network_v2: ({ action }) => (action === "replace" ? ["fails-at-apply"] : []),
  openstack_networking_router_v2: ({ action, cause }) => (action === "replace" || cause.includes("external_network_id") ? ["outage"] : []),
  openstack_networking_router_interface_v2: routerInterfaceDamage,
  openstack_blockstorage_volume_v3: volumeDamage,
  openstack_compute_volume_attach_v2: attachmentDamage,
  openstack_sharedfilesystem_share_v2: shareDamage,
  openstack_sharedfilesystem_share_access_v2: (change, all) =>
    change.action === "create" || referredChange(change, "share_id", all, ["delete", "replace"]) ? [] : ["outage"],
  openstack_objectstorage_container_v1: containerDamage,
  openstack_identity_project_v3: ({ action, cause, after }) =>
    action === "delete" || action === "replace"
      ? ["data-lost"]
      : cause.includes("enabled") && after?.values["enabled"] === false
        ? ["outage"]
        : [],
  openstack_identity_role_assignment_v3: ({ action }, all) => (action === "create" || systemGoes(all) ? [] : ["outage"]),
  openstack_fw_rule_v2: firewallDamage,
  openstack_fw_policy_v2: firewallDamage,
  openstack_fw_group_v2: firewallDamage,
  openstack_vpnaas_endpoint_group_v2: ({ action }) => (action === "replace" ? ["fails-at-apply"] : []),
  openstack_compute_aggregate_v2: aggregateDamage,
  kubernetes_namespace_v1: protectionDamage,
  kubernetes_deployment_v1: protectionDamage,
  kubernetes_service_v1: protectionDamage,
  kubernetes_network_policy_v1: networkPolicyDamage,
};

function instanceDamage({ action, cause, after }: Change, all: readonly Change[]): DamageClass[] {
  switch (action) {
    case "delete":
      return ["data-lost"];
    case "replace": {
      const attached = after === undefined ? [] : referredTo(after, "network.port");
      const portRenewed = all.some(
        (each) => each.type === "openstack_networking_port_v2" && each.action === "replace" && attached.includes(each.address),
      );
      const networkChanged = cause.some((path) => path === "network" || (path.startsWith("network.") && path !== "network.port"));
      return portRenewed || networkChanged ? ["root-disk-lost", "re-addressed"] : ["root-disk-lost"];
    }
    case "update": {
      const damage: DamageClass[] = [];
      // Beside a boot volume an image id makes every apply rebuild the server in place; the volume keeps its id.
      const bootsFromVolume = blocks(after, "block_device").some((block) => block["destination_type"] === "volume");
      if (cause.some((path) => path === "image_id" || path === "image_name" || path.startsWith("personality")))
        damage.push(bootsFromVolume ? "reboot" : "root-disk-lost");
      if (cause.includes("flavor_id") || cause.includes("flavor_name")) damage.push("reboot");
      // Where it is left out the provider's own default is active.
      if (cause.includes("power_state")) damage.push((stringValue(after, "power_state") ?? "active") === "active" ? "reboot" : "outage");
      if (cause.includes("security_groups")) damage.push("exposure-changed");
      return damage;
    }
    default:
      return [];
  }
}

const PORT_EXPOSURE = ["security_group_ids", "no_security_groups", "port_security_enabled", "allowed_address_pairs"];

function portDamage(change: Change, all: readonly Change[]): DamageClass[] {
  const { action, cause } = change;
  if (action === "replace") return ["re-addressed"];
  if (action !== "update") return [];
  const damage: DamageClass[] = [];
  if (cause.some((path) => PORT_EXPOSURE.some((attribute) => path === attribute || path.startsWith(`${attribute}.`))))
    damage.push("exposure-changed");
  // Under a subnet that is itself replaced the port never gets its new address: that change fails first.
  const moves = cause.some((path) => path === "fixed_ip" || path === "fixed_ip.ip_address" || path === "no_fixed_ip");
  if (moves && !referredChange(change, "fixed_ip.subnet_id", all, ["replace"])) damage.push("re-addressed");
  return damage;
}

function securityGroupRuleDamage({ action, cause, before, after }: Change, all: readonly Change[]): DamageClass[] {
  if (action === "replace") return cause.every((path) => path === "description") ? [] : ["exposure-changed"];
  if (action === "delete") return groupIs("delete", before, all) ? [] : ["exposure-changed"];
  return groupIs("create", after, all) ? [] : ["exposure-changed"];
}

/** True where the rule's group comes or goes with it: what a new server opens is told by its exposure, not as a change to a running one. */
function groupIs(action: Change["action"], rule: Change["after"], all: readonly Change[]): boolean {
  const groups = rule === undefined ? [] : referredTo(rule, "security_group_id");
  return all.some((each) => each.action === action && groups.includes(each.address));
}

function floatingAddressDamage({ action, before, after }: Change, all: readonly Change[]): DamageClass[] {
  const ports = [before, after].flatMap((resource) => (resource === undefined ? [] : referredTo(resource, "port_id")));
  const portIs = (wanted: Change["action"]) => all.some((each) => each.action === wanted && ports.includes(each.address));
  if (action === "create") return ports.length === 0 || portIs("create") ? [] : ["exposure-changed"];
  if (action === "delete") return ports.length === 0 || portIs("delete") ? [] : ["exposure-changed", "re-addressed"];
  return action === "replace" ? ["exposure-changed", "re-addressed"] : [];
}

function routerInterfaceDamage(change: Change, all: readonly Change[]): DamageClass[] {
  if (change.action !== "replace" && change.action !== "delete") return [];
  // The subnet's own class tells what happens: its replacement fails, its removal takes the interface along.
  return referredChange(change, "subnet_id", all, ["replace", "delete"]) ? [] : ["outage"];
}

function volumeDamage({ address, action, cause, before, after }: Change, all: readonly Change[]): DamageClass[] {
  if (action === "delete" || action === "replace") return ["data-lost"];
  if (action !== "update" || !cause.includes("size")) return [];
  const from = before?.values["size"];
  const to = after?.values["size"];
  if (typeof from !== "number" || typeof to !== "number" || to < from) return ["fails-at-apply"];
  const isAttached = all.some(
    (each) =>
      each.type === "openstack_compute_volume_attach_v2" &&
      each.before !== undefined &&
      referredTo(each.before, "volume_id").includes(address),
  );
  return isAttached && after?.values["enable_online_resize"] !== true ? ["fails-at-apply"] : [];
}

function attachmentDamage(change: Change, all: readonly Change[]): DamageClass[] {
  if (change.action !== "delete" && change.action !== "replace") return [];
  return ["instance_id", "volume_id"].some((path) => referredChange(change, path, all, ["delete", "replace"])) ? [] : ["outage"];
}

function shareDamage({ action, cause, before, after }: Change): DamageClass[] {
  if (action === "delete" || action === "replace") return ["data-lost"];
  const shrinks = cause.includes("size") && Number(after?.values["size"]) < Number(before?.values["size"]);
  return action === "update" && shrinks ? ["data-lost"] : [];
}

function containerDamage({ action, cause }: Change): DamageClass[] {
  if (action === "delete" || action === "replace") return ["data-lost"];
  return cause.some((path) => path === "container_read" || path === "container_write") ? ["exposure-changed"] : [];
}

function firewallDamage({ action, cause }: Change, all: readonly Change[]): DamageClass[] {
  // With the router that it stands on it comes or goes as part of its system; in front of standing servers it opens or closes them.
  const actionsOf = (type: string) => new Set(all.filter((each) => each.type === type).map((each) => each.action));
  const [group, ...otherGroups] = actionsOf("openstack_fw_group_v2");
  const [router, ...otherRouters] = actionsOf("openstack_networking_router_v2");
  if (group === router && otherGroups.length + otherRouters.length === 0 && (group === "create" || group === "delete")) return [];
  const wordsOnly = cause.length > 0 && cause.every((path) => path === "name" || path === "description");
  return action === "update" && wordsOnly ? [] : ["exposure-changed"];
}

/** Protection that goes leaves its servers bare; with the whole system gone there is nothing left to protect. */
function protectionDamage({ action }: Change, all: readonly Change[]): DamageClass[] {
  return (action === "delete" || action === "replace") && !systemGoes(all) ? ["outage"] : [];
}

/** Whether the whole system is deleted: its project goes, and what is lost is its data, which their own resources tell. */
function systemGoes(all: readonly Change[]): boolean {
  return all.some(({ type, action }) => type === "openstack_identity_project_v3" && action === "delete");
}

/** A node that leaves its system's aggregate no longer serves it. */
function aggregateDamage({ action, cause, before, after }: Change, all: readonly Change[]): DamageClass[] {
  if (action === "delete") return systemGoes(all) ? [] : ["outage"];
  if (!cause.includes("hosts")) return [];
  const hosts = after?.values["hosts"];
  const stays = (host: unknown) => Array.isArray(hosts) && hosts.includes(host);
  const held = before?.values["hosts"];
  return action === "create" || (Array.isArray(held) && held.every(stays)) ? [] : ["outage"];
}

/** A namespace's network policy closes it: changed or gone, something else may reach it. With its namespace it comes and goes unnoticed. */
function networkPolicyDamage({ action }: Change, all: readonly Change[]): DamageClass[] {
  const namespaceStays = all.every(
    (each) => each.type !== "kubernetes_namespace_v1" || each.action === "no-op" || each.action === "update",
  );
  return action === "create" || !namespaceStays ? [] : ["exposure-changed"];
}

/** Whether something that the change's resource refers to at a path, before or after, changes in one of these ways. */
function referredChange({ before, after }: Change, path: string, all: readonly Change[], actions: readonly Change["action"][]): boolean {
  const addresses = [before, after].flatMap((resource) => (resource === undefined ? [] : referredTo(resource, path)));
  return all.some((each) => addresses.includes(each.address) && actions.includes(each.action));
}
