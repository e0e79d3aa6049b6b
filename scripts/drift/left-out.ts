import { type Text, text } from "../../catalog/text.ts";
import type { CloudObject } from "../cloud/cloud-client.ts";
import type { CloudLists, Kind } from "./cloud-lists.ts";
import type { ManagedIds } from "./managed-ids.ts";

/** Whether the state, or the list of what is unmanaged, answers for a thing of a kind. */
export interface Known {
  readonly managed: ManagedIds;
  readonly lists: CloudLists;
  readonly isManaged: (kind: Kind, id: string) => boolean;
}

/** Why a thing that no state holds is no finding: the cloud makes it itself with something else. Undefined where it is one. */
export function leftOutBecause(kind: Kind, thing: CloudObject, known: Known): Text | undefined {
  switch (kind) {
    case "security-group":
      return thing["name"] === "default"
        ? text("Neutron 给每个项目的默认安全组", "Neutron makes the group `default` in every project")
        : undefined;
    case "security-group-rule":
      return ruleReason(thing, known);
    case "port":
      return portReason(thing, known);
    case "volume":
      return volumeReason(thing, known);
    default:
      return undefined;
  }
}

/** Only the rules that Neutron makes itself: one that was added beside them, to the default group too, is told. */
function ruleReason(rule: CloudObject, { managed, lists, isManaged }: Known): Text | undefined {
  const { protocol, port_range_min: min, port_range_max: max, remote_ip_prefix: prefix, remote_address_group_id: addresses } = rule;
  const group = String(rule["security_group_id"]);
  const peer = rule["remote_group_id"] ?? null;
  if ([protocol, min, max, prefix, addresses].some((each) => (each ?? null) !== null)) return undefined;
  const isDefault = lists["security-group"].some(({ id, name }) => id === group && name === "default");
  if (isDefault && ((rule["direction"] === "ingress" && peer === group) || (rule["direction"] === "egress" && peer === null)))
    return text("Neutron 给默认安全组的四条规则之一", "one of the four rules that Neutron gives the group `default`");
  if (rule["direction"] !== "egress" || peer !== null) return undefined;
  if (managed.groupsWithDefaultRules.has(group))
    return text("Neutron 随安全组建立的出向规则", "an egress rule that Neutron makes with a group");
  return isManaged("security-group", group) || isDefault
    ? undefined
    : text("随未纳管的安全组而来", "came with a security group that is told itself");
}

const INTERFACES = new Set(["network:router_interface", "network:router_interface_distributed", "network:ha_router_replicated_interface"]);

function portReason(port: CloudObject, { lists, isManaged }: Known): Text | undefined {
  const owner = String(port["device_owner"] ?? "");
  const device = String(port["device_id"] ?? "");
  if (owner === "network:dhcp" || owner === "network:distributed")
    return text("Neutron 在网络里自建的端口（DHCP、元数据）", "Neutron's own port in a network (DHCP, metadata)");
  if (owner === "Octavia" || owner === "octavia") return text("负载均衡自己的端口", "a load balancer's own port");
  if (INTERFACES.has(owner)) {
    // An interface that was added to a managed router by hand joins another network to the system's own.
    if (isManaged("router", device)) return undefined;
    return lists.router.some(({ id }) => id === device)
      ? text("随未纳管的路由器而来", "came with a router that is told itself")
      : undefined;
  }
  if (owner.startsWith("network:")) return text("路由器或公网地址自己的端口", "a router's or public address's own port");
  // A port that Nova made for a server by hand; one without port security is told for itself.
  return owner.startsWith("compute:") &&
    port["port_security_enabled"] !== false &&
    !isManaged("server", device) &&
    lists.server.some(({ id }) => id === device)
    ? text("随未纳管的云主机而来", "came with a server that is told itself")
    : undefined;
}

/** The volume that a managed server boots from is part of the server in its state; any other one attached to it was attached by hand. */
function volumeReason(volume: CloudObject, { lists, isManaged }: Known): Text | undefined {
  const attachments = Array.isArray(volume["attachments"]) ? (volume["attachments"] as { server_id?: unknown; device?: unknown }[]) : [];
  const boots = attachments.some(({ server_id: id, device }) => {
    const server = lists.server.find((each) => each["id"] === id);
    return server !== undefined && isManaged("server", String(id)) && device === rootDevice(server);
  });
  return boots ? text("已纳管云主机的系统盘，按该云主机计价", "the boot volume of a managed server, priced there") : undefined;
}

/** Only administrators are told the root device; Nova's own default stands in. */
function rootDevice(server: CloudObject): string {
  const told = server["OS-EXT-SRV-ATTR:root_device_name"];
  return typeof told === "string" && told !== "" ? told : "/dev/vda";
}
