import { placeOfChange } from "../../catalog/declared-place.ts";
import { idleRetype } from "../../catalog/terraform-plan/retype.ts";
import { defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Points out another type of a volume that the provider reports as done and does not bring about. */
export const noRetypeWithoutEffect = defineSystemPolicy({
  id: "damage/no-retype-without-effect",
  level: "advisory",
  title: { zh: "改卷类型要真正生效", en: "Another type of a volume takes effect" },
  why: {
    zh: "没有写 volume_retype_policy = on-demand 时，执行报告成功，卷却还是原来的类型，以后每次计划都再出现同样的变更；费用仍按原来的类型",
    en: "Without volume_retype_policy = on-demand the apply reports success and the volume keeps its type, every later plan shows the same change again, and the old type is what is paid for",
  },
  clause: "本项目规则; 合同 附件1 第14项、第15项",
  remedy: {
    zh: '在卷上写 volume_retype_policy = "on-demand"，或恢复原来的 volume_type',
    en: 'Write volume_retype_policy = "on-demand" on the volume, or put volume_type back',
  },
  check(subject) {
    if (subject.base === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    return subject.changes.flatMap((change) => {
      const retype = idleRetype(change);
      if (retype === undefined) return change.type === "openstack_blockstorage_volume_v3" ? [pass()] : [];
      const { from, to, policy } = retype;
      return [
        violation(
          { ...placeOfChange(subject, change), attribute: "volume_type" },
          `卷类型从 ${from} 改为 ${to} 不会生效（volume_retype_policy 是 ${policy}）：执行后仍是 ${from}，按 ${from} 计价`,
          `The volume type changes from ${from} to ${to} without effect (volume_retype_policy is ${policy}): it stays ${from} after the apply, and is priced as ${from}`,
        ),
      ];
    });
  },
});
