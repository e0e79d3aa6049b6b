import type { DamageClass } from "../planned-resource.ts";
import type { Rule, Rules } from "./rule.ts";
import { destroys, switchesOff, touches } from "./stack-changes.ts";

type Classes = readonly DamageClass[];

/** A type whose damage needs no more than the change itself and what it is part of. */
interface Plain {
  /** Beside something that stands. */
  readonly made?: Classes;
  /** Deleted, or made anew. */
  readonly lost: Classes;
  /** Updated, by attribute; what is not named harms nothing. */
  readonly changed?: Readonly<Record<string, Classes>>;
  /** Attributes that name its owners, with which it comes and goes unnoticed: they tell. */
  readonly partOf?: readonly string[];
}

function plain({ made = [], lost, changed = {}, partOf = [] }: Plain): Rule {
  return (change, stack) => {
    const withOwner = (...actions: readonly ("create" | "delete" | "replace")[]) =>
      partOf.some((path) => stack.isPointedTo(change, path, ...actions));
    if (change.action === "create") return withOwner("create") ? [] : made;
    if (destroys(change))
      return withOwner("delete", "replace") || (change.action === "delete" && stack.projectGoes && !lost.includes("data-lost")) ? [] : lost;
    const damage = Object.entries(changed).flatMap(([attribute, classes]) => (touches(change, attribute) ? classes : []));
    return switchesOff(change, "admin_state_up", "enabled") ? [...damage, "outage"] : damage;
  };
}

const OUTAGE: Classes = ["outage"];
const EXPOSURE: Classes = ["exposure-changed"];
/** What it gave access to, or what was encrypted with it, cannot be reached or read any more. */
const SECRET_LOST: Classes = ["data-lost", "outage"];

const access = plain({ lost: OUTAGE, partOf: ["project_id", "user_id", "group_id"] });
/** Settings that servers only meet when they are next made. */
const harmless = plain({ lost: [] });

