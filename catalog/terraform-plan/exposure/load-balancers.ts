import { blocks, type PlannedResource, stringValue } from "../planned-resource.ts";
import type { Opening } from "./read-openings.ts";
import { PORT } from "./security-groups.ts";
import { append, type StackIndex, textsAt } from "./stack-index.ts";
import { ANY_PORT, type Peer, type Ports, readPrefix } from "./traffic.ts";

export const BALANCER = "openstack_lb_loadbalancer_v2";
const LISTENER = "openstack_lb_listener_v2";
const POOL = "openstack_lb_pool_v2";
const SERVER = "openstack_compute_instance_v2";

/** A listener and the sources that may reach it. */
interface Front {
  readonly listener: PlannedResource;
  readonly balancer: PlannedResource | undefined;
  readonly peers: readonly Peer[];
  readonly isPublic: boolean;
}

/** A machine behind a pool, at one port. */
interface Member {
  readonly server: PlannedResource;
  readonly pool: PlannedResource | undefined;
  readonly ports: Ports;
  readonly cause: Opening["cause"];
}

/**
 * Ways in through load balancers: to a balancer at the ports of its listeners, and by them to the members of its pools at their own ports, which
 * may be others. `serversOf` tells the servers that a port connects.
 */
export function readBalancerOpenings(
  index: StackIndex,
  publicAddresses: ReadonlySet<string>,
  serversOf: (port: PlannedResource) => readonly PlannedResource[],
): Opening[] {
  const fronts = index.ofType(LISTENER).flatMap((listener) => frontsOf(index, listener, publicAddresses));
  const members = readMembers(index, serversOf);
  const behind = new Set<Member>();
  const openings: Opening[] = [];
  for (const front of fronts) {
    const { listener, balancer, isPublic } = front;
    const server = balancer ?? listener;
    const open = (to: Pick<Opening, "server" | "protocol" | "ports" | "cause">) =>
      openings.push(...front.peers.map((peer) => ({ ...to, peer, isPublic })));
    open({
      server,
      protocol: protocolOf(listener),
      ports: portsOf(listener.values["protocol_port"]),
      cause: { resource: listener, attribute: "allowed_cidrs" },
    });
    const { pools, hasUnseen } = poolsOf(index, front);
    if (hasUnseen) {
      const cause = { resource: listener, attribute: "default_pool_id" };
      openings.push({ server, protocol: "any", ports: ANY_PORT, peer: { kind: "unknown" }, isPublic, cause });
    }
    for (const member of members) {
      if (member.pool === undefined || !pools.has(member.pool)) continue;
      behind.add(member);
      open({ server: member.server, protocol: protocolOf(member.pool), ports: member.ports, cause: member.cause });
    }
  }
  // Whose pool is made elsewhere, or has no listener here, is reached by nobody knows whom.
  for (const { server, pool, ports, cause } of members.filter((member) => !behind.has(member)))
    openings.push({
      server,
      protocol: pool === undefined ? "tcp" : protocolOf(pool),
      ports,
      peer: { kind: "unknown" },
      isPublic: true,
      cause,
    });
  return openings;
}

function frontsOf(index: StackIndex, listener: PlannedResource, publicAddresses: ReadonlySet<string>): Front[] {
  const allowed = textsAt(listener.values["allowed_cidrs"], []).map((words) => readPrefix(words));
  const isUnknown = listener.unknown.has("allowed_cidrs");
  const peers: Peer[] = isUnknown ? [...allowed, { kind: "unknown" }] : allowed.length === 0 ? [readPrefix(undefined)] : allowed;
  return index.resolve(listener, "loadbalancer_id", BALANCER).map((target) => {
    const balancer = target.kind === "own" ? target.resource : undefined;
    return { listener, balancer, peers, isPublic: balancer === undefined || publicAddresses.has(balancer.address) };
  });
}

