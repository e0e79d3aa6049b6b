import type { Stage } from "../../catalog/declaration.ts";
import { declared, defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Stages from which a system may not come back, and the stages that are then behind it. An exit may be called off: exiting to production is allowed. */
const BEHIND: Readonly<Record<Stage, readonly Stage[]>> = {
  trial: [],
  production: ["trial"],
  exiting: ["trial"],
  retired: ["trial", "production", "exiting"],
};

/** Rejects a system that goes back to a stage behind it: to a trial that is not billed, or from retirement. */
export const noStageGoingBack = defineSystemPolicy({
  id: "life-cycle/no-stage-going-back",
  level: "mandatory",
  title: { zh: "阶段不倒退", en: "No stage goes back" },
  why: {
    zh: "上线以后退回试用就不再计费；下线的系统数据已经清除，恢复不了，只能另建",
    en: "Back on trial a system would no longer be billed; a retired one has had its data erased, so it cannot come back, only be made anew",
  },
  clause: "合同 5.1.2、5.6.4、附件4 3",
  remedy: {
    zh: "把 stage 改回原来的阶段；下线的系统要再用，另写一个文件，用新的文件名申请",
    en: "Put stage back; to use a retired system again, ask for a new one in a file of another name",
  },
  check({ declaration, base }) {
    if (declaration === undefined) return [notApplicable("平台没有阶段", "the platform has no stage")];
    const before = base?.declaration;
    if (before === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    if (!BEHIND[before.stage].includes(declaration.stage)) return [pass()];
    return [
      violation(
        declared(declaration, ["stage"]),
        `阶段从 ${before.stage} 退回 ${declaration.stage}`,
        `Cannot go back from ${before.stage} to ${declaration.stage}`,
      ),
    ];
  },
});
