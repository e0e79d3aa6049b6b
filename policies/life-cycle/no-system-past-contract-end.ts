import { isProvided } from "../../catalog/declaration.ts";
import { workingDaysAfter } from "../../catalog/working-days.ts";
import { defineContractPolicy, pass, undetermined, violation } from "../policy.ts";

/**
 * Warns of systems that are provided after the run-on of the last contract (2.2). It only warns, as life-cycle/require-contract-in-force does from the
 * end of the term on: a renewal is signed outside this repository, and refusing every plan would not end a single service.
 */
export const noSystemPastContractEnd = defineContractPolicy({
  id: "life-cycle/no-system-past-contract-end",
  level: "advisory",
  title: { zh: "合同到期、继续服务期也满以后，不再提供服务", en: "No system is provided past the run-on of its contract" },
  why: {
    zh: "服务期届满后最多继续服务 30 个工作日，直到与新的服务商交接完毕；此后再提供服务没有合同依据",
    en: "After its term a contract carries service for 30 working days at the most, until another operator has taken over; nothing carries what is provided later",
  },
  clause: "合同 2.2",
  remedy: {
    zh: "由市大数据中心登记续签的合同（catalog/contracts/）；或让系统退出、下线",
    en: "Let the centre record the renewed contract (catalog/contracts/), or let the systems exit and retire",
  },
  check({ at, contract, declarations }) {
    if (at.toString() <= contract.to.toString()) return [pass()];
    const provided = declarations.filter(isProvided);
    if (provided.length === 0) return [pass()];
    const place = {
      address: "contract",
      attribute: "runOnWorkingDays",
      at: { file: `catalog/contracts/${contract.id}.yaml`, path: ["runOnWorkingDays"] },
    };
    const end = workingDaysAfter(contract.to, contract.runOnWorkingDays);
    if (end.kind === "unpublished")
      return [
        undetermined(
          place,
          `${end.year} 年工作日历未公布，合同 ${contract.id} 的继续服务截止日未知，还有 ${provided.length} 个系统在提供服务`,
          `Cannot tell when the run-on of contract ${contract.id} ends: the calendar of ${end.year} is not published, and systems still provided are ${provided.length}`,
        ),
      ];
    if (at.toString() <= end.date.toString()) return [pass()];
    return [
      violation(
        place,
        `合同 ${contract.id} 的继续服务期（${contract.runOnWorkingDays} 个工作日）到 ${end.date} 为止，今天 ${at} 还有 ${provided.length} 个系统在提供服务（2.2）`,
        `Expect no service after ${end.date}, when the run-on of contract ${contract.id} ended (${contract.runOnWorkingDays} working days, 2.2); on ${at} systems still provided are ${provided.length}`,
      ),
    ];
  },
});
