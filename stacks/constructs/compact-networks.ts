import { addressAt, type Cidr, contains, readCidr } from "../../catalog/cidr.ts";

/**
 * The fewest networks with the same addresses, sorted. Neutron stores a subnet pool's prefixes so: 10.32.0.0/12 and 10.48.0.0/12 read back as
 * 10.32.0.0/11, and left as they were they would be a difference in every plan.
 */
export function compactNetworks(prefixes: readonly string[]): string[] {
  const sorted = prefixes.map(networkOf).sort((a, b) => a.first - b.first || a.prefix - b.prefix);
  const compact: Cidr[] = [];
  for (const network of sorted) {
    const last = compact.at(-1);
    if (last !== undefined && contains(last, network)) continue;
    compact.push(network);
    joinLast(compact);
  }
  return compact.map((network) => `${addressAt(network, 0)}/${network.prefix}`);
}

/** Joins the last two networks as long as they are the halves of one. */
function joinLast(networks: Cidr[]): void {
  for (;;) {
    const [low, high] = networks.slice(-2);
    if (low === undefined || high === undefined || low.prefix !== high.prefix || high.first !== low.last + 1) return;
    if (low.first % (2 * (low.last - low.first + 1)) !== 0) return;
    networks.splice(-2, 2, { first: low.first, last: high.last, prefix: low.prefix - 1 });
  }
}

function networkOf(words: string): Cidr {
  const network = readCidr(words);
  if (network === undefined) throw new Error(`Cannot read the network "${words}": wanted one such as 10.32.0.0/12`);
  return network;
}
