import { type Asked, acceptedDamage, attestedRemoval, placeOfUnasked, removalNames } from "../../catalog/asked-damage.ts";
import { causeWords } from "../../catalog/terraform-plan/cause-words.ts";
import type { DamageClass, ResourceChange } from "../../catalog/terraform-plan/planned-resource.ts";
import type { Text } from "../../catalog/text.ts";
import { text } from "../../catalog/text.ts";
import { defineSystemPolicy, notApplicable, pass, type SystemSubject, violation } from "../policy.ts";

/** What loses something by being made anew, its name, and how a bureau asks for it. */
const STANDING: Readonly<Record<string, { readonly name: Text; readonly by: DamageClass | "never" }>> = {
  openstack_compute_instance_v2: { name: { zh: "服务器", en: "server" }, by: "root-disk-lost" },
  openstack_networking_port_v2: { name: { zh: "网卡", en: "port" }, by: "re-addressed" },
  openstack_networking_floatingip_v2: { name: { zh: "公网地址", en: "public address" }, by: "re-addressed" },
  openstack_networking_router_v2: { name: { zh: "路由器", en: "router" }, by: "outage" },
  openstack_networking_network_v2: { name: { zh: "网络", en: "network" }, by: "never" },
  openstack_networking_subnet_v2: { name: { zh: "子网", en: "subnet" }, by: "never" },
  openstack_identity_project_v3: { name: { zh: "项目", en: "project" }, by: "never" },
  openstack_blockstorage_volume_v3: { name: { zh: "数据盘", en: "data volume" }, by: "data-lost" },
  openstack_sharedfilesystem_share_v2: { name: { zh: "文件存储", en: "share" }, by: "data-lost" },
  openstack_objectstorage_container_v1: { name: { zh: "对象存储", en: "container" }, by: "data-lost" },
};

/** Rejects the replacement of what holds data, an address or a connection, where nobody asked for it. */
export const noReplacementUnasked = defineSystemPolicy({
  id: "damage/no-replacement-unasked",
  level: "mandatory",
  title: { zh: "不在未声明时销毁重建", en: "Nothing that stands is replaced unasked" },
  why: {
    zh: "有些修改云平台不能就地完成，只能先销毁再重建；看起来很小的改动也可能如此",
    en: "Some changes cannot be made in place: the old one is destroyed first, however small the change looks",
  },
  clause: "合同 附件2 1.1; GB/T 22239-2019 8.1.4.9 数据备份恢复",
  remedy: {
    zh: "撤回这项修改；或在 accepts 里接受它的影响（服务器写 root-disk-lost，网卡和公网地址写 re-addressed），存储要在 removals 里写明数据去向",
    en: "Take the change back; or accept what it does in accepts (root-disk-lost for a server, re-addressed for a port or public address); storage needs its removal with an attestation in removals",
  },
  yieldsTo: [
    "damage/no-root-disk-lost",
    "damage/no-data-lost",
    "damage/no-change-that-fails",
    "damage/no-outage",
    "damage/no-re-addressing",
  ],
  check(subject) {
    if (subject.base === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    return subject.changes.flatMap((change) => {
      const standing = STANDING[change.type];
      if (change.action !== "replace" || standing === undefined) return [];
      const asked = isAsked(subject, change, standing.by);
      if (asked.kind === "asked") return [pass()];
      const cause = causeWords(change, subject.catalogue.images.values());
      return [
        violation(
          placeOfUnasked(subject, change, asked),
          `${standing.name.zh}会被重建：${cause.zh}；${asked.reason.zh}`,
          `Cannot replace the ${standing.name.en}: ${cause.en}; ${asked.reason.en}`,
          asked.remedy,
        ),
      ];
    });
  },
});

const NEVER: Asked = {
  kind: "unasked",
  reason: text("这种重建不能声明接受", "nothing can accept that"),
  remedy: text(
    "撤回这项修改；或另建新的，迁移后再让旧的下线",
    "Take the change back; or make something new beside it, migrate, then let the old one go",
  ),
};

function isAsked(subject: SystemSubject, change: ResourceChange, by: DamageClass | "never"): Asked {
  if (by === "never") return NEVER;
  if (by === "data-lost") return attestedRemoval(subject, removalNames(change, subject.changes));
  return acceptedDamage(subject, change.address, by);
}
