import type { Text } from "../../text.ts";
import { serverName } from "../exposure.ts";
import type { PlannedResource } from "../planned-resource.ts";
import { type AddressRange, printAddressRange } from "./address-range.ts";
import { readFirewallRules } from "./firewall.ts";
import { NAMED_PORTS, type NamedPort } from "./named-ports.ts";
import type { PublicSpace } from "./public-space.ts";
import { readOpenings } from "./read-openings.ts";
import { append } from "./stack-index.ts";
import { holdsPort, type Peer, type Ports, printPorts } from "./traffic.ts";

/** What opens named ports to the world, or may do so as far as anybody can tell. */
export interface WorldOpening {
  readonly kind: "open" | "unknown";
  readonly cause: { readonly resource: PlannedResource; readonly attribute: string };
  /** Names of the servers behind it; empty where no server of the stack uses the rule yet. */
  readonly servers: readonly string[];
  readonly ports: readonly NamedPort[];
  readonly from: Text;
}

interface Way {
  readonly protocol: string;
  readonly ports: Ports;
  readonly peer: Peer;
  readonly isPublic: boolean;
  readonly cause: WorldOpening["cause"];
}

/** A system's resources, as they are and as they were, and which addresses are public to it. */
export interface OpenTo {
  readonly resources: readonly PlannedResource[];
  readonly before?: readonly PlannedResource[];
  readonly space: PublicSpace;
}

interface Found {
  readonly opening: WorldOpening;
  readonly servers: Set<string>;
  /** By the row of the table, as much of it as is open. */
  readonly ports: Map<NamedPort, NamedPort>;
}

/**
 * Openings of these ports to the world: to everybody, or to networks that together hold more public addresses than one partner has. The networks of
 * all rules that let a port of a server be reached count together. Ranges and rules for every port or protocol count where they hold such a port;
 * rules of the firewall, and of groups that nobody uses yet, count too.
 *
 * @param table rows of {@link NAMED_PORTS}.
 */
export function readWorldOpenings(to: OpenTo, table: readonly NamedPort[]): WorldOpening[] {
  const found = new Map<string, Found>();
  for (const { servers, ways } of groupsOfWays(to)) {
    if (ways.length === 0) continue;
    const worlds = new Map<string, ReadonlySet<unknown>>();
    for (const port of table) {
      const holding = ways.flatMap((way, index) => {
        const holds = holdsPort(way.protocol, way.ports, port);
        return holds === "no" ? [] : [{ way, index, isCertain: holds === "yes" }];
      });
      if (holding.length === 0) continue;
      // Many ports of the table are held by the same rules.
      const key = holding.map(({ index }) => index).join();
      const ranges = () => holding.flatMap(({ way: { peer } }) => (peer.kind === "network" ? [peer.range] : []));
      const world = worlds.get(key) ?? to.space.worldAmong(ranges());
      worlds.set(key, world);
      for (const { way, isCertain } of holding) {
        if (way.peer.kind === "network" && !world.has(way.peer.range)) continue;
        addTo(
          found,
          way,
          isCertain && way.peer.kind !== "unknown" ? "open" : "unknown",
          sourceWords(way, world.size, to.space),
          port,
          servers,
        );
      }
    }
  }
  return [...found.values()].map(({ opening, servers, ports }) => ({ ...opening, servers: [...servers], ports: [...ports.values()] }));
}

function addTo(
  found: Map<string, Found>,
  { cause, ports }: Way,
  kind: WorldOpening["kind"],
  from: Text,
  port: NamedPort,
  servers: readonly string[],
): void {
  const key = `${cause.resource.address} ${cause.attribute} ${kind}`;
  const entry = found.get(key) ?? { opening: { kind, cause, servers: [], ports: [], from }, servers: new Set(), ports: new Map() };
  found.set(key, entry);
  entry.ports.set(
    port,
    ports.kind === "range" ? { ...port, from: Math.max(port.from, ports.from), to: Math.min(port.to, ports.to) } : port,
  );
  for (const server of servers) entry.servers.add(server);
}

/** `tcp 22 (SSH), tcp 3389 (remote desktop) and 5 more`. */
export function printNamedPorts(ports: readonly NamedPort[]): Text {
  const shown = ports
    .slice(0, 3)
    .map(({ protocol, from, to, name }) => ({ port: `${protocol} ${from === to ? from : `${from}-${to}`}`, name }));
  const rest = ports.length - shown.length;
  return {
    zh: `${shown.map(({ port, name }) => `${port}（${name}）`).join("、")}${rest > 0 ? `等 ${ports.length} 个` : ""}`,
    en: `${shown.map(({ port, name }) => `${port} (${name})`).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`,
  };
}

