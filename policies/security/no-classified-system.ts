import { declared, defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Rejects a system that handles state secrets: they have no place on this platform. */
export const noClassifiedSystem = defineSystemPolicy({
  id: "security/no-classified-system",
  level: "mandatory",
  waivableBy: "nobody",
  title: { zh: "不承载涉及国家秘密的信息", en: "Nothing classified is on the platform" },
  why: { zh: "甲方须确保不将涉及国家秘密的信息放到政务云平台上", en: "The purchaser must keep state secrets off the platform" },
  clause: "合同 8.2.5",
  remedy: {
    zh: "涉密系统请走涉密渠道；误填的请改为 classified: false",
    en: "Take a classified system through its own channel; if this was a slip, write classified: false",
  },
  check({ declaration }) {
    if (declaration === undefined) return [notApplicable("平台不是业务系统", "the platform is no system of a bureau")];
    return [
      declaration.classified
        ? violation(
            declared(declaration, ["classified"]),
            "申请写明系统涉及国家秘密（classified: true），不能上政务云",
            "Cannot host a classified system (classified: true)",
          )
        : pass(),
    ];
  },
});
