import { NetworkingSecgroupRuleV2 } from "@cdktf/provider-openstack/networking-secgroup-rule-v2";
import { NetworkingSecgroupV2 } from "@cdktf/provider-openstack/networking-secgroup-v2";
import { Construct } from "constructs";
import type { Listen } from "../../catalog/declaration.ts";
import { egressOf, type Opening, openingKey, openingsOf } from "./opening.ts";
import { type SystemContext, tagsOf } from "./system-context.ts";

/** The group that every port of a system is in: it says who "the system itself" is, and what may go out. */
export class Membership extends Construct {
  readonly groupId: string;

  constructor(scope: Construct, context: SystemContext) {
    super(scope, "membership");
    // Neutron gives a new group two open egress rules: left in place they let everything out, and declared again they are refused (409, #1035).
    const group = new NetworkingSecgroupV2(this, "group", {
      name: context.name,
      description: "Every server of the system, and what may go out",
      deleteDefaultRules: true,
      tags: tagsOf(context),
    });
    this.groupId = group.id;
    for (const opening of egressOf(context)) addRule(this, "egress", opening, group.id, group.id);
  }
}

export interface ServerSecurityGroupProps {
  /** Key of the servers. */
  readonly key: string;
  readonly listens: readonly Listen[];
  readonly membership: Membership;
}

/** What may come in to the servers of one key; without `listens` nothing may. */
export class ServerSecurityGroup extends Construct {
  readonly groupId: string;

  constructor(scope: Construct, context: SystemContext, { key, listens, membership }: ServerSecurityGroupProps) {
    super(scope, key);
    const group = new NetworkingSecgroupV2(this, "group", {
      name: `${context.name}-${key}`,
      description: `What may come in to ${key}`,
      deleteDefaultRules: true,
      tags: tagsOf(context),
    });
    this.groupId = group.id;
    for (const opening of openingsOf(listens)) addRule(this, "ingress", opening, group.id, membership.groupId);
  }
}

function addRule(scope: Construct, direction: "ingress" | "egress", opening: Opening, securityGroupId: string, membershipId: string): void {
  const { protocol, port, peer } = opening;
  const key = openingKey(opening);
  new NetworkingSecgroupRuleV2(new Construct(scope, `${direction === "ingress" ? "in" : "out"}-${key}`), "rule", {
    securityGroupId,
    direction,
    ethertype: "IPv4",
    protocol,
    description: `${direction} ${key}`,
    ...(port === "any" ? {} : { portRangeMin: port, portRangeMax: port }),
    ...(peer.kind === "system" ? { remoteGroupId: membershipId } : { remoteIpPrefix: peer.cidr }),
  });
}
