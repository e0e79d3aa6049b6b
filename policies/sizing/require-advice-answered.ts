import { adviseGroup } from "../../catalog/sizing/advise-group.ts";
import { adviceDue, groupAsMeasured } from "../../catalog/sizing/measured-month.ts";
import { declared, defineSystemPolicy, notApplicable, pass, undetermined, type Verdict, violation } from "../policy.ts";

/** Points out a server whose advice of a month is more than a month old, and whose declaration has not changed since it was due. */
export const requireAdviceAnswered = defineSystemPolicy({
  id: "sizing/require-advice-answered",
  level: "advisory",
  title: { zh: "资源调整建议一个月内有答复", en: "Right-sizing advice is answered within a month" },
  why: {
    zh: "资源一般按月调整（5.2）；建议放着不办，全市平均使用率就上不去",
    en: "Resources are adjusted by the month (5.2); advice that lies about leaves the city's average where it is",
  },
  clause: "本项目规则; 合同 5.2; 附件2 7.3",
  remedy: {
    zh: "按建议改 cpu、memoryGb，或者在 sizing 里写明豁免的原因和截止日，由市大数据中心登记",
    en: "Change cpu and memoryGb as advised, or state in sizing why the system is exempt and until when, for the centre to record",
  },
  check({ at, declaration, base, pool, catalogue, usage }) {
    if (usage === undefined) return [notApplicable("没有给出使用率（--usage）", "no use was given (--usage)")];
    if (declaration === undefined || pool === undefined) return [notApplicable("平台没有云服务器", "the platform has no servers")];
    const { resourceUsage: rules } = catalogue;
    const due = adviceDue(usage.month, rules);
    if (at.toString() <= due.add({ months: 1 }).toString())
      return [notApplicable("建议提出不到一个月", "the advice is no more than a month old")];
    // Without anything to compare with, what is declared is what was advised on.
    const before = base === undefined ? declaration : base.declaration;
    if (before === undefined) return [notApplicable("新系统还没有建议", "a new system has no advice yet")];
    return declaration.servers.flatMap((server): Verdict[] => {
      const own = before.servers.find(({ key }) => key === server.key);
      if (own === undefined) return [notApplicable("新服务器还没有建议", "a new server has no advice yet")];
      const figures = usage.byGroup.of(before.id, own.key).filter(({ index }) => index <= own.count);
      // An exemption that this request brings answers too.
      const then = groupAsMeasured(usage, before, own) ?? own;
      const advice = adviseGroup({ ...before, sizing: declaration.sizing ?? before.sizing }, then, figures, {
        rules,
        pool,
        month: usage.month,
      });
      if ([own, then].some(({ cpu, memoryGb }) => server.cpu !== cpu || server.memoryGb !== memoryGb)) return [pass()];
      return (["cpu", "memory"] as const).map((resource) => {
        const { now, target, left } = advice[resource];
        if (left !== null || usage.changedSinceDue?.has(before.source.path) === true) return pass();
        const place = declared(declaration, ["servers", server.key, resource === "cpu" ? "cpu" : "memoryGb"]);
        const [zh, en] = resource === "cpu" ? (["核", "cores"] as const) : (["GB 内存", "GB of memory"] as const);
        if (usage.changedSinceDue === undefined) {
          return undetermined(
            place,
            `服务器组 ${server.key}：${usage.month.key} 的建议（${now} → ${target} ${zh}）是否已经答复，没有完整的 Git 历史不能判断`,
            `Cannot tell whether the advice of ${usage.month.key} (${now} → ${target} ${en}) was answered: wanted the whole Git history`,
          );
        }
        return violation(
          place,
          `服务器组 ${server.key}：${usage.month.key} 的建议是从 ${now} 改到 ${target} ${zh}，${due} 到期，至今没有答复`,
          `The advice of ${usage.month.key}, due ${due}, to go from ${now} to ${target} ${en}, is unanswered`,
        );
      });
    });
  },
});
