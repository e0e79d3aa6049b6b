import type { Text } from "../../text.ts";
import { serverName } from "../exposure.ts";
import type { PlannedResource } from "../planned-resource.ts";
import { isWorld, printAddressRange, publicAddresses, worldAmong } from "./address-range.ts";
import { readFirewallRules } from "./firewall.ts";
import type { NamedPort } from "./named-ports.ts";
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
  readonly server: string | undefined;
  readonly protocol: string;
  readonly ports: Ports;
  readonly peer: Peer;
  readonly isPublic: boolean;
  readonly cause: WorldOpening["cause"];
}

/**
 * Openings of these ports to the world: to everybody, or to networks that together hold so many public addresses that everybody is meant. Ranges
 * and rules for every port or protocol count where they hold such a port; rules of the firewall, and of groups that nobody uses yet, count too.
 */
export function readWorldOpenings(resources: readonly PlannedResource[], table: readonly NamedPort[]): WorldOpening[] {
  const found = new Map<string, { opening: WorldOpening; servers: Set<string>; ports: Set<NamedPort> }>();
  for (const ways of waysByServer(resources).values()) {
    for (const port of table) {
      const holding = ways.flatMap((way) => {
        const holds = holdsPort(way.protocol, way.ports, port);
        return holds === "no" ? [] : [{ way, isCertain: holds === "yes" }];
      });
      const ranges = holding.flatMap(({ way: { peer } }) => (peer.kind === "network" ? [peer.range] : []));
      const world = ranges.length === 0 ? new Set() : worldAmong(ranges);
      for (const { way, isCertain } of holding) {
        const { peer } = way;
        if (peer.kind === "network" && !world.has(peer.range)) continue;
        const kind = isCertain && peer.kind !== "unknown" ? "open" : "unknown";
        const key = `${way.cause.resource.address} ${way.cause.attribute} ${kind}`;
        const entry = found.get(key) ?? {
          opening: { kind, cause: way.cause, servers: [], ports: [], from: sourceWords(way, world.size) },
          servers: new Set(),
          ports: new Set(),
        };
        found.set(key, entry);
        entry.ports.add(port);
        if (way.server !== undefined) entry.servers.add(way.server);
      }
    }
  }
  return [...found.values()].map(({ opening, servers, ports }) => ({ ...opening, servers: [...servers], ports: [...ports] }));
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

const WAYS = new WeakMap<readonly PlannedResource[], ReadonlyMap<string, readonly Way[]>>();

/** Ways in that may be the world's, by server: a private network never is, in how many pieces ever. */
function waysByServer(resources: readonly PlannedResource[]): ReadonlyMap<string, readonly Way[]> {
  const ways = WAYS.get(resources) ?? readWays(resources);
  WAYS.set(resources, ways);
  return ways;
}

function readWays(resources: readonly PlannedResource[]): ReadonlyMap<string, readonly Way[]> {
  const ways = new Map<string, Way[]>();
  const isPrivate = (peer: Peer) => peer.kind === "network" && publicAddresses([peer.range], peer.range.family) === 0n;
  const { openings, unused } = readOpenings(resources);
  for (const opening of openings) {
    if (!isPrivate(opening.peer)) append(ways, opening.server.address, { ...opening, server: serverName(opening.server) });
  }
  for (const { resource, protocol, ports, peers, peerAttribute } of unused) {
    for (const peer of peers)
      if (!isPrivate(peer))
        append(ways, "unused", {
          server: undefined,
          protocol,
          ports,
          peer,
          isPublic: false,
          cause: { resource, attribute: peerAttribute },
        });
  }
  const told = new Set([...ways.values()].flat().map(wayKey));
  for (const { resource, direction, protocol, ports, source } of readFirewallRules(resources)) {
    // What a group's rule opens in the same words is told there.
    if (direction === "egress" || isPrivate(source) || told.has(wayKey({ protocol, ports, peer: source }))) continue;
    append(ways, "firewall", {
      server: undefined,
      protocol,
      ports,
      peer: source,
      isPublic: false,
      cause: { resource, attribute: "source_ip_address" },
    });
  }
  return ways;
}

function wayKey({ protocol, ports, peer }: Pick<Way, "protocol" | "ports" | "peer">): string {
  return [protocol, printPorts(ports), peer.kind === "network" ? printAddressRange(peer.range) : peer.kind].join("|");
}

function sourceWords({ peer, isPublic }: Way, count: number): Text {
  switch (peer.kind) {
    case "anyone":
      return isPublic ? { zh: "互联网", en: "the internet" } : { zh: "任何地址", en: "any address" };
    case "unknown":
      return { zh: "尚不知道的来源", en: "a source that is not known yet" };
    case "network": {
      const range = printAddressRange(peer.range);
      return isWorld([peer.range])
        ? { zh: `${range}（大到等于任何地址）`, en: `${range}, which is so large that it means any address` }
        : {
            zh: `${range}（与另 ${count - 1} 个网段合起来等于任何地址）`,
            en: `${range}, which with ${count - 1} more networks means any address`,
          };
    }
  }
}
