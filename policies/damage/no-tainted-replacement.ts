import { type AskedBy, askedReplacement, STANDING } from "../../catalog/asked-replacement.ts";
import { causeWords } from "../../catalog/terraform-plan/cause-words.ts";
import { type ResourceChange, TAINTED } from "../../catalog/terraform-plan/planned-resource.ts";
import { placeOfUnasked } from "../../catalog/unasked-place.ts";
import { defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Rejects the replacement of what an interrupted apply left half made, until somebody has looked: a retry by itself may destroy what works, or fail again. */
export const noTaintedReplacement = defineSystemPolicy({
  id: "damage/no-tainted-replacement",
  level: "mandatory",
  title: { zh: "建成一半的资源不自动重建", en: "Nothing half made is replaced unseen" },
  why: {
    zh: "执行中断、超时或配额不足会留下建成一半的资源，引擎给它打上 tainted 标记，下次计划就销毁重建；它可能已在使用、已有数据，引起失败的原因也可能还在",
    en: "An apply that is cut off, times out or runs out of quota leaves something half made; the engine marks it as tainted and the next plan destroys it: it may be in use and hold data by then, and what made it fail may still be there",
  },
  clause: "合同 附件2 1.1; GB/T 22239-2019 8.1.4.9 数据备份恢复",
  remedy: {
    zh: "先看它在云上的现状（npm run state -- show <系统> 列出编号和标记）。可以重建的，在 accepts 里写明本条所缺的影响（存储在 removals 里写明数据去向）；其实完好的，由运维人员用引擎的 untaint 去掉标记，再重新计划",
    en: "Look at it in the cloud first (npm run state -- show <system> lists ids and marks). Where it may go, write what this finding misses in accepts (for storage, what became of the data in removals); where it is whole after all, the operator takes the mark off with the engine's untaint and plans again",
  },
  check(subject) {
    if (subject.base === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    return subject.changes
      .filter(({ action, reason }) => action === "replace" && reason === TAINTED)
      .map((change) => {
        const asked = askedReplacement(subject, change, askedBy(change));
        if (asked.kind === "asked") return pass();
        const cause = causeWords(change, subject.catalogue.images);
        return violation(
          placeOfUnasked(subject, change, asked),
          `不能自动重建：${cause.zh}；${asked.reason.zh}`,
          `Cannot let it be replaced unseen: ${cause.en}; ${asked.reason.en}`,
          asked.remedy,
        );
      });
  },
});

/** As any replacement of its kind; of a kind that loses nothing, what uses it stands still in between. */
function askedBy({ type, damage }: ResourceChange): AskedBy {
  return STANDING.get(type)?.by ?? damage.find((each) => each !== "fails-at-apply") ?? "outage";
}
