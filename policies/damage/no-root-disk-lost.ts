import { changesDoing } from "../../catalog/accepted-damage.ts";
import { causeWords } from "../../catalog/terraform-plan/cause-words.ts";
import { placeOfUnasked } from "../../catalog/unasked-place.ts";
import { defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Rejects a change by which a server loses its root disk, where nobody accepted that: a replacement, or an update that is executed as a rebuild. */
export const noRootDiskLost = defineSystemPolicy({
  id: "damage/no-root-disk-lost",
  level: "mandatory",
  title: { zh: "不在未声明接受时丢失系统盘", en: "No server loses its root disk unasked" },
  why: {
    zh: "换镜像、换系统盘等变更会重建服务器，系统盘上的一切随之消失；Terraform 有时只把它写成“就地修改”",
    en: "Another image or another boot disk makes the server anew and all that is on its root disk is gone; Terraform may call that an update in place",
  },
  clause: "合同 附件4 3; GB/T 22239-2019 8.1.4.9 数据备份恢复",
  remedy: {
    zh: "撤回这项修改；或确认系统盘可以丢失（已备份），在 accepts 里写明 damage: root-disk-lost、服务器组、有效期和原因",
    en: "Take the change back; or make sure the root disk may go (it is backed up) and add accepts: damage root-disk-lost, the server group, a last day and the reason",
  },
  yieldsTo: ["damage/no-tainted-replacement"],
  check(subject) {
    if (subject.base === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    return changesDoing("root-disk-lost", subject).map(({ change, asked }) => {
      if (asked.kind === "asked") return pass();
      const cause = causeWords(change, subject.catalogue.images);
      return violation(
        placeOfUnasked(subject, change, asked),
        `服务器会丢失系统盘：${cause.zh}；${asked.reason.zh}`,
        `Cannot let the server lose its root disk: ${cause.en}; ${asked.reason.en}`,
        asked.remedy,
      );
    });
  },
});