/** Servers that are reached in the same ways; none where the ways are those of rules that no server uses yet. */
interface GroupOfWays {
  readonly servers: readonly string[];
  readonly ways: readonly Way[];
}

const WAYS = new WeakMap<readonly PlannedResource[], { readonly to: OpenTo; readonly groups: readonly GroupOfWays[] }>();

function groupsOfWays(to: OpenTo): readonly GroupOfWays[] {
  const cached = WAYS.get(to.resources);
  if (cached?.to.before === to.before && cached?.to.space === to.space) return cached.groups;
  const groups = readGroups(to);
  WAYS.set(to.resources, { to, groups });
  return groups;
}

/** Ways in to named ports that may be the world's: a private network never is, in how many pieces ever. */
function readGroups({ resources, before, space }: OpenTo): GroupOfWays[] {
  const matters = ({ protocol, ports, peer }: Pick<Way, "protocol" | "ports" | "peer">) =>
    mayHoldNamedPort(protocol, ports) && !(peer.kind === "network" && space.isPrivate(peer.range));
  const { openings, unused } = readOpenings(resources, before);
  const byServer = new Map<PlannedResource, Way[]>();
  for (const opening of openings) if (matters(opening)) append(byServer, opening.server, opening);
  const alike = new Map<string, { servers: string[]; ways: readonly Way[] }>();
  for (const [server, ways] of byServer) {
    const key = ways.map(({ cause, isPublic, ...way }) => `${cause.resource.address} ${isPublic} ${wayKey(way)}`).join("\n");
    const group = alike.get(key) ?? { servers: [], ways };
    alike.set(key, group);
    group.servers.push(serverName(server));
  }
  const unusedWays = unused.flatMap(({ resource, protocol, ports, peers, peerAttribute }) =>
    peers.map((peer): Way => ({ protocol, ports, peer, isPublic: false, cause: { resource, attribute: peerAttribute } })),
  );
  const groups = [...alike.values(), { servers: [], ways: unusedWays.filter(matters) }];
  const told = new Set(groups.flatMap(({ ways }) => ways.map(wayKey)));
  const firewall = readFirewallRules(resources)
    .filter(({ direction }) => direction !== "egress")
    .map(({ resource, attribute, protocol, ports, source }): Way => {
      const cause = { resource, attribute: attribute ?? "source_ip_address" };
      return { protocol, ports, peer: source, isPublic: false, cause };
    })
    // What a group's rule opens in the same words is told there.
    .filter((way) => matters(way) && !told.has(wayKey(way)));
  return [...groups, { servers: [], ways: firewall }];
}

const TCP_OR_UDP = new Set<string>(NAMED_PORTS.map(({ protocol }) => protocol));
/** By its number, each port that is named for one of them. */
const NAMED = new Set(NAMED_PORTS.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index)));

/** False for most rules of a plan, such as one for port 443: they need no closer look. */
function mayHoldNamedPort(protocol: string, ports: Ports): boolean {
  if (ports.kind === "range" && ports.from === ports.to) return NAMED.has(ports.from);
  return protocol === "any" || protocol === "unknown" || TCP_OR_UDP.has(protocol);
}

function wayKey({ protocol, ports, peer }: Pick<Way, "protocol" | "ports" | "peer">): string {
  return [protocol, printPorts(ports), peer.kind === "network" ? printAddressRange(peer.range) : peer.kind].join("|");
}

function sourceWords({ peer, isPublic }: Way, count: number, space: PublicSpace): Text {
  switch (peer.kind) {
    case "anyone":
      if (peer.family === 6) return { zh: "任何 IPv6 地址", en: "any IPv6 address" };
      return isPublic ? { zh: "互联网", en: "the internet" } : { zh: "任何地址", en: "any address" };
    case "unknown":
      return { zh: "尚不知道的来源", en: "a source that is not known yet" };
    case "network":
      return worldWords(peer.range, count, space);
  }
}

/** Why a network is the world, by itself or with the others of `count`. */
export function worldWords(range: AddressRange, count: number, space: PublicSpace): Text {
  const words = printAddressRange(range);
  const limit = range.family === 4 ? "/24" : "/48";
  return space.isWorld([range])
    ? {
        zh: `${words}（超过一个公网 ${limit} 网段，等于任何地址）`,
        en: `${words}, more public addresses than a ${limit}, which means any address`,
      }
    : {
        zh: `${words}（与另 ${count - 1} 个网段合起来超过一个公网 ${limit} 网段，等于任何地址）`,
        en: `${words}, with ${count - 1} more networks more public addresses than a ${limit}, which means any address`,
      };
}
