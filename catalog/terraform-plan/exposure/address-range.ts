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
 * the cloud masks them: `203.0.113.7/0` is every address. An IPv6 range that stands for IPv4 addresses is read as those.
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
  const address = family === 4 ? numberOf(host.split("."), 8, 10) : numberOf(expanded(host), 16, 16);
  const embedded = family === 6 && prefix >= 96 && EMBEDDING.includes(address >> 32n);
  return embedded ? rangeOf(4, address & 0xffff_ffffn, prefix - 96) : rangeOf(family, address, prefix);
}

/** Upper bits of the IPv6 addresses that are IPv4 ones in another dress: mapped (::ffff:0:0/96, RFC 4291) and translated (64:ff9b::/96, RFC 6052). */
const EMBEDDING = [0xffffn, 0x64_ff9bn << 64n];

function rangeOf(family: 4 | 6, address: bigint, prefix: number): AddressRange {
  const size = 1n << BigInt(BITS[family] - prefix);
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

export function rangesMeet(a: AddressRange, b: AddressRange): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/** Whether these ranges together hold every address of one. */
export function isCovered(range: AddressRange, others: readonly AddressRange[]): boolean {
  // Most are in one of them: no need to put them in order.
  if (others.some((other) => rangeContains(other, range))) return true;
  let next = range.first;
  for (const { first, last } of byFirst(others.filter(({ family }) => family === range.family))) {
    if (first > next) return false;
    if (last >= next) next = last + 1n;
    if (next > range.last) return true;
  }
  return false;
}

export function byFirst(ranges: readonly AddressRange[]): readonly AddressRange[] {
  return ranges.length < 2 ? ranges : [...ranges].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
}
