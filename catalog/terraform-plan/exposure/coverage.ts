import type { Reachable } from "../exposure.ts";
import { type AddressRange, isCovered, rangesMeet, readAddressRange } from "./address-range.ts";
import { append } from "./stack-index.ts";

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

/** What can be reached of one server, to ask whether something is part of it. */
export class Coverage {
  /** Most of it is one port each, found by its number. */
  readonly #byPort = new Map<number, Reach[]>();
  readonly #wide: Reach[] = [];

  constructor(reachable: readonly Reachable[]) {
    for (const each of reachable) {
      const reach = readReach(each);
      if (reach === undefined) continue;
      if (reach.ports !== undefined && reach.ports.from === reach.ports.to) append(this.#byPort, reach.ports.from, reach);
      else this.#wide.push(reach);
    }
  }

  /** Whether all of it can be reached too, by whichever of the others: a port of a range of ports, a network of the internet. */
  holds(reachable: Reachable): boolean {
    const wanted = readReach(reachable);
    if (wanted === undefined) return false;
    const others = [...this.#wide, ...this.#narrow(wanted)].filter((each) => mayHold(each, wanted));
    if (others.length === 0 || wanted.ports === undefined) return isReachedBy(wanted, others);
    const { from, to } = wanted.ports;
    if (others.some((other) => isAt(other, from) && isAt(other, to) && isReachedBy(wanted, [other]))) return true;
    // So many pieces are no rewriting of one rule: what they make up together is told as a change.
    if (others.length > MOST_PIECES) return false;
    // Between two bounds of the others' ports nothing changes: one port there tells for all.
    const bounds = others.flatMap(({ ports = EVERY_PORT }) => [ports.from, ports.to + 1]).filter((port) => port > from && port <= to);
    return [...new Set([from, ...bounds])].every((port) =>
      isReachedBy(
        wanted,
        others.filter((other) => isAt(other, port)),
      ),
    );
  }

  #narrow({ ports }: Reach): readonly Reach[] {
    if (ports === undefined) return [];
    return ports.from === ports.to ? (this.#byPort.get(ports.from) ?? []) : [...this.#byPort.values()].flat();
  }
}

const MOST_PIECES = 100;

function isAt({ ports = EVERY_PORT }: Reach, port: number): boolean {
  return ports.from <= port && port <= ports.to;
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
  if (!each.ranges.some((range) => wanted.ranges.some((other) => rangesMeet(range, other)))) return false;
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
