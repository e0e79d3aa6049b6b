import type { Temporal } from "temporal-polyfill";
import { amountWords } from "../../catalog/amount-words.ts";
import type { Contract } from "../../catalog/contract.ts";
import { clip } from "../../catalog/source/visible-text.ts";
import { isTerraformHelper } from "../../catalog/terraform-plan/terraform-helper.ts";
import { counted, type Text, text } from "../../catalog/text.ts";
import { workingDaysAfter } from "../../catalog/working-days.ts";
import { monthlyFee } from "../../cost/money.ts";
import { sum, unitPriceOf } from "../../cost/quote.ts";
import { signed } from "../render/table.ts";
import type { Plan, SystemPlan } from "./build-plan.ts";
import { exposureNotes } from "./exposure-notes.ts";

/** Facts that a reader of the plan's money and verdict has to know, in the order in which they are shown. */
export function notesOf(plan: Plan): Text[] {
  const { at, head, counts, judgedAlone, planFiles, usageMonth, systems } = plan;
  const notes: Text[] = [];
  notes.push(...otherFilesNotes(plan));
  if (planFiles !== undefined) notes.push(...systems.flatMap(exposureNotes), ...helperNote(systems));
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

/** Month whose use a plan was judged by, as its notes in either language say; undefined where they say none. */
export function usageMonthIn(notes: readonly string[]): string | undefined {
  for (const note of notes) {
    const [month] = /\d{4}-\d\d/.exec(note) ?? [];
    if (month !== undefined && Object.values(sizingNote(month)).includes(note)) return month;
  }
  return undefined;
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

/** Most files that a note names. */
const NAMED = 5;

/** What a request changes beyond its data no plan judges; who approves has to know. */
function otherFilesNotes({ otherFiles = [] }: Plan): Text[] {
  if (otherFiles.length === 0) return [];
  const names = otherFiles.slice(0, NAMED).map((path) => clip(path, 100));
  const more = otherFiles.length - names.length;
  return [
    text(
      `本申请还改了 ${otherFiles.length} 个计划不审的文件（程序、规则或流水线）：${names.join("、")}${more > 0 ? `，另 ${more} 个` : ""}；须由 CODEOWNERS 里的人审`,
      `The request also changes ${otherFiles.length === 1 ? "a file that the plan does not judge" : `${otherFiles.length} files that the plan does not judge`} (program, rules or pipelines): ${names.join(", ")}${more > 0 ? `, and ${more} more` : ""}; those whom CODEOWNERS names have to`,
    ),
  ];
}

/** Helpers of another pipeline's plan are in no sum, which is said. */
function helperNote(systems: readonly SystemPlan[]): Text[] {
  const helpers = systems.flatMap(({ resources }) => resources).filter(({ after }) => after !== undefined && isTerraformHelper(after));
  if (helpers.length === 0) return [];
  const types = [...new Set(helpers.map(({ type }) => type))];
  return [
    text(
      `${helpers.length} 个资源只在 Terraform 内部起作用，云上什么也不建，不计价：${types.join("、")}`,
      `${counted(helpers.length, "resource")} ${helpers.length === 1 ? "works" : "work"} inside Terraform alone, with nothing in the cloud and no price: ${types.join(", ")}`,
    ),
  ];
}
