import { changesDoing } from "../../catalog/accepted-damage.ts";
import { causeWords } from "../../catalog/terraform-plan/cause-words.ts";
import { placeOfUnasked } from "../../catalog/unasked-place.ts";
import { defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Rejects another address for what stands: a port's, a public one, a name's. Another range for a subnet fails, and nobody can ask for it. */
export const noReAddressing = defineSystemPolicy({
  id: "damage/no-re-addressing",
  level: "mandatory",
  title: { zh: "不在未声明接受时更换地址", en: "No address changes unasked" },
  why: {
    zh: "服务器地址、网卡地址或公网地址一变，域名、对端白名单和数据库连接都会失效；释放的公网地址拿不回来",
    en: "With another address of a server, its port or its public side, names, peers' rules and connections no longer fit; a public address once released does not come back",
  },
  clause: "合同 附件2 1.1",
  remedy: {
    zh: "撤回这项修改；或通知对端后在 accepts 里写明 damage: re-addressed、服务器组、有效期和原因",
    en: "Take the change back; or tell the peers and add accepts: damage re-addressed, the server group, a last day and the reason",
  },
  yieldsTo: ["damage/no-tainted-replacement"],
  check(subject) {
    if (subject.base === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    return changesDoing("re-addressed", subject).map(({ change, asked }) => {
      if (asked.kind === "asked") return pass();
      const cause = causeWords(change, subject.catalogue.images);
      return violation(
        placeOfUnasked(subject, change, asked),
        `地址会变：${cause.zh}；${asked.reason.zh}`,
        `Cannot let an address change: ${cause.en}; ${asked.reason.en}`,
        asked.remedy,
      );
    });
  },
});
