import { type Text, text } from "../text.ts";
import { reasonWords } from "./plan-json/actions.ts";
import { blocks, type PlannedResource, type ResourceChange, TAINTED } from "./planned-resource.ts";

/** Why the cloud refuses a change, by type of resource. */
const REFUSED: Readonly<Record<string, Text>> = {
  openstack_networking_subnet_v2: text(
    "网卡还在用它，删不掉；路由器接口这时已经拆除",
    "ports still use it, so it cannot be deleted, and by then its router interface is gone",
  ),
  openstack_networking_secgroup_rule_v2: text(
    "组里已有相同的规则（新安全组自带出方向规则，除非写明 delete_default_rules）",
    "its group has the same rule already (a new group brings egress rules unless delete_default_rules is set)",
  ),
  openstack_networking_floatingip_v2: text("它的子网没有通往外部的路由器", "its subnet has no router with a way out"),
  openstack_networking_floatingip_associate_v2: text("它的子网没有通往外部的路由器", "its subnet has no router with a way out"),
  openstack_compute_quotaset_v2: text("本系统用的比这个配额多", "its own system uses more than this quota"),
  openstack_blockstorage_quotaset_v3: text("同一次变更用的比这个配额多", "the same change uses more than this quota"),
  openstack_networking_quota_v2: text("同一次变更用的比这个配额多", "the same change uses more than this quota"),
  openstack_vpnaas_endpoint_group_v2: text("连接还在用它，删不掉", "a connection still uses it, so it cannot be deleted"),
  kubernetes_persistent_volume_claim_v1: text("存储声明不能缩小", "a claim never shrinks"),
};

/** What a person has to know beside the cause of a change, and no class of damage says. */
export function damageNotes(change: ResourceChange): readonly Text[] {
  const { type, action, before, after, damage, cause } = change;
  const notes: Text[] = change.reason === TAINTED ? [reasonWords(TAINTED)] : [];
  if (damage.includes("fails-at-apply")) {
    if (type === "openstack_blockstorage_volume_v3") notes.push(refusedVolume(change));
    else if (Object.hasOwn(REFUSED, type)) notes.push(REFUSED[type] as Text);
  }
  if (type === "openstack_compute_instance_v2") {
    // Of a server that can be resized another flavor is a reboot, whatever else stops it.
    if (damage.includes("fails-at-apply") && !damage.includes("reboot") && cause.includes("flavor_id") && !cause.includes("image_name"))
      notes.push(text("整机不能改配", "a whole machine is never resized"));
    if ((action === "replace" || action === "delete") && leavesBootDisk(before))
      notes.push(
        text(
          "旧系统盘会留在云里，没有人管理，却继续占用和计费",
          "its old boot disk stays in the cloud, managed by nobody and still billed",
        ),
      );
    if (action === "update" && damage.includes("reboot") && cause.includes("image_id") && blocks(after, "block_device").length > 0)
      notes.push(text("以后每次执行都会再重启一次", "and every later apply restarts it again"));
  }
  if (type === "openstack_keymanager_secret_v1" && (action === "replace" || action === "delete"))
    notes.push(
      text(
        "旧值和旧引用都没有了，用旧值加密的读不出来",
        "its old value and reference are gone, and what was encrypted with it cannot be read",
      ),
    );
  return notes;
}

function refusedVolume({ action, before, after }: ResourceChange): Text {
  if (action === "replace") return text("旧卷有快照时删不掉", "the old one cannot be deleted while it has snapshots");
  return Number(after?.values["size"]) > Number(before?.values["size"])
    ? text("卷在用，又没有开启在线扩容", "it is in use and does not grow online")
    : text("云平台只能扩大卷", "the cloud only enlarges a volume");
}

/** A boot volume outlives its server unless it says otherwise; the provider's default is to keep it. */
function leavesBootDisk(server: PlannedResource | undefined): boolean {
  return blocks(server, "block_device").some(
    (block) =>
      block["destination_type"] === "volume" &&
      block["source_type"] === "image" &&
      (block["boot_index"] ?? 0) === 0 &&
      block["delete_on_termination"] !== true,
  );
}
