import { isIPv4, isIPv6 } from "node:net";

/** Addresses from first to last, as Neutron reads a prefix: bits behind the prefix do not count. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  readonly prefix: number;
}

const BITS = { 4: 32, 6: 128 } as const;

/**
 * Reads `10.0.0.0/8`, `10.0.0.5` (one address), `10.0.0.0/255.0.0.0` and the same of IPv6; undefined for anything else. Host bits are masked as
 * the cloud masks them: `203.0.113.7/0` is every address.
 */
export function readAddressRange(words: string): AddressRange | undefined {
  if (!READ.has(words)) {
    if (READ.size >= MAX_READ) READ.clear();
    READ.set(words, parse(words));
  }
  return READ.get(words);
}

/** A plan names few prefixes, each in a thousand rules. */
const READ = new Map<string, AddressRange | undefined>();
const MAX_READ = 10_000;

function parse(words: string): AddressRange | undefined {
  const [host = "", length, ...rest] = words.trim().split("/");
  if (rest.length > 0) return undefined;
  const family = isIPv4(host) ? 4 : isIPv6(host) && !host.includes("%") ? 6 : undefined;
  if (family === undefined) return undefined;
  const prefix = length === undefined ? BITS[family] : prefixOf(length, family);
  if (prefix === undefined) return undefined;
  const size = 1n << BigInt(BITS[family] - prefix);
  const address = family === 4 ? numberOf(host.split("."), 8, 10) : numberOf(expanded(host), 16, 16);
  const first = address - (address % size);
  return { family, first, last: first + size - 1n, prefix };
}

/** In one way of writing: `10.0.0.0/8`, `2001:db8::/32`. */
export function printAddressRange({ family, first, prefix }: AddressRange): string {
  if (family === 4) return `${[24n, 16n, 8n, 0n].map((shift) => (first >> shift) & 255n).join(".")}/${prefix}`;
  const groups = Array.from({ length: 8 }, (_, index) => ((first >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  return `${compressed(groups.join(":"))}/${prefix}`;
}

export function isHost({ family, prefix }: AddressRange): boolean {
  return prefix === BITS[family];
}

export function isEveryAddress({ prefix }: AddressRange): boolean {
  return prefix === 0;
}

/** True where every address of `inner` is one of `outer`. */
export function rangeContains(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** Ranges that no packet from the internet comes from: private use, shared (carrier) use, link-local, loopback. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7", "fe80::/10"]
  .map(readAddressRange)
  .filter((range) => range !== undefined);

/** As many public addresses as a /8 of IPv4 or a /24 of IPv6: no partner has so many, so whoever names them means everybody. */
const WORLD_SIZE = { 4: 1n << 24n, 6: 1n << 104n } as const;

/** How many public addresses the ranges of one family hold together, each counted once. */
export function publicAddresses(ranges: readonly AddressRange[], family: 4 | 6): bigint {
  const [only, second] = ranges;
  if (only === undefined || second !== undefined || only.family !== family) return countPublic(ranges, family);
  const count = COUNTED.get(only) ?? countPublic(ranges, family);
  COUNTED.set(only, count);
  return count;
}

const COUNTED = new WeakMap<AddressRange, bigint>();

function countPublic(ranges: readonly AddressRange[], family: 4 | 6): bigint {
  let total = 0n;
  let done = -1n;
  for (const { first, last } of ranges.filter((range) => range.family === family).sort((a, b) => (a.first < b.first ? -1 : 1))) {
    const from = first > done ? first : done + 1n;
    if (from > last) continue;
    total += last - from + 1n;
    for (const area of PRIVATE) {
      if (area.family !== family) continue;
      const low = area.first > from ? area.first : from;
      const high = area.last < last ? area.last : last;
      if (low <= high) total -= high - low + 1n;
    }
    done = last;
  }
  return total;
}

/** Whether these ranges together are the world, in one piece or cut up: 0.0.0.0/1 and 128.0.0.0/1 are. */
export function isWorld(ranges: readonly AddressRange[]): boolean {
  return ranges.some(isEveryAddress) || ([4, 6] as const).some((family) => publicAddresses(ranges, family) >= WORLD_SIZE[family]);
}

/** Which of these ranges make the world: each that is it alone, and all the public ones that are it together. */
export function worldAmong(ranges: readonly AddressRange[]): ReadonlySet<AddressRange> {
  const distinct = [...new Set(ranges)];
  const alone = distinct.filter((range) => isWorld([range]));
  const others = distinct.filter((range) => !isWorld([range]) && publicAddresses([range], range.family) > 0n);
  return new Set(isWorld(others) ? [...alone, ...others] : alone);
}

function prefixOf(words: string, family: 4 | 6): number | undefined {
  if (/^(0|[1-9]\d{0,2})$/.test(words)) return Number(words) <= BITS[family] ? Number(words) : undefined;
  if (family === 6 || !isIPv4(words)) return undefined;
  const ones = /^(1*)0*$/.exec(numberOf(words.split("."), 8, 10).toString(2).padStart(32, "0"));
  return ones?.[1]?.length;
}

function numberOf(parts: readonly string[], bits: number, base: 10 | 16): bigint {
  return parts.reduce((number, part) => (number << BigInt(bits)) + BigInt(Number.parseInt(part, base)), 0n);
}

/** The eight groups of an IPv6 address. */
function expanded(address: string): string[] {
  const [head = "", tail] = compressed(address).split("::");
  const split = (words: string) => (words === "" ? [] : words.split(":"));
  const [before, after] = [split(head), split(tail ?? "")];
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => "0"), ...after];
}

/** The URL standard writes every IPv6 address in one way, an embedded IPv4 address too. */
function compressed(address: string): string {
  return new URL(`http://[${address}]/`).hostname.slice(1, -1);
}