/** Everything else that the provider has; a type in no table is harmful until somebody has looked at it. */
export const PLAIN_RULES: Rules = {
  // Declared for the price alone; nothing in a cloud changes with it.
  terraform_data: () => [],

  openstack_identity_project_v3: plain({ lost: ["data-lost"] }),
  openstack_identity_role_assignment_v3: access,
  openstack_identity_inherit_role_assignment_v3: access,
  openstack_identity_user_membership_v3: access,
  openstack_identity_ec2_credential_v3: access,
  openstack_identity_application_credential_v3: access,
  openstack_identity_user_v3: plain({
    lost: OUTAGE,
    changed: { password: OUTAGE, name: OUTAGE, multi_factor_auth_enabled: OUTAGE, multi_factor_auth_rule: OUTAGE },
  }),
  openstack_identity_group_v3: plain({ lost: OUTAGE }),
  openstack_identity_role_v3: plain({ lost: OUTAGE }),
  openstack_identity_service_v3: plain({ lost: OUTAGE, changed: { type: OUTAGE } }),
  openstack_identity_endpoint_v3: plain({
    lost: OUTAGE,
    changed: { url: OUTAGE, interface: OUTAGE, service_id: OUTAGE, endpoint_region: OUTAGE },
  }),
  openstack_identity_limit_v3: harmless,
  openstack_identity_registered_limit_v3: harmless,

  openstack_keymanager_secret_v1: plain({ lost: SECRET_LOST, changed: { acl: EXPOSURE } }),
  openstack_keymanager_order_v1: plain({ lost: SECRET_LOST }),
  // Secrets that are made anew tell their own damage; the container only follows.
  openstack_keymanager_container_v1: plain({ lost: OUTAGE, changed: { acl: EXPOSURE } }),

  openstack_networking_address_group_v2: plain({ lost: EXPOSURE, changed: { addresses: EXPOSURE } }),
  openstack_networking_rbac_policy_v2: plain({ made: EXPOSURE, lost: OUTAGE, changed: { target_tenant: ["outage", "exposure-changed"] } }),
  openstack_networking_portforwarding_v2: plain({
    made: EXPOSURE,
    lost: ["outage", "exposure-changed"],
    changed: {
      external_port: ["outage", "exposure-changed"],
      internal_ip_address: ["outage", "exposure-changed"],
      internal_port: ["outage", "exposure-changed"],
      internal_port_id: ["outage", "exposure-changed"],
      protocol: ["outage", "exposure-changed"],
    },
    partOf: ["internal_port_id"],
  }),
  openstack_networking_trunk_v2: plain({ lost: OUTAGE, changed: { sub_port: OUTAGE }, partOf: ["port_id"] }),
  openstack_networking_subnetpool_v2: plain({ lost: OUTAGE }),
  openstack_networking_addressscope_v2: plain({ lost: OUTAGE, changed: { shared: EXPOSURE } }),
  openstack_networking_segment_v2: plain({ lost: OUTAGE, partOf: ["network_id"] }),
  openstack_networking_bgp_peer_v2: plain({ lost: OUTAGE, changed: { password: OUTAGE } }),
  openstack_networking_bgp_speaker_v2: plain({ lost: OUTAGE, changed: { networks: OUTAGE, peers: OUTAGE } }),
  openstack_networking_qos_policy_v2: harmless,
  openstack_networking_qos_bandwidth_limit_rule_v2: harmless,
  openstack_networking_qos_dscp_marking_rule_v2: harmless,
  openstack_networking_qos_minimum_bandwidth_rule_v2: harmless,
  // It copies a port's traffic to somebody else.
  openstack_taas_tap_mirror_v2: plain({ made: EXPOSURE, lost: EXPOSURE }),
  openstack_bgpvpn_v2: plain({ lost: OUTAGE, changed: { route_targets: OUTAGE, import_targets: OUTAGE, export_targets: OUTAGE } }),
  openstack_bgpvpn_network_associate_v2: plain({ made: EXPOSURE, lost: OUTAGE, partOf: ["bgpvpn_id", "network_id"] }),
  openstack_bgpvpn_port_associate_v2: plain({
    made: EXPOSURE,
    lost: OUTAGE,
    changed: { routes: OUTAGE },
    partOf: ["bgpvpn_id", "port_id"],
  }),
  openstack_bgpvpn_router_associate_v2: plain({ made: EXPOSURE, lost: OUTAGE, partOf: ["bgpvpn_id", "router_id"] }),

  // Replaced while a connection uses it: the delete is refused, "in use".
  openstack_vpnaas_endpoint_group_v2: (change, stack) =>
    change.action === "replace" ? ["fails-at-apply"] : change.action === "delete" && !stack.systemGoes ? OUTAGE : [],
  openstack_vpnaas_site_connection_v2: plain({
    lost: OUTAGE,
    changed: {
      peer_address: OUTAGE,
      peer_id: OUTAGE,
      peer_cidrs: OUTAGE,
      psk: OUTAGE,
      local_id: OUTAGE,
      initiator: OUTAGE,
      mtu: OUTAGE,
      dpd: OUTAGE,
    },
    partOf: ["vpnservice_id"],
  }),
  openstack_vpnaas_service_v2: plain({ lost: OUTAGE, partOf: ["router_id"] }),
  openstack_vpnaas_ike_policy_v2: tunnelPolicy("ike_version", "phase1_negotiation_mode"),
  openstack_vpnaas_ipsec_policy_v2: tunnelPolicy("encapsulation_mode", "transform_protocol"),

  openstack_lb_loadbalancer_v2: plain({ lost: ["outage", "re-addressed"], changed: { security_group_ids: EXPOSURE } }),
  openstack_lb_listener_v2: plain({
    made: EXPOSURE,
    lost: ["outage", "exposure-changed"],
    changed: {
      allowed_cidrs: EXPOSURE,
      client_authentication: EXPOSURE,
      default_pool_id: OUTAGE,
      default_tls_container_ref: OUTAGE,
      sni_container_refs: OUTAGE,
      tls_versions: OUTAGE,
      tls_ciphers: OUTAGE,
    },
    partOf: ["loadbalancer_id"],
  }),
  openstack_lb_pool_v2: plain({ lost: OUTAGE, changed: { tls_enabled: OUTAGE }, partOf: ["loadbalancer_id", "listener_id"] }),
  openstack_lb_member_v2: plain({ lost: OUTAGE, changed: { weight: OUTAGE, backup: OUTAGE }, partOf: ["pool_id"] }),
  openstack_lb_members_v2: plain({ lost: OUTAGE, changed: { member: OUTAGE }, partOf: ["pool_id"] }),
  openstack_lb_monitor_v2: plain({
    lost: OUTAGE,
    changed: { url_path: OUTAGE, expected_codes: OUTAGE, http_method: OUTAGE },
    partOf: ["pool_id"],
  }),
  openstack_lb_l7policy_v2: plain({
    lost: OUTAGE,
    changed: { action: OUTAGE, redirect_pool_id: OUTAGE, redirect_url: OUTAGE, redirect_prefix: OUTAGE, position: OUTAGE },
    partOf: ["listener_id"],
  }),
  openstack_lb_l7rule_v2: plain({
    lost: OUTAGE,
    changed: { value: OUTAGE, key: OUTAGE, invert: OUTAGE, compare_type: OUTAGE, type: OUTAGE },
    partOf: ["l7policy_id"],
  }),
  openstack_lb_flavor_v2: plain({ lost: OUTAGE }),
  openstack_lb_flavorprofile_v2: plain({ lost: OUTAGE }),
  openstack_lb_quota_v2: harmless,

  // A name that leads elsewhere, or nowhere.
  openstack_dns_zone_v2: plain({ lost: OUTAGE, changed: { masters: OUTAGE } }),
  openstack_dns_recordset_v2: plain({ lost: OUTAGE, changed: { records: ["re-addressed"] }, partOf: ["zone_id"] }),
  openstack_dns_zone_share_v2: plain({ made: EXPOSURE, lost: OUTAGE, partOf: ["zone_id"] }),
  openstack_dns_transfer_request_v2: plain({ made: EXPOSURE, lost: [] }),
  openstack_dns_transfer_accept_v2: harmless,
  openstack_dns_quota_v2: harmless,

  openstack_images_image_v2: plain({ lost: OUTAGE, changed: { visibility: EXPOSURE } }),
  openstack_images_image_access_v2: plain({ lost: OUTAGE, partOf: ["image_id"] }),
  openstack_images_image_access_accept_v2: plain({ lost: OUTAGE, partOf: ["image_id"] }),
  openstack_blockstorage_volume_type_v3: plain({ lost: OUTAGE, changed: { is_public: EXPOSURE } }),
  openstack_blockstorage_volume_type_access_v3: plain({ lost: OUTAGE, partOf: ["volume_type_id"] }),
  openstack_blockstorage_qos_v3: harmless,
  openstack_blockstorage_qos_association_v3: harmless,
  openstack_sharedfilesystem_sharenetwork_v2: plain({
    lost: OUTAGE,
    changed: { neutron_net_id: OUTAGE, neutron_subnet_id: OUTAGE, security_service_ids: OUTAGE },
  }),
  openstack_sharedfilesystem_securityservice_v2: plain({
    lost: OUTAGE,
    changed: { dns_ip: OUTAGE, domain: OUTAGE, password: OUTAGE, server: OUTAGE, user: OUTAGE, ou: OUTAGE, type: OUTAGE },
  }),
  openstack_objectstorage_account_v1: plain({ lost: OUTAGE, changed: { metadata: OUTAGE } }),
  openstack_objectstorage_tempurl_v1: plain({ made: EXPOSURE, lost: ["outage", "exposure-changed"] }),

  openstack_db_instance_v1: plain({ lost: ["data-lost"], changed: { configuration_id: ["reboot"] } }),
  openstack_db_database_v1: plain({ lost: ["data-lost"] }),
  openstack_db_user_v1: plain({ lost: OUTAGE, changed: { databases: OUTAGE }, partOf: ["instance_id"] }),
  openstack_db_configuration_v1: plain({ lost: ["reboot"] }),
  openstack_containerinfra_cluster_v1: plain({
    lost: ["data-lost"],
    changed: { node_count: OUTAGE, cluster_template_id: OUTAGE, master_count: OUTAGE },
  }),
  openstack_containerinfra_nodegroup_v1: plain({
    lost: OUTAGE,
    changed: { node_count: OUTAGE, min_node_count: OUTAGE, max_node_count: OUTAGE },
    partOf: ["cluster_id"],
  }),
  openstack_containerinfra_clustertemplate_v1: plain({ lost: [], changed: { public: EXPOSURE } }),
  openstack_orchestration_stack_v1: plain({
    lost: ["data-lost"],
    changed: { template_opts: OUTAGE, environment_opts: OUTAGE, parameters: OUTAGE },
  }),
};

/** Another way to encrypt makes every tunnel that uses it negotiate again. */
function tunnelPolicy(...more: readonly string[]): Rule {
  const attributes = ["auth_algorithm", "encryption_algorithm", "pfs", "lifetime", ...more];
  return plain({ lost: OUTAGE, changed: Object.fromEntries(attributes.map((attribute) => [attribute, OUTAGE])) });
}
