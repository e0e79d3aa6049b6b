import { PublicSpace } from "../../catalog/terraform-plan/exposure/public-space.ts";
import { printPorts, readPorts, readPrefix, readProtocol } from "../../catalog/terraform-plan/exposure/traffic.ts";
import type { PlannedResource } from "../../catalog/terraform-plan/planned-resource.ts";
import { type Text, text } from "../../catalog/text.ts";
import type { CloudObject } from "../cloud/cloud-client.ts";
import { FROM_WORDS, portWords } from "../render/words.ts";
import type { CloudLists, Kind } from "./cloud-lists.ts";

/** What an unmanaged thing opens. */
export interface Opening {
  /** Whether it is to everybody. */
  readonly world: boolean;
  readonly words: Text;
}

/** What a thing opens by itself, beside everything declared; undefined where nothing. */
export function openedBy(kind: Kind, thing: CloudObject, lists: CloudLists): Opening | undefined {
  switch (kind) {
    case "security-group-rule":
      return openedByRule(thing, lists);
    case "port":
      return openedByPort(thing, lists);
    case "floating-ip":
      return openedByAddress(thing, lists);
    case "container":
      return openedByContainer(thing);
    case "image":
      return openedByImage(thing);
    default:
      return undefined;
  }
}

/** A rule as Neutron understands it: what it leaves out, it allows. */
function openedByRule(rule: CloudObject, lists: CloudLists): Opening {
  const resource = planned("openstack_networking_secgroup_rule_v2", rule);
  const protocol = readProtocol(resource);
  const what = portWords(protocol, printPorts(readPorts(resource, protocol)));
  const isMember = (port: CloudObject) => idsOf(port["security_groups"]).includes(String(rule["security_group_id"]));
  const servers = serversOf(lists, isMember);
  // Floating addresses are of IPv4, and let in.
  const isIn = rule["direction"] !== "egress" && rule["ethertype"] !== "IPv6";
  const isPublic = isIn && lists["floating-ip"].some(({ port_id: id }) => lists.port.some((port) => port["id"] === id && isMember(port)));
  const source = sourceOf(rule, lists, isPublic);
  const who: Text =
    servers.length === 0
      ? text("该安全组里的主机（目前没有）", "servers of the group (none now)")
      : text(servers.join("、"), servers.join(", "));
  const words =
    rule["direction"] === "egress"
      ? text(`${who.zh} 可以用 ${what.zh} 访问${source.words.zh}`, `${who.en} may reach ${source.words.en} by ${what.en}`)
      : text(`${who.zh} 的 ${what.zh} 可从${source.words.zh}访问`, `${who.en} ${what.en}: reachable from ${source.words.en}`);
  return { world: source.world, words };
}

/** Whoever a rule names; with a public address among its members everybody is the internet. */
function sourceOf(rule: CloudObject, lists: CloudLists, isPublic: boolean): Opening {
  const { remote_group_id: group, remote_address_group_id: addresses, remote_ip_prefix: prefix } = rule;
  if (typeof group === "string") {
    const name = lists["security-group"].find(({ id }) => id === group)?.["name"] ?? group;
    return { world: false, words: text(`安全组 ${name} 的成员`, `the members of group ${name}`) };
  }
  // What stands in an address group changes without the rule: nobody can say that it is not everybody.
  if (typeof addresses === "string") return { world: true, words: text(`地址组 ${addresses}`, `address group ${addresses}`) };
  const peer = readPrefix(prefix);
  if (peer.kind === "network") return { world: new PublicSpace().isWorld([peer.range]), words: text(String(prefix), String(prefix)) };
  const from = peer.kind === "anyone" && isPublic ? "internet" : peer.kind;
  return { world: true, words: FROM_WORDS[from] ?? text("未知来源", "an unknown source") };
}

function openedByPort(port: CloudObject, lists: CloudLists): Opening | undefined {
  const server = lists.server.find(({ id }) => id === port["device_id"])?.["name"] ?? (port["name"] || port["id"]);
  if (port["port_security_enabled"] === false && !String(port["device_owner"] ?? "").startsWith("network:"))
    return {
      world: true,
      words: text(`${server} 的这个端口不受任何安全组保护`, `no security group guards this port of ${server}`),
    };
  const pairs = Array.isArray(port["allowed_address_pairs"]) ? (port["allowed_address_pairs"] as { ip_address?: unknown }[]) : [];
  return pairs.some(({ ip_address: address }) => readPrefix(address).kind === "anyone")
    ? {
        world: true,
        words: text(`${server} 的这个端口可以冒用任何地址`, `this port of ${server} may use every address as its own`),
      }
    : undefined;
}

function openedByAddress(address: CloudObject, lists: CloudLists): Opening | undefined {
  const port = lists.port.find(({ id }) => id === address["port_id"]);
  if (typeof address["port_id"] !== "string") return undefined;
  const server = lists.server.find(({ id }) => id === port?.["device_id"])?.["name"] ?? address["fixed_ip_address"];
  const ip = String(address["floating_ip_address"]);
  return {
    world: true,
    words: text(
      `${server} 有了公网地址 ${ip}：安全组放行的端口可从互联网访问`,
      `${server} has the public address ${ip}: what its security groups let through is reachable from the internet`,
    ),
  };
}

/** `.r:*` lets everybody read, `.rlistings` lists too; an access list of projects names who may. */
function openedByContainer({ read, write }: CloudObject): Opening | undefined {
  if (typeof read === "string" && read.includes(".r:*"))
    return { world: true, words: text("任何人都可以下载其中的文件", "anybody may read what is in it") };
  const wild = [read, write].some((list) => typeof list === "string" && /(^|,)\s*\*/.test(list));
  return wild ? { world: true, words: text("任何项目的账号都可以读写", "users of every project may read or write it") } : undefined;
}

function openedByImage({ visibility }: CloudObject): Opening | undefined {
  return visibility === "public" || visibility === "community"
    ? { world: true, words: text("所有项目都可以使用这个镜像", "every project may use this image") }
    : undefined;
}

/** Names of the servers that have a port of a kind, sorted: the cloud lists them in no order. */
function serversOf({ port, server }: CloudLists, has: (port: CloudObject) => boolean): string[] {
  const devices = new Set(port.filter(has).map((each) => each["device_id"]));
  const names = server.filter(({ id }) => devices.has(id)).map(({ name }) => String(name));
  return names.sort();
}

function idsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A thing of the cloud, for the readers of planned resources: everything about it is known. */
export function planned(type: string, values: CloudObject): PlannedResource {
  const name = String(values["name"] ?? values["id"]);
  return { address: `${type}.${name}`, type, name, values, unknown: new Set(), references: new Map(), ignoreChanges: [] };
}
