import type { Reachable } from "../exposure.ts";
import { type AddressRange, isCovered, readAddressRange } from "./address-range.ts";

/** A reachable port as numbers; a part that is not known is no part of anything but of the same words. */
interface Reach {
  readonly protocol: string;
  /** Of tcp and the like its ports; of anything else, and of ports that are not known, undefined. */
  readonly ports: { readonly from: number; readonly to: number } | undefined;
  readonly words: string;
  readonly ranges: readonly AddressRange[];
  readonly isPublic: boolean;
}

const EVERY_PORT = { from: 0, to: 65_535 } as const;
const EVERYBODY = ["0.0.0.0/0"];

/** What can be reached of each server, to ask whether something is part of it. */
export class Coverage {
  readonly #byServer = new Map<string, Reach[]>();

  constructor(reachable: readonly Reachable[]) {
    for (const each of reachable) {
      const reach = readReach(each);
      if (reach === undefined) continue;
      const list = this.#byServer.get(each.server);
      if (list === undefined) this.#byServer.set(each.server, [reach]);
      else list.push(reach);
    }
  }

  /** Whether all of it can be reached too, by whichever of the others: a port of a range of ports, a network of the internet. */
  holds(reachable: Reachable): boolean {
    const wanted = readReach(reachable);
    if (wanted === undefined) return false;
    const others = (this.#byServer.get(reachable.server) ?? []).filter((each) => mayHold(each, wanted));
    if (others.length === 0) return false;
    if (wanted.ports === undefined) return isReachedBy(wanted, others);
    // Between two bounds of the others' ports nothing changes: one port there tells for all.
    const { from, to } = wanted.ports;
    const bounds = others.flatMap(({ ports = EVERY_PORT }) => [ports.from, ports.to + 1]).filter((port) => port > from && port <= to);
    return [...new Set([from, ...bounds])].every((port) =>
      isReachedBy(
        wanted,
        others.filter(({ ports = EVERY_PORT }) => ports.from <= port && port <= ports.to),
      ),
    );
  }
}

/** Everybody is held by everybody alone, since without a public address fewer come; of networks, several may make up one. */
function isReachedBy(wanted: Reach, others: readonly Reach[]): boolean {
  const able = wanted.isPublic ? others.filter(({ isPublic }) => isPublic) : others;
  return wanted.ranges.every((range) =>
    isCovered(
      range,
      able.flatMap(({ ranges }) => ranges),
    ),
  );
}

function mayHold(each: Reach, wanted: Reach): boolean {
  if (each.protocol === "any") return true;
  if (each.protocol !== wanted.protocol) return false;
  if (each.ports === undefined || wanted.ports === undefined) return each.words === wanted.words || each.words === "any";
  return each.ports.from <= wanted.ports.to && wanted.ports.from <= each.ports.to;
}

function readReach({ protocol, ports, from }: Reachable): Reach | undefined {
  if (protocol === "unknown" || ports === "unknown" || from === "unknown") return undefined;
  const isEverybody = from === "internet" || from === "anyone";
  const ranges = (isEverybody ? EVERYBODY : [from]).flatMap((words) => readAddressRange(words) ?? []);
  return { protocol, ports: portsOf(protocol, ports), words: ports, ranges, isPublic: from === "internet" };
}

function portsOf(protocol: string, words: string): Reach["ports"] {
  if (words === "any") return protocol === "any" || protocol.endsWith("icmp") ? undefined : EVERY_PORT;
  const match = /^(\d+)(?:-(\d+))?$/.exec(words);
  if (match === null || protocol.endsWith("icmp")) return undefined;
  return { from: Number(match[1]), to: Number(match[2] ?? match[1]) };
}
