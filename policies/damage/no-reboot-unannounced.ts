import { changesDoing } from "../../catalog/accepted-damage.ts";
import { causeWords } from "../../catalog/terraform-plan/cause-words.ts";
import { placeOfUnasked } from "../../catalog/unasked-place.ts";
import { defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Warns of a change that restarts a server or a component, where nobody said that this is known. */
export const noRebootUnannounced = defineSystemPolicy({
  id: "damage/no-reboot-unannounced",
  level: "advisory",
  yieldsTo: ["damage/no-tainted-replacement", "damage/no-change-that-fails"],
  title: { zh: "重启事先声明", en: "Nothing is restarted unannounced" },
  why: {
    zh: "改变核数或内存会重启服务器，换组件镜像会重启组件；磁盘和地址不变，但服务会短暂中断",
    en: "Another number of cores or GB restarts the server, another image the component: disks and address stay, yet the service stops for a while",
  },
  clause: "合同 附件2 1.1",
  remedy: {
    zh: "约好重启时间，在 accepts 里写明 damage: reboot、服务器组、有效期和原因",
    en: "Agree on a time and add accepts: damage reboot, the server group, a last day and the reason",
  },
  check(subject) {
    if (subject.base === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    return changesDoing("reboot", subject).map(({ change, asked }) => {
      if (asked.kind === "asked") return pass();
      const cause = causeWords(change, subject.catalogue.images);
      return violation(
        placeOfUnasked(subject, change, asked),
        `会重启：${cause.zh}；${asked.reason.zh}`,
        `Expect a restart: ${cause.en}; ${asked.reason.en}`,
        asked.remedy,
      );
    });
  },
});
