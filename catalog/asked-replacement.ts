import { acceptedDamage } from "./accepted-damage.ts";
import type { Asked, Asking } from "./asked.ts";
import { attestedRemoval, removalNames } from "./attested-removal.ts";
import type { DamageClass, ResourceChange } from "./terraform-plan/planned-resource.ts";
import { type Text, text } from "./text.ts";

/** What a bureau has to write to ask for a replacement; `never` where nothing can. */
export type AskedBy = DamageClass | "never";

/** What loses something by being made anew, its name, and how a bureau asks for it. */
export const STANDING: ReadonlyMap<string, { readonly name: Text; readonly by: AskedBy }> = new Map([
  ["openstack_compute_instance_v2", { name: { zh: "服务器", en: "server" }, by: "root-disk-lost" }],
  ["openstack_networking_port_v2", { name: { zh: "网卡", en: "port" }, by: "re-addressed" }],
  ["openstack_networking_floatingip_v2", { name: { zh: "公网地址", en: "public address" }, by: "re-addressed" }],
  ["openstack_networking_router_v2", { name: { zh: "路由器", en: "router" }, by: "outage" }],
  ["openstack_networking_network_v2", { name: { zh: "网络", en: "network" }, by: "never" }],
  ["openstack_networking_subnet_v2", { name: { zh: "子网", en: "subnet" }, by: "never" }],
  ["openstack_identity_project_v3", { name: { zh: "项目", en: "project" }, by: "never" }],
  ["openstack_blockstorage_volume_v3", { name: { zh: "数据盘", en: "data volume" }, by: "data-lost" }],
  ["openstack_sharedfilesystem_share_v2", { name: { zh: "文件存储", en: "share" }, by: "data-lost" }],
  ["openstack_objectstorage_container_v1", { name: { zh: "对象存储", en: "container" }, by: "data-lost" }],
]);

const NEVER: Asked = {
  kind: "unasked",
  reason: text("这种重建不能声明接受", "nothing can accept that"),
  remedy: text(
    "撤回这项修改；或另建新的，迁移后再让旧的下线",
    "Take the change back; or make something new beside it, migrate, then let the old one go",
  ),
};

/** Whether a replacement was asked for: data by an attested removal, all else by `accepts`. */
export function askedReplacement(
  asking: Asking & { readonly changes: readonly ResourceChange[] },
  change: ResourceChange,
  by: AskedBy,
): Asked {
  if (by === "never") return NEVER;
  if (by === "data-lost") return attestedRemoval(asking, removalNames(change, asking.changes));
  return acceptedDamage(asking, change.address, by);
}
