import { Decimal } from "decimal.js";
import type { ItemId } from "../../catalog/annex-1.ts";
import { itemOrder } from "../../catalog/annex-1.ts";
import { placeOfChange } from "../../catalog/declared-place.ts";
import { leftStanding } from "../../catalog/terraform-plan/left-standing.ts";
import { subjectWords } from "../../catalog/terraform-plan/subject-words.ts";
import { defineSystemPolicy, pass, type SystemSubject, type Verdict, violation } from "../policy.ts";

/** Rejects a plan that would build more or less than the declaration says: the double entry of every bill. */
export const requireDeclaredEqualsPlanned = defineSystemPolicy({
  id: "price/require-declared-equals-planned",
  level: "mandatory",
  waivableBy: "nobody",
  title: { zh: "申请的与计划建的一致", en: "What is declared equals what is planned" },
  why: {
    zh: "账单来自交付的资源，审批看的是申请；两本账逐项相等，审批才有意义",
    en: "Bills come from what is delivered, approval looks at what is declared: they mean the same only where both agree on every line",
  },
  clause: "合同 7.1.1、附件3 二（一）",
  remedy: {
    zh: "这是程序或目录的错误，请报告平台工程师；申请本身不用改",
    en: "This is an error of the program or the catalogue, not of the request: report it to the platform's engineers",
  },
  check(subject) {
    const { id, declaration, declaredQuantities, plannedQuantities } = subject;
    const items = new Set<ItemId>([...declaredQuantities.keys(), ...plannedQuantities.keys()]);
    const lines = [...items]
      .sort((a, b) => itemOrder(a) - itemOrder(b))
      .map((item) => {
        const wanted = declaredQuantities.get(item) ?? new Decimal(0);
        const planned = plannedQuantities.get(item) ?? new Decimal(0);
        if (wanted.equals(planned)) return pass();
        const place = {
          address: id,
          attribute: `lines.${item}`,
          ...(declaration === undefined ? {} : { at: { file: declaration.source.path, path: [] } }),
        };
        return violation(
          place,
          `附件1第 ${item} 项：申请的是 ${wanted}，计划要建 ${planned}，应相等`,
          `Cannot plan ${planned} of line ${item}: ${wanted} is declared`,
        );
      });
    return [...lines, ...lettingGo(subject)];
  },
});

/** A system's own stack lets go of nothing: what stays in the cloud unmanaged goes on being delivered, and is in neither of the two books from then on. */
function lettingGo(subject: SystemSubject): readonly Verdict[] {
  if (subject.foreign === true) return [];
  return subject.changes.flatMap((change) => {
    const left = leftStanding(change);
    if (left === undefined) return [];
    const name = subjectWords(left);
    return [
      violation(
        placeOfChange(subject, change),
        `${name.zh} 移出管理却仍留在云上，以后两本账里都没有它；应继续管理，或予以删除`,
        `Cannot plan to let go of ${name.en}: it stays in the cloud and in neither book; wanted it managed or deleted`,
      ),
    ];
  });
}
