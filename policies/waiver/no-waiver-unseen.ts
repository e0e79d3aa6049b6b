import { defineContractPolicy, notApplicable, pass, violation, waiverPlace } from "../policy.ts";

/**
 * Shows who reviews a request that it brings a waiver along: to approve the request is to approve the waiver. A name in a file proves no
 * approval and Git's authors can be made up, so the review of the request is what holds it.
 */
export const noWaiverUnseen = defineContractPolicy({
  id: "waiver/no-waiver-unseen",
  level: "advisory",
  waivableBy: "nobody",
  title: { zh: "新写或改过的豁免要让审批人看到", en: "No new or changed waiver goes unseen" },
  why: {
    zh: "豁免和它放行的内容可以写在同一份申请里；文件里写的批准人只是一个名字，真正的批准是审批人同意这份申请",
    en: "A request may bring the waiver of what it asks for; the approver in the file is a name, and the approval is that of the request",
  },
  clause: "本项目规则; GB/T 39786-2021 8.5 管理制度",
  remedy: {
    zh: "由豁免里写的批准人本人批准这份申请；不同意放行的，请退回",
    en: "Have the approver that the waiver names approve this request in person; where they would not, send it back",
  },
  check({ base, waivers }) {
    if (base === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    return waivers.map(({ waiver, isNew }) => {
      if (!isNew) return pass();
      const { policy, approver } = waiver;
      return violation(
        waiverPlace(waiver, "approver"),
        `这份申请新写或改了策略 ${policy} 的豁免，须由 ${approver} 批准这份申请才算数`,
        `Cannot take the waiver of ${policy} for approved yet: this request brings or changes it, and wants the approval of ${approver}`,
      );
    });
  },
});
