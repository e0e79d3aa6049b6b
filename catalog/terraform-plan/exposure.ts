import { printAddressRange } from "./exposure/address-range.ts";
import { Coverage } from "./exposure/coverage.ts";
import { type Opening, readOpenings } from "./exposure/read-openings.ts";
import { printPorts } from "./exposure/traffic.ts";
import { type PlannedResource, stringValue } from "./planned-resource.ts";

/** A port of a server that can be reached from outside its system. */
export interface Reachable {
  /** Name of the server in the cloud. */
  readonly server: string;
  /** `tcp`, `udp`, `icmp`, a protocol number, `any` or `unknown`. */
  readonly protocol: string;
  /** `443`, `8000-8010`, `any` or `unknown`; of icmp its type, with a code `3/4`. */
  readonly ports: string;
  /** `internet`, `anyone` (any source, no public address), a CIDR (`::/0` is every IPv6 address), or `unknown`. */
  readonly from: string;
}

export type ExposureChange = Reachable & { readonly change: "opened" | "closed" | "unchanged" };

/**
 * What can be reached from outside the system, as Neutron understands the rules: what a rule leaves out, it allows. What a port leaves out keeps
 * its last value, which `before` (the same stack as it was) tells.
 */
export function readExposure(resources: readonly PlannedResource[], before: readonly PlannedResource[] = []): Reachable[] {
  const found = new Map<string, Reachable>();
  for (const opening of readOpenings(resources, before).openings) {
    const reachable = reachableOf(opening);
    const key = exposureKey(reachable);
    if (!found.has(key)) found.set(key, reachable);
  }
  return inOrder([...found].map(([key, each]) => ({ key, each })));
}

/** An opening in words that a result can hold. */
export function reachableOf({ server, protocol, ports, peer, isPublic }: Opening): Reachable {
  return { server: serverName(server), protocol, ports: printPorts(ports), from: fromOf(peer, isPublic) };
}

function fromOf(peer: Opening["peer"], isPublic: boolean): string {
  if (peer.kind === "network") return printAddressRange(peer.range);
  // Floating addresses are of IPv4: whether a server's own IPv6 address is routed, no rule tells.
  if (peer.kind === "anyone" && peer.family === 6) return "::/0";
  return peer.kind === "anyone" && isPublic ? "internet" : peer.kind;
}

/** Name in the cloud, or where that is not known yet, in the configuration. */
export function serverName(server: PlannedResource): string {
  return stringValue(server, "name") ?? server.name;
}

/**
 * Exposure before and after a change, each opening once. What could be reached before too, by a wider opening, is not opened; what still can be,
 * by another one, is not closed: rules that are written anew, in more or fewer pieces, change nothing.
 */
export function compareExposure(base: readonly Reachable[], head: readonly Reachable[]): ExposureChange[] {
  const byServer = new Map<string, Sides>();
  for (const [side, all] of [
    ["base", base],
    ["head", head],
  ] as const) {
    for (const each of all) {
      let sides = byServer.get(each.server);
      if (sides === undefined) {
        sides = { base: [], head: [] };
        byServer.set(each.server, sides);
      }
      sides[side].push(each);
    }
  }
  // Servers of a group are reached alike: what is true of one is true of all.
  const alike = new Map<string, ExposureChange[]>();
  const changes = [...byServer].flatMap(([server, sides]) => {
    const key = [sides.base, sides.head].map((side) => side.map(wayKey).join(" ")).join(" → ");
    const found = alike.get(key) ?? compareServer(sides);
    alike.set(key, found);
    return found.map((each) => ({ ...each, server }));
  });
  return inOrder(changes.map((each) => ({ key: exposureKey(each), each })));
}

interface Sides {
  readonly base: Reachable[];
  readonly head: Reachable[];
}

function compareServer({ base, head }: Sides): ExposureChange[] {
  const before = new Set(base.map(exposureKey));
  const after = new Set(head.map(exposureKey));
  const held = { before: new Coverage(base), after: new Coverage(head) };
  return [
    ...head.map((each): ExposureChange => {
      const wasThere = before.has(exposureKey(each)) || held.before.holds(each);
      return { ...each, change: wasThere ? "unchanged" : "opened" };
    }),
    ...base
      .filter((each) => !after.has(exposureKey(each)))
      .map((each): ExposureChange => {
        // A public address on top makes another of it: whoever could come before is told as the internet now.
        const isWidened = each.from === "anyone" && after.has(exposureKey({ ...each, from: "internet" }));
        return { ...each, change: !isWidened && held.after.holds(each) ? "unchanged" : "closed" };
      }),
  ];
}

function inOrder<Item>(keyed: readonly { readonly key: string; readonly each: Item }[]): Item[] {
  return [...keyed].sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ each }) => each);
}

function exposureKey(reachable: Reachable): string {
  return `${reachable.server}|${wayKey(reachable)}`;
}

function wayKey({ protocol, ports, from }: Reachable): string {
  return `${protocol}|${ports.padStart(11, "0")}|${from}`;
}
