import { append } from "../exposure/stack-index.ts";
import type { DamageClass, PlannedResource } from "../planned-resource.ts";
import type { Rules } from "./rule.ts";
import { type Change, type StackChanges, switchesOff, touches } from "./stack-changes.ts";

const RULE = "openstack_networking_secgroup_rule_v2";

/** Security groups and the cloud firewall: what may be reached. */
export const PROTECTION_RULES: Rules = {
  [RULE]: securityGroupRuleDamage,
  // Which ports a group leaves is told by those ports.
  openstack_networking_secgroup_v2: (change) =>
    change.action === "replace" || (change.action === "update" && touches(change, "stateful")) ? ["exposure-changed"] : [],
  openstack_networking_port_secgroup_associate_v2: (change, stack) =>
    stack.isPointedTo(change, "port_id", "create", "delete") ? [] : ["exposure-changed"],
  openstack_fw_rule_v2: firewallDamage,
  openstack_fw_policy_v2: firewallDamage,
  openstack_fw_group_v2: (change, stack) => {
    const damage = firewallDamage(change, stack);
    // A group that is down lets nothing through.
    return switchesOff(change, "admin_state_up") ? [...damage, "outage"] : damage;
  },
};

function securityGroupRuleDamage(change: Change, stack: StackChanges): readonly DamageClass[] {
  const { action, cause, before, after } = change;
  const groupDoes = (wanted: Change["action"]) => stack.isPointedTo(change, "security_group_id", wanted);
  switch (action) {
    case "delete":
      return groupDoes("delete") ? [] : ["exposure-changed"];
    case "replace":
      return cause.every((path) => path === "description") || (before !== undefined && after !== undefined && isSameRule(before, after))
        ? []
        : ["exposure-changed"];
    case "create": {
      // What a new group opens is told by its exposure, not as a change to something that runs.
      const opened: readonly DamageClass[] = groupDoes("create") ? [] : ["exposure-changed"];
      return isThereAlready(change, stack) ? ["fails-at-apply", ...opened] : opened;
    }
    default:
      return [];
  }
}

/** Neutron refuses a second rule that says the same in one group: the egress rules that it gives every new group, or another rule declared. */
function isThereAlready({ address, after }: Change, stack: StackChanges): boolean {
  if (after === undefined) return false;
  const groups = stack.pointedTo(after, "security_group_id");
  if (isDefaultRule(after) && groups.some((group) => group.after !== undefined && group.after.values["delete_default_rules"] !== true))
    return true;
  const { byKey, keys } = stack.once("rules", () => rulesOf(stack));
  const key = keys.get(after) ?? ruleKey(after);
  return (
    key !== undefined &&
    (byKey.get(key) ?? []).some((other) => other.address !== address && (other.action !== "create" || other.address < address))
  );
}

function isDefaultRule(rule: PlannedResource): boolean {
  if (given(rule, "direction") !== "egress") return false;
  const [, , protocol, ports, peer] = contentOf(rule);
  return protocol === "any" && ports === "any" && peer === "anyone";
}

function isSameRule(before: PlannedResource, after: PlannedResource): boolean {
  const [then, now] = [ruleKey(before), ruleKey(after)];
  return then !== undefined && then === now;
}

/** Rules of a stack, before and after, by group and content, and what each is found by. */
function rulesOf(stack: StackChanges): {
  readonly byKey: ReadonlyMap<string, readonly Change[]>;
  readonly keys: ReadonlyMap<PlannedResource, string>;
} {
  const byKey = new Map<string, Change[]>();
  const keys = new Map<PlannedResource, string>();
  for (const change of stack.ofType(RULE)) {
    for (const resource of [change.before, change.after]) {
      const key = resource === undefined ? undefined : (keys.get(resource) ?? ruleKey(resource));
      if (resource === undefined || key === undefined) continue;
      keys.set(resource, key);
      append(byKey, key, change);
    }
  }
  return { byKey, keys };
}

/** Group and content of a rule in one word; undefined where part of it is only known after apply. */
function ruleKey(rule: PlannedResource): string | undefined {
  const isReferred = (path: string) => rule.references.has(path);
  for (const path of rule.unknown) if (path in CONTENT && !isReferred(path)) return undefined;
  return JSON.stringify([given(rule, "security_group_id"), ...contentOf(rule)]);
}

const CONTENT: Readonly<Record<string, true>> = {
  security_group_id: true,
  direction: true,
  ethertype: true,
  protocol: true,
  port_range_min: true,
  port_range_max: true,
  remote_ip_prefix: true,
  remote_group_id: true,
  remote_address_group_id: true,
};

/** What a rule says, as Neutron stores it: what is left out is everything, and so is every port written out. */
function contentOf(rule: PlannedResource): readonly string[] {
  const protocol = given(rule, "protocol");
  const [from, to] = [given(rule, "port_range_min") ?? "0", given(rule, "port_range_max") ?? "0"];
  const everyPort = (from === "0" && to === "0") || (from === "1" && to === "65535");
  const prefix = given(rule, "remote_ip_prefix");
  const peer = given(rule, "remote_group_id") ?? given(rule, "remote_address_group_id") ?? prefix;
  return [
    given(rule, "direction") ?? "",
    given(rule, "ethertype") ?? "",
    protocol === undefined || protocol === "0" || protocol === "any" ? "any" : protocol,
    everyPort ? "any" : `${from}-${to}`,
    peer === undefined || peer === "0.0.0.0/0" || peer === "::/0" ? "anyone" : peer,
  ];
}

/** Value of an attribute in words, or what it refers to. */
function given(rule: PlannedResource, attribute: string): string | undefined {
  const [reference] = rule.references.get(attribute) ?? [];
  if (reference !== undefined) return `${reference.address}.${reference.attribute}`;
  const value = rule.values[attribute];
  return value === undefined || value === null || value === "" ? undefined : String(value);
}

function firewallDamage({ action, cause }: Change, stack: StackChanges): readonly DamageClass[] {
  // With the router that it stands on it comes or goes as part of its system; in front of standing servers it opens or closes them.
  const actionsOf = (type: string) => stack.once(`actions of ${type}`, () => new Set(stack.ofType(type).map((each) => each.action)));
  const [group, ...otherGroups] = actionsOf("openstack_fw_group_v2");
  const [router, ...otherRouters] = actionsOf("openstack_networking_router_v2");
  if (group === router && otherGroups.length + otherRouters.length === 0 && (group === "create" || group === "delete")) return [];
  const wordsOnly = cause.length > 0 && cause.every((path) => path === "name" || path === "description");
  return action === "update" && wordsOnly ? [] : ["exposure-changed"];
}
