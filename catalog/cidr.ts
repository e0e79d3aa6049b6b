/** An IPv4 network as numbers; CIDRs here always stand at their first address. */
export interface Cidr {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** Reads a CIDR such as `10.20.3.0/24`; undefined unless it is canonical (decimal, no leading zeros, host bits zero). */
export function readCidr(words: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(words);
  if (match === null) return undefined;
  const parts = match.slice(1).map(Number);
  if (match.slice(1).some((part, index) => String(parts[index]) !== part)) return undefined;
  const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = parts;
  if (a > 255 || b > 255 || c > 255 || d > 255 || prefix > 32) return undefined;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - prefix);
  return first % size === 0 ? { first, last: first + size - 1, prefix } : undefined;
}

export function isCidr(words: string): boolean {
  return readCidr(words) !== undefined;
}

/** True where every address of `inner` is one of `outer`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** The address at an offset from the network's first one, in dotted form. */
export function addressAt(cidr: Cidr, offset: number): string {
  const address = cidr.first + offset;
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
