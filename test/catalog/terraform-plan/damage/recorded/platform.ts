import { add, all, edit, type Row, remove, vended } from "../rows.ts";

const secret = {
  keymanager_secret_v1: { key: { name: "key", payload: "test-only-1" } },
  keymanager_container_v1: { keys: { secret_refs: ["${openstack_keymanager_secret_v1.key.secret_ref}"] } },
};
const vpn = {
  vpnaas_endpoint_group_v2: { peer: { type: "cidr", endpoints: ["10.1.0.0/16"] } },
  vpnaas_site_connection_v2: { site: { peer_ep_group_id: "${openstack_vpnaas_endpoint_group_v2.peer.id}" } },
};

/** Quotas, identity, pools, keys, VPN, security cluster, as recorded. */
export const PLATFORM: readonly Row[] = [
  // Servers of a flavor that another stack has count as one core each.
  {
    row: "quota-below-use",
    after: edit("compute_quotaset_v2.system", { cores: 4 }),
    changes: ["update compute_quotaset.system fails-at-apply"],
    damage: ["fails-at-apply"],
  },
  {
    row: "a quota lowered to what is in use",
    after: edit("compute_quotaset_v2.system", { cores: 6 }),
    changes: ["update compute_quotaset.system"],
    damage: [],
  },
  {
    row: "a quota taken off",
    after: edit("compute_quotaset_v2.system", { cores: -1 }),
    changes: ["update compute_quotaset.system"],
    damage: [],
  },
  {
    row: "a quota of servers below their number",
    after: edit("compute_quotaset_v2.system", { instances: 2 }),
    changes: ["update compute_quotaset.system fails-at-apply"],
    damage: ["fails-at-apply"],
  },
  {
    row: "aggregate",
    after: add("compute_aggregate_v2.managed", { name: "shop", hosts: ["node-1"] }),
    changes: ["create compute_aggregate.managed"],
    damage: [],
  },
  {
    row: "aggregate-metadata-change",
    before: vended,
    after: edit("compute_aggregate_v2.managed", { metadata: { pool: "x" } }),
    changes: ["update compute_aggregate.managed"],
    damage: [],
  },
  {
    row: "a node joins",
    before: vended,
    after: edit("compute_aggregate_v2.managed", { hosts: ["node-1", "node-2", "node-3"] }),
    changes: ["update compute_aggregate.managed"],
    damage: [],
  },
  {
    row: "a node leaves",
    before: vended,
    after: edit("compute_aggregate_v2.managed", { hosts: ["node-2"] }),
    changes: ["update compute_aggregate.managed outage"],
    damage: ["outage"],
  },
  {
    row: "identity",
    after: all(
      add("identity_project_v3.p", { name: "p" }),
      add("identity_user_v3.u", { name: "u", password: "test-only" }),
      add("identity_role_assignment_v3.r", {
        user_id: "${openstack_identity_user_v3.u.id}",
        project_id: "${openstack_identity_project_v3.p.id}",
      }),
      add("identity_application_credential_v3.c", { name: "c" }),
    ),
    changes: [
      "create identity_application_credential.c",
      "create identity_project.p",
      "create identity_role_assignment.r",
      "create identity_user.u",
    ],
    damage: [],
  },
  {
    row: "project-disable",
    before: vended,
    after: edit("identity_project_v3.system", { enabled: false }),
    changes: ["update identity_project.system outage"],
    damage: ["outage"],
  },
  {
    row: "a project enabled again",
    before: all(vended, edit("identity_project_v3.system", { enabled: false })),
    after: edit("identity_project_v3.system", { enabled: true }),
    changes: ["update identity_project.system"],
    damage: [],
  },
  {
    row: "a role taken away",
    before: vended,
    after: remove("identity_role_assignment_v3.operator"),
    changes: ["delete identity_role_assignment.operator outage"],
    damage: ["outage"],
  },
  {
    row: "key-manager",
    after: (system) => Object.assign(system, structuredClone(secret)),
    changes: ["create keymanager_container.keys", "create keymanager_secret.key"],
    damage: [],
  },
  {
    row: "key-manager-payload-change",
    before: (system) => Object.assign(system, structuredClone(secret)),
    after: edit("keymanager_secret_v1.key", { payload: "test-only-2" }),
    changes: ["update keymanager_container.keys", "replace keymanager_secret.key data-lost outage"],
    damage: ["data-lost", "outage"],
  },
  {
    row: "vpn",
    after: (system) => Object.assign(system, structuredClone(vpn)),
    changes: ["create vpnaas_endpoint_group.peer", "create vpnaas_site_connection.site"],
    damage: [],
  },
  {
    row: "vpn-peer-network-add",
    before: (system) => Object.assign(system, structuredClone(vpn)),
    after: edit("vpnaas_endpoint_group_v2.peer", { endpoints: ["10.1.0.0/16", "10.2.0.0/16"] }),
    changes: ["replace vpnaas_endpoint_group.peer fails-at-apply", "update vpnaas_site_connection.site"],
    damage: ["fails-at-apply"],
  },
  {
    row: "kubernetes-namespace",
    after: vended,
    changes: [
      "create kubernetes_deployment.waf",
      "create kubernetes_namespace.system",
      "create kubernetes_network_policy.deny",
      "create kubernetes_service.waf",
      "create compute_aggregate.managed",
      "create identity_project.system",
      "create identity_role_assignment.operator",
    ],
    damage: [],
  },
  {
    row: "a component's replicas",
    before: vended,
    after: edit("kubernetes_deployment_v1.waf", { spec: { replicas: 2 } }),
    changes: ["update kubernetes_deployment.waf"],
    damage: [],
  },
  {
    row: "a component removed",
    before: vended,
    after: remove("kubernetes_deployment_v1.waf"),
    changes: ["delete kubernetes_deployment.waf outage"],
    damage: ["outage"],
  },
  {
    row: "a namespace's labels",
    before: vended,
    after: edit("kubernetes_namespace_v1.system", { metadata: { name: "shop", labels: { a: "2" } } }),
    changes: ["update kubernetes_namespace.system"],
    damage: [],
  },
  {
    row: "a namespace of another name, with all that is in it",
    before: vended,
    after: edit("kubernetes_namespace_v1.system", { metadata: { name: "other", labels: { a: "1" } } }),
    changes: [
      "replace kubernetes_deployment.waf",
      "replace kubernetes_namespace.system data-lost outage",
      "replace kubernetes_network_policy.deny",
      "replace kubernetes_service.waf",
    ],
    damage: ["data-lost", "outage"],
  },
  {
    row: "a network policy loosened",
    before: vended,
    after: edit("kubernetes_network_policy_v1.deny", { spec: { policy_types: [] } }),
    changes: ["update kubernetes_network_policy.deny exposure-changed"],
    damage: ["exposure-changed"],
  },
  {
    row: "a network policy removed",
    before: vended,
    after: remove("kubernetes_network_policy_v1.deny"),
    changes: ["delete kubernetes_network_policy.deny exposure-changed"],
    damage: ["exposure-changed"],
  },
];
