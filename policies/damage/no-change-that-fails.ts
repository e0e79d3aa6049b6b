import { declaredPath, placeOfChange } from "../../catalog/declared-place.ts";
import { causeWords } from "../../catalog/terraform-plan/cause-words.ts";
import type { ResourceChange } from "../../catalog/terraform-plan/planned-resource.ts";
import { defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Rejects a change that the plan takes for possible and the cloud refuses halfway: nobody can ask for that. */
export const noChangeThatFails = defineSystemPolicy({
  id: "damage/no-change-that-fails",
  level: "mandatory",
  title: { zh: "没有执行到一半会失败的变更", en: "No change is planned that fails at apply" },
  why: {
    zh: "计划看不出来，执行时才被云平台拒绝：缩小的卷、在用的子网、未开启在线扩容的卷、低于用量的配额、重复的规则、整机改配的 GPU 服务器；前半已经生效，子网失败还会留下没有路由器的网络",
    en: "The plan does not show it and the cloud refuses when it is applied: a smaller volume, a subnet in use, a volume that cannot grow online, a quota below what is used, a rule twice, a GPU box of another type; what came first is done by then, and after a subnet the network has no router",
  },
  clause: "合同 附件2 1.1",
  remedy: {
    zh: "撤回这项修改，这类修改不能用 accepts 接受；另建新的（新卷；换网段要新系统），迁移后再让旧的下线",
    en: "Take the change back, for accepts cannot hold it; declare something new beside it (a new volume; for another range a new system), migrate, then let the old one go",
  },
  yieldsTo: ["damage/no-tainted-replacement", "damage/no-volume-shrink"],
  check(subject) {
    if (subject.base === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    const resizesMachine = ({ type, action, cause, address }: ResourceChange): boolean =>
      type === "openstack_compute_instance_v2" &&
      action === "update" &&
      cause.includes("flavor_id") &&
      subject.declaration !== undefined &&
      declaredPath(subject.declaration, address)[0] === "gpuServers";
    // A GPU box is a whole machine: Nova resizes no bare metal (its support matrix has none for Ironic).
    const failing = subject.changes.filter((change) => change.damage.includes("fails-at-apply") || resizesMachine(change));
    if (failing.length === 0) return [pass()];
    return failing.map((change) => {
      const cause = causeWords(change, subject.catalogue.images.values());
      const machine = resizesMachine(change) ? { zh: "；整机不能改配", en: "; a whole machine is never resized" } : { zh: "", en: "" };
      return violation(
        placeOfChange(subject, change),
        `执行时会失败：${cause.zh}${machine.zh}`,
        `Cannot apply the change, the cloud refuses it: ${cause.en}${machine.en}`,
      );
    });
  },
});
