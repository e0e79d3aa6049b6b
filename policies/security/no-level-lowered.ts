import { isProvided } from "../../catalog/declaration.ts";
import { declared, defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Rejects a lower MLPS level for a system that stands: its level is filed, and only who filed it can change it. */
export const noLevelLowered = defineSystemPolicy({
  id: "security/no-level-lowered",
  level: "mandatory",
  title: { zh: "已有系统不降低等保级别", en: "No standing system lowers its MLPS level" },
  why: {
    zh: "等保级别经定级、审批并在公安机关备案；申请里改一个数字，就少了三级的组件和要求",
    en: "The level was determined, approved and filed with the police: one digit in a request would take away the components and demands of level 3",
  },
  clause: "GB/T 22239-2019 8.1.9 安全建设管理; 合同 附件1 第22项、第23项",
  remedy: {
    zh: "恢复原来的级别；已重新定级备案的，登记豁免，写明备案变更的文号",
    en: "Put the level back; where the level was determined and filed anew, record a waiver with the number of that filing",
  },
  check({ declaration, base }) {
    if (declaration === undefined) return [notApplicable("平台不是业务系统", "the platform is no system of a bureau")];
    const before = base?.declaration;
    if (before === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    if (!isProvided(declaration)) return [notApplicable("系统已下线", "the system is retired")];
    if (declaration.mlps >= before.mlps) return [pass()];
    return [
      violation(
        declared(declaration, ["mlps"]),
        `等保级别从 ${before.mlps} 降为 ${declaration.mlps}；降级须有备案机关的决定`,
        `Cannot lower the MLPS level from ${before.mlps} to ${declaration.mlps}: wanted the decision of the authority that it is filed with`,
      ),
    ];
  },
});
