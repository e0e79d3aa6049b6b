import { declared, defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Warns of a system that still exits after its day of retirement: it is billed on until somebody retires it. */
export const requireExitingDateAhead = defineSystemPolicy({
  id: "life-cycle/require-exiting-date-ahead",
  level: "advisory",
  title: { zh: "退出中的系统按期下线", en: "An exiting system has its day of retirement ahead" },
  why: {
    zh: "退出期间照常计费；过了下线日期还没有下线，钱就一直花下去",
    en: "An exiting system is billed like any other; past its day and not retired, it goes on costing money",
  },
  clause: "合同 5.4、附件4",
  remedy: {
    zh: "数据返还、清除以后，写 stage: retired（下线）；确实要延期，改 retirement.on（下线日期），并在 changeReason 写明原因",
    en: "Write stage: retired once data are returned and erased; where it has to take longer, move retirement.on and say why in changeReason",
  },
  check({ at, declaration }) {
    if (declaration?.stage !== "exiting") return [notApplicable("系统不在退出阶段", "the system is not exiting")];
    const on = declaration.retirement?.on;
    if (on !== undefined && on >= at.toString()) return [pass()];
    return [
      violation(
        declared(declaration, ["retirement", "on"]),
        on === undefined ? "退出中，却没有写下线日期" : `下线日期 ${on} 已过（今天 ${at}），系统还在退出、仍在计费`,
        on === undefined
          ? "Expect a day of retirement: the system is exiting and has none"
          : `Retire the system or move its day: ${on} has passed, it is ${at}, and the system is still billed`,
      ),
    ];
  },
});
