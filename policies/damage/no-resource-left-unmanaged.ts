import { placeOfChange } from "../../catalog/declared-place.ts";
import { leftStanding } from "../../catalog/terraform-plan/left-standing.ts";
import { subjectWords } from "../../catalog/terraform-plan/subject-words.ts";
import { defineSystemPolicy, notApplicable, violation } from "../policy.ts";

/** Rejects that a resource leaves the state and stays in the cloud: it goes on being delivered and billed, and no later plan shows it. */
export const noResourceLeftUnmanaged = defineSystemPolicy({
  id: "damage/no-resource-left-unmanaged",
  level: "mandatory",
  title: { zh: "移出管理的资源不留在云上", en: "Nothing that leaves the state stays in the cloud" },
  why: {
    zh: "移出管理（removed 块写 destroy = false）不删除资源：它留在云上，照样交付、计费、可以访问，以后的计划却再也看不到它，没有人管理",
    en: "What Terraform lets go of (a removed block with destroy = false) is not deleted: it stays in the cloud, is delivered, billed and reached as before, and no later plan shows it, so that nobody manages it",
  },
  clause: "本项目规则; 合同 7.1.1; GB/T 22239-2019 8.1.10.2 资产管理",
  remedy: {
    zh: "撤回移出，让它继续受管理；不再需要的，安排好数据去向后删除；要交给别的配置管理的，先由那边 import，再由负责这片云的人决定放行本计划",
    en: "Take it back, so that it stays managed; what is no longer needed is deleted once its data are settled; what another configuration is to manage is imported there first, and whoever answers for the cloud then decides on this plan",
  },
  // A system's own stack never lets go of anything: there it is an error of the program, told by the double entry.
  yieldsTo: ["price/require-declared-equals-planned"],
  check(subject) {
    if (subject.base === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    return subject.changes.flatMap((change) => {
      const left = leftStanding(change);
      if (left === undefined) return [];
      const name = subjectWords(left);
      const isReplaced = change.action === "replace";
      return [
        violation(
          placeOfChange(subject, change),
          `${isReplaced ? "旧的" : ""}${name.zh} 移出管理后仍留在云上：没有人管理，却继续交付，有价格的继续计费；应继续管理，或予以删除`,
          `Cannot let go of ${isReplaced ? "the old " : ""}${name.en}: it stays in the cloud, managed by nobody, and goes on being delivered and, where it has a price, billed; wanted it managed or deleted`,
        ),
      ];
    });
  },
});
