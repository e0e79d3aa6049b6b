import { blocks, type PlannedResource, stringValue } from "../planned-resource.ts";
import { readBalancerOpenings } from "./load-balancers.ts";
import { type PublicAddresses, readPublicAddresses } from "./public-addresses.ts";
import { GROUP, PORT, portSecurity, type Rule, readSecurityGroups, type SecurityGroups } from "./security-groups.ts";
import { append, indexStack, type StackIndex, type Target } from "./stack-index.ts";
import { ANY_PORT, type Peer, type Ports } from "./traffic.ts";

const SERVER = "openstack_compute_instance_v2";

/** One way in to a server from outside its system. */
export interface Opening {
  /** The server or load balancer behind it. */
  readonly server: PlannedResource;
  readonly protocol: string;
  readonly ports: Ports;
  readonly peer: Peer;
  /** Whether the server is reached at a public address. */
  readonly isPublic: boolean;
  /** What opens it: a rule, or the port or server that lets in more than rules say. */
  readonly cause: { readonly resource: PlannedResource; readonly attribute: string };
}

export interface Openings {
  readonly openings: readonly Opening[];
  /** Rules that let something in to a group in which no server of this stack is: a server may join it any time. */
  readonly unused: readonly Rule[];
  readonly stray: PublicAddresses["stray"];
  /** Resources that make machines, or links to networks, of their own: nobody sees here what those let in. */
  readonly opaque: readonly PlannedResource[];
}

const OPAQUE = [
  "openstack_bgpvpn_network_associate_v2",
  "openstack_bgpvpn_port_associate_v2",
  "openstack_bgpvpn_router_associate_v2",
  "openstack_containerinfra_cluster_v1",
  "openstack_containerinfra_nodegroup_v1",
  "openstack_db_instance_v1",
  "openstack_orchestration_stack_v1",
  "openstack_taas_tap_mirror_v2",
];

interface Cached {
  readonly before: readonly PlannedResource[];
  readonly openings: Openings;
}

const READ = new WeakMap<readonly PlannedResource[], Cached>();

/**
 * Every way in to the servers of a stack, as Neutron understands its rules. `then` are the same resources as they were: what a port leaves out keeps
 * its last value.
 */
export function readOpenings(resources: readonly PlannedResource[], then: readonly PlannedResource[] = []): Openings {
  // What stays as it is leaves out now what it left out before.
  const before = then === resources ? [] : then;
  const cached = READ.get(resources);
  if (cached !== undefined && (cached.before === before || cached.before.length + before.length === 0)) return cached.openings;
  const openings = new Reader(indexStack(resources), before).read();
  READ.set(resources, { before, openings });
  return openings;
}

/** A port that a server is connected by, and what connects it. */
type Interface = Pick<Opening, "cause"> & { readonly target: Target };
type Way = Pick<Opening, "protocol" | "ports" | "peer" | "cause">;

class Reader {
  readonly #index: StackIndex;
  readonly #groups: SecurityGroups;
  readonly #public: PublicAddresses;
  readonly #before: ReadonlyMap<string, PlannedResource>;
  readonly #more = new Map<string, PlannedResource[]>();
  readonly #used = new Set<Rule>();

