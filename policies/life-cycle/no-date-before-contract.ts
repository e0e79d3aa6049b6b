import type { Path } from "../../catalog/source/source-file.ts";
import { declared, defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Rejects a trial, removal or retirement dated before the first contract: nothing was provided here then. */
export const noDateBeforeContract = defineSystemPolicy({
  id: "life-cycle/no-date-before-contract",
  level: "mandatory",
  title: { zh: "日期不早于合同", en: "No date lies before the contract" },
  why: {
    zh: "合同开始之前没有交付，也没有下线；这样的日期不能作为凭据",
    en: "Before the contract began nothing was delivered here and nothing taken down: such a day was filled in at random and proves nothing",
  },
  clause: "合同 2.1、5.4、附件4",
  remedy: {
    zh: "写实际的日期：trialSince 写交付工单上的那一天，retirement.on 和 removals 的 on 写数据返还、清除记录上的那一天",
    en: "Write the day itself: as trialSince that of the delivery order, as on of retirement and removals that of the record that data were returned and erased",
  },
  check({ declaration, catalogue }) {
    if (declaration === undefined) return [notApplicable("平台没有这些日期", "the platform has no such dates")];
    const first = catalogue.contracts[0]?.from.toString() ?? "";
    const { trialSince, removals, retirement } = declaration;
    const dates: readonly (readonly [Path, string | undefined])[] = [
      [["trialSince"], trialSince],
      [["retirement", "on"], retirement?.on],
      ...removals.map(({ on }, index) => [["removals", index, "on"], on] as const),
    ];
    const early = dates.filter(([, day]) => day !== undefined && day < first);
    if (early.length === 0) return [pass()];
    return early.map(([path, day]) =>
      violation(
        declared(declaration, path),
        `日期 ${day} 早于第一份合同开始的 ${first}`,
        `Cannot accept the day ${day}: the first contract began on ${first}`,
      ),
    );
  },
});
