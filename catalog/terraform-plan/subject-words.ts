import { declaredGroup, declaredName } from "../declared-place.ts";
import { clip } from "../source/visible-text.ts";
import { type Text, text } from "../text.ts";
import { withoutVersion } from "./force-new.ts";
import { type PlannedResource, valuesAt } from "./planned-resource.ts";

/** What people call a type of resource; a type that is not here is called by its own name. */
const NOUNS: Readonly<Record<string, Text>> = {
  openstack_compute_instance: text("服务器", "server"),
  openstack_compute_flavor: text("规格", "flavor"),
  openstack_compute_servergroup: text("服务器组", "server group"),
  openstack_compute_aggregate: text("主机聚合", "host aggregate"),
  openstack_compute_quotaset: text("计算配额", "compute quota"),
  openstack_compute_volume_attach: text("数据盘挂载", "volume attachment"),
  openstack_blockstorage_volume: text("数据盘", "volume"),
  openstack_blockstorage_quotaset: text("块存储配额", "volume quota"),
  openstack_sharedfilesystem_share: text("文件存储", "share"),
  openstack_sharedfilesystem_share_access: text("文件存储的访问许可", "access to share"),
  openstack_objectstorage_container: text("对象存储", "container"),
  openstack_networking_network: text("网络", "network"),
  openstack_networking_subnet: text("子网", "subnet"),
  openstack_networking_port: text("网卡", "port"),
  openstack_networking_router: text("路由器", "router"),
  openstack_networking_router_interface: text("路由器接口", "router interface"),
  openstack_networking_floatingip: text("公网地址", "public address"),
  openstack_networking_floatingip_associate: text("公网地址绑定", "association of public address"),
  openstack_networking_secgroup: text("安全组", "security group"),
  openstack_networking_secgroup_rule: text("安全组规则", "security group rule"),
  openstack_networking_quota: text("网络配额", "network quota"),
  openstack_fw_rule: text("防火墙规则", "firewall rule"),
  openstack_fw_policy: text("防火墙策略", "firewall policy"),
  openstack_fw_group: text("防火墙", "firewall"),
  openstack_identity_project: text("项目", "project"),
  openstack_identity_role_assignment: text("角色授予", "role assignment"),
  openstack_identity_user: text("用户", "user"),
  openstack_keymanager_secret: text("密钥", "secret"),
  openstack_images_image: text("镜像", "image"),
  kubernetes_namespace: text("命名空间", "namespace"),
  kubernetes_deployment: text("安全组件", "component"),
  kubernetes_service: text("组件的服务入口", "service"),
  kubernetes_network_policy: text("网络策略", "network policy"),
  kubernetes_resource_quota: text("命名空间配额", "namespace quota"),
};

/**
 * A resource as a person would name it: by the name that a bureau gave it (`volume db.data`; of a group of servers, the group), or else by its name in
 * the cloud or, where that is not known, in the configuration.
 */
export function subjectWords(resource: PlannedResource): Text {
  const type = withoutVersion(resource.type);
  const noun = Object.hasOwn(NOUNS, type) ? NOUNS[type] : undefined;
  const declared = declaredName(resource.address) ?? declaredGroup(resource.address)?.group;
  const [named] = [...valuesAt(resource, "name"), ...valuesAt(resource, "metadata.name")].filter((name) => typeof name === "string");
  const name = clip(declared ?? (typeof named === "string" && named !== "" ? named : resource.name), 80);
  return text(`${noun?.zh ?? resource.type} ${name}`, `${noun?.en ?? resource.type} ${name}`);
}
