import { amountWords } from "../../catalog/amount-words.ts";
import { workingDaysAfter } from "../../catalog/working-days.ts";
import { declared, defineContractPolicy, notApplicable, pass, undetermined, type Verdict, violation } from "../policy.ts";

/** Rejects what is added after the run-on of the last contract (2.2): nothing carries it, and nobody agreed on its price. */
export const noGrowthPastContractEnd = defineContractPolicy({
  id: "life-cycle/no-growth-past-contract-end",
  level: "mandatory",
  waivableBy: "centre",
  title: { zh: "合同到期、继续服务期也满以后，不新增服务", en: "Nothing is added past the run-on of the contract" },
  why: {
    zh: "服务期届满后最多继续服务 30 个工作日；已有的服务要移交，新增的既没有合同依据，也没有价格",
    en: "After its term a contract carries service for 30 working days at the most; what runs has to be taken over, what is added has neither a contract nor a price",
  },
  clause: "合同 2.2",
  remedy: {
    zh: "先由市大数据中心登记续签的合同（catalog/contracts/）和价格簿，再申请新增",
    en: "Let the centre record the renewed contract (catalog/contracts/) and its price book first, then ask for more",
  },
  check({ at, base, contract, declarations, monthly }) {
    if (base === undefined) return [notApplicable("没有比较的基准", "there is nothing to compare with")];
    if (at.toString() <= contract.to.toString()) return [pass()];
    const end = workingDaysAfter(contract.to, contract.runOnWorkingDays);
    if (end.kind !== "unpublished" && at.toString() <= end.date.toString()) return [pass()];
    const grown = declarations.flatMap((declaration): Verdict[] => {
      const [before, after] = [base.monthly.get(declaration.id), monthly.get(declaration.id)];
      if (after === undefined || (before !== undefined && after.lessThanOrEqualTo(before)) || (before === undefined && after.isZero()))
        return [];
      const place = declared(declaration, ["stage"]);
      const more = amountWords(after.minus(before ?? 0));
      if (end.kind === "unpublished")
        return [
          undetermined(
            place,
            `${end.year} 年工作日历未公布，不知道继续服务期是否已满，却新增每月 ${more} 元`,
            `Cannot tell whether the run-on is over: the calendar of ${end.year} is not published, and ${more} CNY a month are added`,
          ),
        ];
      return [
        violation(
          place,
          `合同 ${contract.id} 的继续服务期到 ${end.date} 为止，${at} 不能再新增每月 ${more} 元的服务`,
          `Cannot add ${more} CNY a month on ${at}: the run-on of contract ${contract.id} ended on ${end.date}`,
        ),
      ];
    });
    return grown.length === 0 ? [pass()] : grown;
  },
});
