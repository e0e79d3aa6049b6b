import { placeOfChange } from "../../catalog/declared-place.ts";
import { causeWords } from "../../catalog/terraform-plan/cause-words.ts";
import { text } from "../../catalog/text.ts";
import { defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

const WITHOUT_DECLARATION = text(
  "撤回这项修改；另建新的（新卷、新网段），迁移后再删除旧的",
  "Take the change back; make something new beside it (a volume, a subnet), migrate, then delete the old one",
);

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
    const failing = subject.changes.filter(({ damage }) => damage.includes("fails-at-apply"));
    if (failing.length === 0) return [pass()];
    return failing.map((change) => {
      const cause = causeWords(change, subject.catalogue.images);
      return violation(
        placeOfChange(subject, change),
        `执行时会失败：${cause.zh}`,
        `Cannot apply the change, the cloud refuses it: ${cause.en}`,
        subject.foreign === true ? WITHOUT_DECLARATION : undefined,
      );
    });
  },
});
