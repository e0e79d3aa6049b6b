import type { Temporal } from "temporal-polyfill";
import { amountWords } from "../../catalog/amount-words.ts";
import type { Contract } from "../../catalog/contract.ts";
import { type Text, text } from "../../catalog/text.ts";
import { workingDaysAfter } from "../../catalog/working-days.ts";
import { monthlyFee } from "../../cost/money.ts";
import { sum, unitPriceOf } from "../../cost/quote.ts";
import { signed } from "../render/table.ts";
import type { Plan } from "./build-plan.ts";

/** Facts that a reader of the plan's money and verdict has to know, in the order in which they are shown. */
export function notesOf(plan: Plan): Text[] {
  const { at, head, counts, judgedAlone, planFiles, usageMonth } = plan;
  const notes: Text[] = [];
  if (judgedAlone !== undefined)
    notes.push(
      text(
        `只审了指定的 ${judgedAlone} 个系统（共 ${counts.systems} 个），其余没有审；金额仍是整个合同的`,
        `Of ${counts.systems} systems only the ${judgedAlone} asked for were judged, the others were not; money is that of the whole contract`,
      ),
    );
  const trials = [...head.declared.values()].filter(({ declaration }) => declaration?.stage === "trial");
  if (trials.length > 0) {
    const list = amountWords(sum(trials.map(({ monthly }) => monthly)));
    notes.push(
      text(
        `试用的 ${trials.length} 个系统也按整月计入，共 ${list} 元目录价；试用期内不计费（5.1.2），由月度结算扣除`,
        `The ${trials.length === 1 ? "system on trial is counted as a whole month" : `${trials.length} systems on trial are counted as whole months`}, ${list} CNY at list price; the trial month is not billed (5.1.2), which is for the monthly statement`,
      ),
    );
  }
  notes.push(...afterTermNotes(at, head.contract));
  // A plan of another pipeline declares no servers that could be measured, and nothing for a later day.
  if (planFiles === undefined) notes.push(...laterPriceNotes(plan), sizingNote(usageMonth));
  return notes;
}

/** What is to be known of prices on a day after the contract's term. */
export function afterTermNotes(at: Temporal.PlainDate, { to, runOnWorkingDays }: Contract): Text[] {
  if (at.toString() <= to.toString()) return [];
  const runOn = workingDaysAfter(to, runOnWorkingDays);
  // What follows from a day after the run-on is a policy's to say.
  const isOver = runOn.kind !== "unpublished" && at.toString() > runOn.date.toString();
  return [
    isOver
      ? text(
          `${at} 在合同服务期和继续服务期之后：没有约定的价格，这里仍按原价列示`,
          `${at} lies after the term and its run-on: no price is agreed for it; the old prices are shown`,
        )
      : text(
          `${at} 在合同服务期之后：继续服务期的费用须另行协商（2.2），这里仍按原价列示`,
          `${at} lies after the term: the fee of the run-on is to be agreed (2.2); the old prices are shown`,
        ),
  ];
}

function sizingNote(usageMonth: string | undefined): Text {
  return usageMonth === undefined
    ? text(
        "没有给出使用率（--usage），扩容是否合乎使用率（附件2 第7条）没有审查",
        "No use was given (--usage): sizing was not judged (Annex 2 §7)",
      )
    : text(`扩容按 ${usageMonth} 的使用率审查（附件2 第7条）`, `Sizing was judged by the use of ${usageMonth} (Annex 2 §7)`);
}

/** What the same quantities will cost by each later price book of the contract: before its day it changes no other amount of the plan. */
function laterPriceNotes({ at, head, total }: Plan): Text[] {
  const { contract } = head;
  return head.tree.catalogue.priceBooks
    .filter((book) => book.contract === contract.id && book.from.toString() > at.toString())
    .map((book) => {
      const list = sum(total.lines.map(({ item, after }) => after.times(unitPriceOf(book, item))));
      const delta = signed(list.minus(total.monthly.after).toFixed(2));
      const [day, then, fee] = [book.from.toString(), amountWords(list), amountWords(monthlyFee(list, contract))];
      return text(
        `自 ${day} 起执行新价格簿（${book.source.path}）：现有用量每月目录价 ${then} 元（${delta}），月费 ${fee} 元`,
        `From ${day} the price book ${book.source.path} applies: what is declared now will cost ${then} CNY a month at list price (${delta}), fee ${fee}`,
      );
    });
}