  constructor(index: StackIndex, before: readonly PlannedResource[]) {
    this.#index = index;
    this.#groups = readSecurityGroups(index);
    this.#public = readPublicAddresses(index);
    this.#before = new Map(before.filter(({ type }) => type === PORT).map((port) => [port.address, port]));
    for (const type of ["openstack_compute_interface_attach_v2", "openstack_networking_trunk_v2"]) {
      const [from, attribute] = type.includes("trunk") ? (["port_id", PORT] as const) : (["instance_id", SERVER] as const);
      for (const resource of index.ofType(type)) {
        for (const target of index.resolve(resource, from, attribute))
          if (target.kind === "own") append(this.#more, target.resource.address, resource);
      }
    }
    for (const port of index.ofType(PORT)) {
      const server = index.own(port, "device_id", SERVER);
      if (server !== undefined) append(this.#more, server.address, port);
    }
  }

  read(): Openings {
    const serversByPort = new Map<string, PlannedResource[]>();
    const servers = this.#index.ofType(SERVER).flatMap((server) => {
      const interfaces = this.#interfacesOf(server);
      for (const { target } of interfaces) if (target.kind === "own") append(serversByPort, target.resource.address, server);
      return this.#waysInTo(server, interfaces);
    });
    const balancers = readBalancerOpenings(this.#index, this.#public.of, (port) => serversByPort.get(port.address) ?? []);
    const unused = this.#groups.rules.filter((rule) => rule.direction !== "egress" && !this.#used.has(rule));
    const opaque = OPAQUE.flatMap((type) => this.#index.ofType(type));
    return { openings: [...servers, ...balancers], unused, stray: this.#public.stray, opaque };
  }

  #interfacesOf(server: PlannedResource): Interface[] {
    const cause = { resource: server, attribute: "network" };
    const interfaces: Interface[] = this.#index.resolve(server, "network.port", PORT).map((target) => ({ target, cause }));
    const networks = blocks(server, "network");
    // Every other interface is made by Nova, in a network that it chooses where none is named: nobody here knows its port.
    const inline = networks.length === 0 ? stringValue(server, "network_mode") !== "none" : networks.length > interfaces.length;
    if (inline) interfaces.push({ target: { kind: "unknown" }, cause });
    for (const resource of this.#more.get(server.address) ?? []) {
      if (resource.type === PORT) interfaces.push({ target: { kind: "own", resource }, cause: { resource, attribute: "device_id" } });
      else {
        const ports = this.#index.resolve(resource, "port_id", PORT);
        for (const target of ports.length === 0 ? [{ kind: "unknown" } as const] : ports)
          interfaces.push({ target, cause: { resource, attribute: ports.length === 0 ? "network_id" : "port_id" } });
      }
    }
    return this.#withSubPorts(interfaces);
  }

  #waysInTo(server: PlannedResource, interfaces: readonly Interface[]): Opening[] {
    const byServer = this.#groupsOfServer(server);
    return interfaces.flatMap(({ target, cause }) => {
      const port = target.kind === "own" ? target.resource : undefined;
      const ways =
        port === undefined ? [unknownWay(cause.resource, cause.attribute), ...byServer] : [...this.#waysInToPort(port), ...byServer];
      const isPublic = port !== undefined && this.#public.of.has(port.address);
      return ways.map((way) => ({ server, isPublic, ...way }));
    });
  }

  #withSubPorts(interfaces: readonly Interface[]): Interface[] {
    const all = [...interfaces];
    for (const { target } of interfaces) {
      if (target.kind !== "own") continue;
      for (const trunk of this.#more.get(target.resource.address) ?? [])
        for (const sub of this.#index.resolve(trunk, "sub_port.port_id", PORT))
          all.push({ target: sub, cause: { resource: trunk, attribute: "sub_port" } });
    }
    return all;
  }

  #waysInToPort(port: PlannedResource): Way[] {
    const state = portSecurity(port, this.#index, this.#before.get(port.address));
    // Without port security no group applies at all.
    if (state === "off")
      return [
        { protocol: "any", ports: ANY_PORT, peer: { kind: "anyone" }, cause: { resource: port, attribute: "port_security_enabled" } },
      ];
    const ways = state === "unknown" ? [unknownWay(port, "port_security_enabled")] : [];
    const groups = this.#groups.ofPort(port);
    const none = port.values["no_security_groups"];
    if (none === true && groups.length === 0) return ways;
    if (port.unknown.has("no_security_groups")) ways.push(unknownWay(port, "no_security_groups"));
    // A port without a group is put into the project's default one, whose rules nobody declared.
    if (groups.length === 0) ways.push(unknownWay(port, "security_group_ids"));
    return [...ways, ...groups.flatMap((group) => this.#waysOfGroup(group, port, "security_group_ids"))];
  }

  /** `security_groups` of a server: Nova gives them to the ports that it makes, and an update to every port of the server. */
  #groupsOfServer(server: PlannedResource): Way[] {
    // Computed where it is left out: then the groups are those of its ports.
    if (server.values["security_groups"] === undefined && !server.references.has("security_groups")) return [];
    return this.#index.resolve(server, "security_groups", GROUP).flatMap((target) => {
      const own = target.kind === "foreign" ? this.#groups.named(target.id) : undefined;
      return this.#waysOfGroup(own === undefined ? target : { kind: "own", resource: own }, server, "security_groups");
    });
  }

  #waysOfGroup(group: Target, resource: PlannedResource, attribute: string): Way[] {
    const ways = group.kind === "own" ? [] : [unknownWay(resource, attribute)];
    for (const rule of this.#groups.ingressOf(group)) {
      this.#used.add(rule);
      const { protocol, ports, peers, peerAttribute } = rule;
      for (const peer of peers) ways.push({ protocol, ports, peer, cause: { resource: rule.resource, attribute: peerAttribute } });
    }
    return ways;
  }
}

function unknownWay(resource: PlannedResource, attribute: string): Way {
  return { protocol: "any", ports: ANY_PORT, peer: { kind: "unknown" }, cause: { resource, attribute } };
}
