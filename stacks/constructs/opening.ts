import { byKey } from "../../catalog/by-key.ts";
import { contains, readCidr } from "../../catalog/cidr.ts";
import type { Listen, ListenFrom } from "../../catalog/declaration.ts";
import type { SystemContext } from "./system-context.ts";

/** One kind of traffic that is let through; everything else is dropped. Security groups and the cloud firewall are made from the same ones. */
export interface Opening {
  readonly protocol: "tcp" | "udp";
  /** `any` is every port. In Neutron that is a rule without ports: 1-65535 reads back as 0-0 and is replaced for ever. */
  readonly port: number | "any";
  /** The other side: source of what comes in, destination of what goes out. */
  readonly peer: { readonly kind: "system" } | { readonly kind: "network"; readonly cidr: string };
}

const EVERYWHERE = "0.0.0.0/0";
/** Where Nova answers a server's questions about itself (cloud-init); Neutron answers on the server's own subnet, nothing leaves the router. */
const METADATA_SERVICE = "169.254.169.254/32";

/** An opening as an address's part: `tcp-443-0-0-0-0-0`, `tcp-5432-self`. Its content, so that no rule ever changes: each argument would replace it. */
export function openingKey({ protocol, port, peer }: Opening): string {
  return `${protocol}-${port}-${peer.kind === "system" ? "self" : peer.cidr.replace(/[./]/g, "-")}`;
}

/** What may come in by a declaration's `listens`; no two alike. */
export function openingsOf(listens: readonly Listen[]): Opening[] {
  return distinct(listens.map(({ protocol, port, from }) => ({ protocol, port, peer: peerOf(from) })));
}

function peerOf(from: ListenFrom): Opening["peer"] {
  switch (from.kind) {
    case "internet":
      return { kind: "network", cidr: EVERYWHERE };
    case "self":
      return { kind: "system" };
    case "tenant":
    case "cidr":
      return { kind: "network", cidr: from.cidr };
  }
}

/**
 * What may go out: the pool's services, the system itself, the bureau's range. At MLPS level 2 the web too; at level 3 nothing else
 * (GB/T 22239-2019 8.1.3.1: only what is needed passes the boundary).
 */
export function egressOf({ declaration, pool, tenant }: SystemContext): Opening[] {
  const services: Opening[] = pool.egress.map(({ protocol, port, to }) => ({ protocol, port, peer: { kind: "network", cidr: to } }));
  const web: Opening[] = declaration.mlps === 2 ? [to("tcp", 80, EVERYWHERE), to("tcp", 443, EVERYWHERE)] : [];
  const names = pool.openstack.dnsServers.flatMap((server) => [to("udp", 53, `${server}/32`), to("tcp", 53, `${server}/32`)]);
  const bureau = tenant.range === undefined ? [] : [to("tcp", "any", tenant.range), to("udp", "any", tenant.range)];
  return distinct([
    ...services,
    ...names.filter((name) => !services.some((service) => covers(service, name))),
    ...bureau,
    ...web,
    to("tcp", 80, METADATA_SERVICE),
    { protocol: "tcp", port: "any", peer: { kind: "system" } },
    { protocol: "udp", port: "any", peer: { kind: "system" } },
  ]);
}

/** Whether this traffic goes through the system's router, where the cloud firewall stands. */
export function passesRouter({ peer }: Opening): boolean {
  return peer.kind === "network" && peer.cidr !== METADATA_SERVICE;
}

function to(protocol: "tcp" | "udp", port: number | "any", cidr: string): Opening {
  return { protocol, port, peer: { kind: "network", cidr } };
}

function covers(wide: Opening, narrow: Opening): boolean {
  if (wide.protocol !== narrow.protocol || wide.port !== narrow.port || wide.peer.kind === "system" || narrow.peer.kind === "system")
    return false;
  const [outer, inner] = [readCidr(wide.peer.cidr), readCidr(narrow.peer.cidr)];
  return outer !== undefined && inner !== undefined && contains(outer, inner);
}

/** Sorted by key, each once: the order in a declaration means nothing. */
function distinct(openings: readonly Opening[]): Opening[] {
  return [...new Map(openings.map((opening) => [openingKey(opening), opening]))].sort(byKey).map(([, opening]) => opening);
}
