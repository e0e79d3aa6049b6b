import { acceptedDamage } from "../../catalog/asked-damage.ts";
import { placeOfChange } from "../../catalog/declared-place.ts";
import { causeWords } from "../../catalog/terraform-plan/cause-words.ts";
import type { ResourceChange } from "../../catalog/terraform-plan/planned-resource.ts";
import { defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Rejects another address for what stands: a port's, a public one, the whole subnet's. */
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
    zh: "撤回这项修改（网段不能改，要换网段请另建系统迁移）；或通知对端后在 accepts 里写明 damage: re-addressed、服务器组、有效期和原因",
    en: "Take the change back (a range never changes: declare a new system and migrate); or tell the peers and add accepts: damage re-addressed, the server group, a last day and the reason",
  },
  check(subject) {
    if (subject.base === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    return subject.changes.filter(changesAddress).map((change) => {
      const asked = acceptedDamage(subject, change.address, "re-addressed");
      if (asked.kind === "asked") return pass();
      const cause = causeWords(change);
      return violation(
        placeOfChange(subject, change),
        `地址会变：${cause.zh}；${asked.reason.zh}`,
        `Cannot let an address change: ${cause.en}; ${asked.reason.en}`,
      );
    });
  },
});

/** A subnet that is replaced takes every address of the system with it, whether or not that gets as far. */
function changesAddress({ type, action, damage }: ResourceChange): boolean {
  return damage.includes("re-addressed") || (type === "openstack_networking_subnet_v2" && action === "replace");
}
