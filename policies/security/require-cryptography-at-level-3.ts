import { isProvided } from "../../catalog/declaration.ts";
import { writtenPath } from "../../catalog/source/written-path.ts";
import { declared, defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Rejects a level-3 system without commercial cryptography (line 24); a dated waiver may say why not. */
export const requireCryptographyAtLevel3 = defineSystemPolicy({
  id: "security/require-cryptography-at-level-3",
  level: "mandatory",
  waivableBy: "tenant",
  title: { zh: "等保三级系统配商用密码", en: "A level-3 system carries commercial cryptography" },
  why: {
    zh: "平台要通过商用密码应用安全性评估，三级系统缺少密码组件就过不了；不配的须有到期日的豁免",
    en: "The platform has to pass the cryptography assessment, which a level-3 system without the components fails; an exception is a dated waiver",
  },
  clause: "合同 5.1.4、附件1 第24项; GB/T 39786-2021 8.4 应用和数据安全",
  remedy: {
    zh: "写上 cryptography: true（第24项，按系统计费），或登记有到期日的豁免，写明理由",
    en: "Write cryptography: true (line 24, once per system), or record a waiver with its reason and its last day",
  },
  check({ declaration }) {
    if (declaration === undefined) return [notApplicable("平台不是业务系统", "the platform is no system of a bureau")];
    if (!isProvided(declaration)) return [notApplicable("系统已下线", "the system is retired")];
    if (declaration.mlps !== 3) return [notApplicable("等保二级系统不要求商用密码", "a level-2 system needs none")];
    if (declaration.cryptography) return [pass()];
    const path = writtenPath(declaration.source, ["cryptography"], ["mlps"]);
    return [
      violation(
        { ...declared(declaration, ["cryptography"]), at: { file: declaration.source.path, path } },
        "系统是等保三级（mlps: 3），却没有配商用密码；应写 cryptography: true",
        "Cannot run at level 3 (mlps: 3) without commercial cryptography: wanted cryptography: true",
      ),
    ];
  },
});
