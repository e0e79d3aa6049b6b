import { askedReplacement, STANDING } from "../../catalog/asked-replacement.ts";
import { causeWords } from "../../catalog/terraform-plan/cause-words.ts";
import { placeOfUnasked } from "../../catalog/unasked-place.ts";
import { defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Rejects the replacement of what holds data, an address or a connection, where nobody asked for it. */
export const noReplacementUnasked = defineSystemPolicy({
  id: "damage/no-replacement-unasked",
  level: "mandatory",
  title: { zh: "不在未声明时销毁重建", en: "Nothing that stands is replaced unasked" },
  why: {
    zh: "有些修改云平台不能就地完成，只能先销毁再重建；看起来很小的改动也可能如此",
    en: "Some changes cannot be made in place: the old one is destroyed first, however small the change looks",
  },
  clause: "合同 附件2 1.1; GB/T 22239-2019 8.1.4.9 数据备份恢复",
  remedy: {
    zh: "撤回这项修改；或在 accepts 里接受它的影响（服务器写 root-disk-lost，网卡和公网地址写 re-addressed），存储要在 removals 里写明数据去向",
    en: "Take the change back; or accept what it does in accepts (root-disk-lost for a server, re-addressed for a port or public address); storage needs its removal with an attestation in removals",
  },
  yieldsTo: [
    "damage/no-tainted-replacement",
    "damage/no-root-disk-lost",
    "damage/no-data-lost",
    "damage/no-change-that-fails",
    "damage/no-outage",
    "damage/no-re-addressing",
  ],
  check(subject) {
    if (subject.base === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    return subject.changes.flatMap((change) => {
      const standing = STANDING.get(change.type);
      if (change.action !== "replace" || standing === undefined) return [];
      const asked = askedReplacement(subject, change, standing.by);
      if (asked.kind === "asked") return [pass()];
      const cause = causeWords(change, subject.catalogue.images);
      return [
        violation(
          placeOfUnasked(subject, change, asked),
          `${standing.name.zh}会被重建：${cause.zh}；${asked.reason.zh}`,
          `Cannot replace the ${standing.name.en}: ${cause.en}; ${asked.reason.en}`,
          asked.remedy,
        ),
      ];
    });
  },
});
