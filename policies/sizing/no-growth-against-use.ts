import { adviseGroup, isExempt } from "../../catalog/sizing/advise-group.ts";
import { bandEdges, directionOf } from "../../catalog/sizing/bands.ts";
import { groupAsMeasured } from "../../catalog/sizing/measured-month.ts";
import { bandedPercentWords } from "../../catalog/sizing/percent-words.ts";
import { declared, defineSystemPolicy, notApplicable, pass, undetermined, type Verdict, violation } from "../policy.ts";

/**
 * Rejects more cores or memory for a server whose month says to keep or reduce them. A month's use is of the size that the server had when the month
 * ended: once that has changed, it supports what its band makes of that size, and says nothing of more.
 */
export const noGrowthAgainstUse = defineSystemPolicy({
  id: "sizing/no-growth-against-use",
  level: "mandatory",
  title: { zh: "使用率不够的云服务器不扩容", en: "A server does not grow against its use" },
  why: {
    zh: "使用率分档说保持或缩减的，再扩容就更闲置；全市平均低于 30% 要扣年度服务费的 20%",
    en: "Where the bands say keep or reduce, growth adds what stands idle; a city average under 30 % costs 20 % of the annual fee",
  },
  clause: "合同 附件2 7.2; 附件2 7.3",
  remedy: {
    zh: "保持原规格；确有新业务、使用率说明不了的，由管理部门豁免",
    en: "Keep the size there is; for new business that last month's use cannot show, ask the centre for a waiver",
  },
  check({ declaration, base, pool, catalogue, usage }) {
    if (usage === undefined) return [notApplicable("没有给出使用率（--usage）", "no use was given (--usage)")];
    if (declaration === undefined || pool === undefined) return [notApplicable("平台没有云服务器", "the platform has no servers")];
    const before = base?.declaration;
    if (before === undefined) return [notApplicable("新系统还没有使用率", "a new system has no use yet")];
    if (isExempt(before, usage.month.first))
      return [notApplicable("豁免的系统不按使用率调整（附件2 7.2 注2）", "an exempt system is not sized by its use (Annex 2 7.2 note 2)")];
    return declaration.servers.flatMap((server): Verdict[] => {
      const own = before.servers.find(({ key }) => key === server.key);
      if (own === undefined) return [notApplicable("新服务器还没有使用率", "a new server has no use yet")];
      if (server.cpu <= own.cpu && server.memoryGb <= own.memoryGb) return [pass()];
      const figures = usage.byGroup.of(before.id, own.key).filter(({ index }) => index <= own.count);
      const then = groupAsMeasured(usage, before, own);
      const advice = adviseGroup(before, then ?? own, figures, { rules: catalogue.resourceUsage, pool, month: usage.month });
      return (["cpu", "memory"] as const).map((resource) => {
        const key = resource === "cpu" ? "cpu" : "memoryGb";
        const [was, is] = [own[key], server[key]];
        if (is <= was) return pass();
        const place = declared(declaration, ["servers", server.key, key]);
        const [zh, en] = resource === "cpu" ? (["核", "cores"] as const) : (["GB 内存", "GB of memory"] as const);
        const { percent, band, target } = advice[resource];
        if (then === undefined) {
          return undetermined(
            place,
            `服务器组 ${server.key} 从 ${was} 增到 ${is} ${zh}：不知道 ${usage.month.key} 月末的规格，要有完整的 Git 历史`,
            `Cannot tell whether to grow from ${was} to ${is} ${en}: what it had in ${usage.month.key} is not known, wanted the whole Git history`,
          );
        }
        if (percent === null || band === null) {
          return undetermined(
            place,
            `服务器组 ${server.key} 从 ${was} 增到 ${is} ${zh}：${usage.month.key} 测得的数据不足，不能判断该不该增`,
            `Cannot tell whether to grow from ${was} to ${is} ${en}: too little of ${usage.month.key} was measured`,
          );
        }
        const measured = then[key];
        if (measured !== was && is <= target) return pass();
        if (directionOf(band.factor) === "grow") {
          if (measured === was) return pass();
          return undetermined(
            place,
            `服务器组 ${server.key} 从 ${was} 增到 ${is} ${zh}：${usage.month.key} 的使用率按当时的 ${measured} 测得，只支持到 ${target}；${was} 的使用率还不知道`,
            `Cannot tell whether to grow from ${was} to ${is} ${en}: the use of ${usage.month.key} is of ${measured} ${en} and supports ${target}; that of ${was} is not known yet`,
          );
        }
        const printed = bandedPercentWords(percent, catalogue.resourceUsage[resource]);
        const [ofZh, of] = measured === was ? ["", ""] : [`（当时 ${measured}）`, ` (of ${measured} then)`];
        return violation(
          place,
          `服务器组 ${server.key} 从 ${was} 增到 ${is} ${zh}：${usage.month.key} 平均使用率 ${printed}%${ofZh}，属“${band.printed}”档：${band.action.zh}`,
          `Cannot grow from ${was} to ${is} ${en}: average use in ${usage.month.key} was ${printed} %${of}, and the band ${bandEdges(band)} % says ${band.action.en}`,
        );
      });
    });
  },
});
