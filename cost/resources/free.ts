import { type Text, text } from "../../catalog/text.ts";

const NOT_IN_ANNEX = text("附件1没有这一项，包含在平台服务里", "no line of Annex 1: part of the platform");
const PRICED_AT_SERVER = text("按使用它的云主机计价", "priced at the server that uses it");
const IN_BUNDLE = text("包含在安全或密码组件里（第22至24项）", "part of the security or cryptography bundle (lines 22 to 24)");
const LIMIT_ONLY = text("只是限额，不是用量", "a limit, no use");
const ACCESS = text("账号与权限，不计费", "identity and access carry no charge");
const ATTACHMENT = text("只是连接，卷本身已计价", "a connection: the volume itself is priced");

/** Resource types that cost nothing, each with its reason. A type in neither this table nor the registry is unknown, never free. */
export const FREE_TYPES: ReadonlyMap<string, Text> = new Map([
  ["openstack_blockstorage_volume_type_v3", NOT_IN_ANNEX],
  ["openstack_compute_flavor_access_v2", PRICED_AT_SERVER],
  ["openstack_compute_flavor_v2", PRICED_AT_SERVER],
  ["openstack_compute_quotaset_v2", LIMIT_ONLY],
  ["openstack_compute_servergroup_v2", NOT_IN_ANNEX],
  ["openstack_compute_volume_attach_v2", ATTACHMENT],
  ["openstack_fw_group_v2", IN_BUNDLE],
  ["openstack_fw_policy_v2", IN_BUNDLE],
  ["openstack_fw_rule_v2", IN_BUNDLE],
  ["openstack_identity_project_v3", ACCESS],
  ["openstack_identity_role_assignment_v3", ACCESS],
  ["openstack_images_image_v2", NOT_IN_ANNEX],
  ["openstack_networking_floatingip_associate_v2", NOT_IN_ANNEX],
  ["openstack_networking_floatingip_v2", NOT_IN_ANNEX],
  ["openstack_networking_network_v2", NOT_IN_ANNEX],
  ["openstack_networking_port_v2", NOT_IN_ANNEX],
  ["openstack_networking_quota_v2", LIMIT_ONLY],
  ["openstack_networking_router_interface_v2", NOT_IN_ANNEX],
  ["openstack_networking_router_v2", NOT_IN_ANNEX],
  ["openstack_networking_secgroup_rule_v2", NOT_IN_ANNEX],
  ["openstack_networking_secgroup_v2", NOT_IN_ANNEX],
  ["openstack_networking_subnet_v2", NOT_IN_ANNEX],
  ["openstack_networking_subnetpool_v2", NOT_IN_ANNEX],
  ["openstack_sharedfilesystem_share_access_v2", ACCESS],
  ["kubernetes_deployment_v1", IN_BUNDLE],
  ["kubernetes_limit_range_v1", IN_BUNDLE],
  ["kubernetes_namespace_v1", IN_BUNDLE],
  ["kubernetes_network_policy_v1", IN_BUNDLE],
  ["kubernetes_resource_quota_v1", IN_BUNDLE],
  ["kubernetes_service_v1", IN_BUNDLE],
]);
