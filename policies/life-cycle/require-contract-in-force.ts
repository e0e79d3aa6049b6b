import type { Temporal } from "temporal-polyfill";
import { type Text, text } from "../../catalog/text.ts";
import { type WorkingDate, workingDaysAfter } from "../../catalog/working-days.ts";
import { defineContractPolicy, pass, violation } from "../policy.ts";

/** Warns when the day lies after the contract's term: service may run on for 30 working days at the most (2.2). */
export const requireContractInForce = defineContractPolicy({
  id: "life-cycle/require-contract-in-force",
  level: "advisory",
  title: { zh: "合同在服务期内", en: "The contract is in its term" },
  why: {
    zh: "服务期届满后最多继续服务 30 个工作日，此后提供的服务没有价格依据",
    en: "After its term a contract carries service for 30 working days at the most; what is provided later has no agreed price",
  },
  clause: "合同 2.1、2.2",
  remedy: {
    zh: "由市大数据中心登记续签的合同（catalog/contracts/）和价格簿；只是试算的，用 --at 指定服务期内的日期",
    en: "Let the centre record the renewed contract (catalog/contracts/) and its price book; for a trial run name a day in the term with --at",
  },
  check({ at, contract }) {
    if (at.toString() <= contract.to.toString()) return [pass()];
    const end = workingDaysAfter(contract.to, contract.runOnWorkingDays);
    return [
      violation(
        { address: "contract", attribute: "term.to", at: { file: `catalog/contracts/${contract.id}.yaml`, path: ["term", "to"] } },
        `${at} 在合同 ${contract.id} 的服务期（至 ${contract.to}）之后；${runOn(end, at).zh}（2.2）`,
        `Contract ${contract.id} ended on ${contract.to}, before ${at}; ${runOn(end, at).en} (2.2)`,
      ),
    ];
  },
});

/** What the run-on still allows on a day. */
function runOn(end: WorkingDate, at: Temporal.PlainDate): Text {
  if (end.kind === "unpublished")
    return text(
      `${end.year} 年工作日历未公布，继续服务截止日未知`,
      `the end of the run-on is unknown: the calendar of ${end.year} is not published`,
    );
  return at.toString() <= end.date.toString()
    ? text(`最多继续服务到 ${end.date}`, `service may run on until ${end.date}`)
    : text(
        `继续服务期也已在 ${end.date} 结束，此后的服务没有合同`,
        `the run-on is over too, since ${end.date}, and no contract carries service after it`,
      );
}