/** The pools that a listener may send to: its default one, those that name it or its balancer, and those of its L7 policies. */
function poolsOf(index: StackIndex, { listener, balancer }: Front): { pools: ReadonlySet<PlannedResource>; hasUnseen: boolean } {
  const isAmong = (resource: PlannedResource, path: string, type: string, wanted: PlannedResource | undefined) =>
    wanted !== undefined && index.resolve(resource, path, type).some((target) => target.kind === "own" && target.resource === wanted);
  const policies = index.ofType("openstack_lb_l7policy_v2").filter((policy) => isAmong(policy, "listener_id", LISTENER, listener));
  const named = [
    ...index.resolve(listener, "default_pool_id", POOL),
    ...policies.flatMap((policy) => index.resolve(policy, "redirect_pool_id", POOL)),
  ];
  const naming = index
    .ofType(POOL)
    .filter((pool) => isAmong(pool, "listener_id", LISTENER, listener) || isAmong(pool, "loadbalancer_id", BALANCER, balancer));
  const own = named.flatMap((target) => (target.kind === "own" ? [target.resource] : []));
  return { pools: new Set([...own, ...naming]), hasUnseen: named.some(({ kind }) => kind !== "own") };
}

function readMembers(index: StackIndex, serversOf: (port: PlannedResource) => readonly PlannedResource[]): Member[] {
  const singles = index.ofType("openstack_lb_member_v2");
  const lists = index.ofType("openstack_lb_members_v2");
  if (singles.length + lists.length === 0) return [];
  const byAddress = new Map<string, PlannedResource[]>();
  for (const port of index.ofType(PORT))
    for (const address of [...textsAt(port.values["fixed_ip"], ["ip_address"]), ...textsAt(port.values["all_fixed_ips"], [])])
      for (const server of serversOf(port)) append(byAddress, address, server);
  for (const server of index.ofType(SERVER))
    for (const address of [...textsAt(server.values["network"], ["fixed_ip_v4"]), ...textsAt(server.values["access_ip_v4"], [])])
      append(byAddress, address, server);

  const membersOf = (resource: PlannedResource, path: string, addresses: readonly string[], port: unknown): Member[] => {
    const referred = [
      ...index.resolve(resource, path, SERVER).flatMap((target) => (target.kind === "own" ? [target.resource] : [])),
      ...index.resolve(resource, path, PORT).flatMap((target) => (target.kind === "own" ? serversOf(target.resource) : [])),
    ];
    const servers = new Set([...addresses.flatMap((address) => byAddress.get(address) ?? []), ...referred]);
    const pools = index.resolve(resource, "pool_id", POOL).map((target) => (target.kind === "own" ? target.resource : undefined));
    const cause = { resource, attribute: path === "address" ? "protocol_port" : "member" };
    return (pools.length === 0 ? [undefined] : pools).flatMap((pool) =>
      // A machine that is not in this stack is told by the member that names it.
      (servers.size === 0 ? [resource] : [...servers]).map((server) => ({ server, pool, ports: portsOf(port), cause })),
    );
  };
  return [
    ...singles.flatMap((member) => membersOf(member, "address", textsAt(member.values["address"], []), member.values["protocol_port"])),
    ...lists.flatMap((list) => {
      const given = blocks(list, "member");
      const known = given.flatMap((each) => membersOf(list, "member.address", textsAt(each["address"], []), each["protocol_port"]));
      return list.unknown.has("member") || given.length === 0 ? [...known, ...membersOf(list, "member.address", [], undefined)] : known;
    }),
  ];
}

function protocolOf(resource: PlannedResource): string {
  const words = stringValue(resource, "protocol")?.toLowerCase();
  return words === undefined ? "unknown" : words === "udp" || words === "sctp" ? words : "tcp";
}

function portsOf(value: unknown): Ports {
  return typeof value === "number" && value > 0 ? { kind: "range", from: value, to: value } : { kind: "unknown" };
}
