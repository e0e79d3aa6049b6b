import type { Pool } from "../../pool.ts";
import { type AddressRange, byFirst, isEveryAddress, rangeContains, readAddressRange } from "./address-range.ts";

/** Ranges that no packet from the internet comes from: private (RFC 1918, 4193) and shared (RFC 6598) use, link-local, loopback. */
const PRIVATE = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "127.0.0.0/8",
  "fc00::/7",
  "fe80::/10",
];

/** A pool larger than this is no network of a government, whatever a catalogue says: it would make the internet private. */
const LARGEST_POOL_PREFIX = 8;

/**
 * As many public addresses as a /24 of IPv4 or a /48 of IPv6 has: the smallest network that the internet routes by itself, and so the most that
 * one site of a partner needs. Whoever names more means the world.
 */
const ONE_PARTNER = { 4: 1n << 8n, 6: 1n << 80n } as const;

/** The addresses that are neither private nor the government's own, and how many of them are the world. */
export class PublicSpace {
  readonly #own: readonly AddressRange[];
  readonly #counted = new WeakMap<AddressRange, bigint>();

  /** `government`: networks with public addresses that the government uses as its own. */
  constructor(government: readonly AddressRange[] = []) {
    const all = [...PRIVATE.flatMap((words) => readAddressRange(words) ?? []), ...government];
    // Two prefixes are apart or one holds the other: without the inner ones no address is counted twice.
    this.#own = all.filter(
      (range, index) =>
        !all.some((other, at) => at !== index && rangeContains(other, range) && (!rangeContains(range, other) || at < index)),
    );
  }

  /** How many public addresses the ranges of one family hold together, each counted once. */
  count(ranges: readonly AddressRange[], family: 4 | 6): bigint {
    let total = 0n;
    let done = -1n;
    for (const range of byFirst(ranges)) {
      if (range.family !== family || range.last <= done) continue;
      total += range.first > done ? this.#countOf(range) : this.#between(family, done + 1n, range.last);
      done = range.last;
    }
    return total;
  }

  /** Whether every one of its addresses is private or the government's own. */
  isPrivate(range: AddressRange): boolean {
    return this.#countOf(range) === 0n;
  }

  /** Whether these ranges together are the world, in one piece or cut up: 0.0.0.0/1 and 128.0.0.0/1 are, and so are two public /24. */
  isWorld(ranges: readonly AddressRange[]): boolean {
    return ranges.some(isEveryAddress) || ([4, 6] as const).some((family) => this.count(ranges, family) > ONE_PARTNER[family]);
  }

  /** Which of these ranges make the world: each that is it alone, and all the public ones of a family that are it together. */
  worldAmong(ranges: readonly AddressRange[]): ReadonlySet<AddressRange> {
    const world = new Set<AddressRange>();
    const others: Record<4 | 6, AddressRange[]> = { 4: [], 6: [] };
    for (const range of new Set(ranges)) {
      if (isEveryAddress(range) || this.#countOf(range) > ONE_PARTNER[range.family]) world.add(range);
      else if (!this.isPrivate(range)) others[range.family].push(range);
    }
    for (const family of [4, 6] as const)
      if (this.count(others[family], family) > ONE_PARTNER[family]) for (const range of others[family]) world.add(range);
    return world;
  }

  #countOf(range: AddressRange): bigint {
    const known = this.#counted.get(range);
    if (known !== undefined) return known;
    const count = this.#between(range.family, range.first, range.last);
    this.#counted.set(range, count);
    return count;
  }

  #between(family: 4 | 6, first: bigint, last: bigint): bigint {
    let count = last - first + 1n;
    for (const own of this.#own) {
      if (own.family !== family) continue;
      const low = own.first > first ? own.first : first;
      const high = own.last < last ? own.last : last;
      if (low <= high) count -= high - low + 1n;
    }
    return count;
  }
}

/** Public addresses as everybody understands them, without a government's own. */
export const PUBLIC_SPACE = new PublicSpace();

const SPACES = new WeakMap<ReadonlyMap<string, Pool>, PublicSpace>();

/** The public addresses beside those of the declared pools, in whose ranges lie the bureaus' and the systems'. */
export function publicSpaceOf({ pools }: { readonly pools: ReadonlyMap<string, Pool> }): PublicSpace {
  const ranges = [...pools.values()].flatMap(({ range }) => readAddressRange(range) ?? []);
  const space = SPACES.get(pools) ?? new PublicSpace(ranges.filter(({ prefix }) => prefix >= LARGEST_POOL_PREFIX));
  SPACES.set(pools, space);
  return space;
}
