import type { Resources } from "../../shop.ts";
import { add, edit, type Row, remove } from "../rows.ts";

const balancer: Resources = {
  lb_loadbalancer_v2: { web: { name: "web", vip_subnet_id: "s" } },
  lb_listener_v2: { https: { loadbalancer_id: "${openstack_lb_loadbalancer_v2.web.id}", protocol: "HTTPS", protocol_port: 443 } },
  lb_pool_v2: { web: { listener_id: "${openstack_lb_listener_v2.https.id}", protocol: "HTTPS", lb_method: "ROUND_ROBIN" } },
  lb_member_v2: { a: { pool_id: "${openstack_lb_pool_v2.web.id}", address: "10.20.0.11", protocol_port: 443 } },
};
const withBalancer = (system: Resources) => Object.assign(system, structuredClone(balancer));

/** Identity, keys, load balancers, names, tunnels, firewalls, beside the recorded plans. */
export const SERVICES: readonly Row[] = [
  {
    row: "a user switched off",
    before: add("identity_user_v3.u", { name: "u", enabled: true }),
    after: edit("identity_user_v3.u", { enabled: false }),
    changes: ["update identity_user.u outage"],
    damage: ["outage"],
  },
  {
    row: "a user deleted",
    before: add("identity_user_v3.u", { name: "u" }),
    after: remove("identity_user_v3.u"),
    changes: ["delete identity_user.u outage"],
    damage: ["outage"],
  },
  {
    row: "an application credential of other roles",
    before: add("identity_application_credential_v3.c", { name: "c", roles: ["reader"] }),
    after: edit("identity_application_credential_v3.c", { roles: ["member"] }),
    changes: ["replace identity_application_credential.c outage"],
    damage: ["outage"],
  },
  {
    row: "a secret deleted",
    before: add("keymanager_secret_v1.k", { name: "k", payload: "test-only" }),
    after: remove("keymanager_secret_v1.k"),
    changes: ["delete keymanager_secret.k data-lost outage"],
    damage: ["data-lost", "outage"],
  },
  {
    row: "a container of secrets deleted",
    before: add("keymanager_container_v1.k", { name: "k", type: "generic" }),
    after: remove("keymanager_container_v1.k"),
    changes: ["delete keymanager_container.k outage"],
    damage: ["outage"],
  },
  {
    row: "a listener removed",
    before: withBalancer,
    after: remove("lb_member_v2.a", "lb_pool_v2.web", "lb_listener_v2.https"),
    changes: ["delete lb_listener.https outage exposure-changed", "delete lb_member.a", "delete lb_pool.web"],
    damage: ["exposure-changed", "outage"],
  },
  {
    row: "a pool removed",
    before: withBalancer,
    after: remove("lb_member_v2.a", "lb_pool_v2.web"),
    changes: ["delete lb_member.a", "delete lb_pool.web outage"],
    damage: ["outage"],
  },
  {
    row: "a member removed",
    before: withBalancer,
    after: remove("lb_member_v2.a"),
    changes: ["delete lb_member.a outage"],
    damage: ["outage"],
  },
  {
    row: "another port of a listener",
    before: withBalancer,
    after: edit("lb_listener_v2.https", { protocol_port: 8443 }),
    changes: ["replace lb_listener.https outage exposure-changed", "replace lb_member.a", "replace lb_pool.web"],
    damage: ["exposure-changed", "outage"],
  },
  {
    row: "a listener that anybody may reach",
    before: withBalancer,
    after: edit("lb_listener_v2.https", { allowed_cidrs: ["0.0.0.0/0"] }),
    changes: ["update lb_listener.https exposure-changed"],
    damage: ["exposure-changed"],
  },
  {
    row: "a load balancer switched off",
    before: withBalancer,
    after: edit("lb_loadbalancer_v2.web", { admin_state_up: false }),
    changes: ["update lb_loadbalancer.web outage"],
    damage: ["outage"],
  },
  {
    row: "a name that leads elsewhere",
    before: add("dns_recordset_v2.www", { zone_id: "z", name: "www.example.org.", type: "A", records: ["192.0.2.1"] }),
    after: edit("dns_recordset_v2.www", { records: ["192.0.2.2"] }),
    changes: ["update dns_recordset.www re-addressed"],
    damage: ["re-addressed"],
  },
  {
    row: "a name that leads nowhere",
    before: add("dns_recordset_v2.www", { zone_id: "z", name: "www.example.org.", type: "A", records: ["192.0.2.1"] }),
    after: remove("dns_recordset_v2.www"),
    changes: ["delete dns_recordset.www outage"],
    damage: ["outage"],
  },
  {
    row: "a tunnel to another peer",
    before: add("vpnaas_site_connection_v2.c", { peer_address: "192.0.2.1" }),
    after: edit("vpnaas_site_connection_v2.c", { peer_address: "192.0.2.2" }),
    changes: ["update vpnaas_site_connection.c outage"],
    damage: ["outage"],
  },
  {
    row: "a firewall rule switched off",
    before: add("fw_rule_v2.r", { action: "deny", enabled: true }),
    after: edit("fw_rule_v2.r", { enabled: false }),
    changes: ["update fw_rule.r exposure-changed"],
    damage: ["exposure-changed"],
  },
  {
    row: "a firewall that other projects may use",
    before: add("fw_policy_v2.p", { name: "p", shared: false }),
    after: edit("fw_policy_v2.p", { shared: true }),
    changes: ["update fw_policy.p exposure-changed"],
    damage: ["exposure-changed"],
  },
  {
    row: "a firewall group that is down lets nothing through",
    before: add("fw_group_v2.g", { name: "g" }),
    after: edit("fw_group_v2.g", { admin_state_up: false }),
    changes: ["update fw_group.g outage exposure-changed"],
    damage: ["exposure-changed", "outage"],
  },
];
