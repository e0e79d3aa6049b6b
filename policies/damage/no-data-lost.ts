import { attestedRemoval, removalNames } from "../../catalog/attested-removal.ts";
import { isProvided } from "../../catalog/declaration.ts";
import { causeWords } from "../../catalog/terraform-plan/cause-words.ts";
import { placeOfUnasked } from "../../catalog/unasked-place.ts";
import { defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Rejects a change by which data are lost without an attested removal: of a volume, a server's disk, object or file storage. */
export const noDataLost = defineSystemPolicy({
  id: "damage/no-data-lost",
  level: "mandatory",
  title: { zh: "没有下线证明，数据不得丢失", en: "No data are lost without an attested removal" },
  why: {
    zh: "删除服务器、数据盘、对象存储或文件存储，以及缩小文件存储、销毁密钥，数据就回不来了；要先返还、清除并留下证明",
    en: "What a deleted server, volume, container or share held is gone, as is what a smaller share cannot hold or a destroyed secret had encrypted: data are returned and erased first, and somebody attests to it",
  },
  clause: "合同 附件4 3; GB/T 22239-2019 8.1.4.10 剩余信息保护",
  remedy: {
    zh: "撤回删除；或返还、清除数据后，在 removals 里写明下线的是什么（如 db、db.data、storage.file）、日期和证明",
    en: "Take the deletion back; or return and erase the data, then add removals: what leaves (db, db.data, storage.file), the day and the attestation",
  },
  yieldsTo: [
    "damage/no-tainted-replacement",
    "damage/no-server-removed-without-removal",
    "damage/no-volume-removed-without-removal",
    "damage/no-volume-shrink",
  ],
  check(subject) {
    const { base, declaration, changes } = subject;
    if (base === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    if (declaration !== undefined && !isProvided(declaration))
      return [notApplicable("系统下线，见 retirement", "the system is retired, with its own attestation")];
    return changes
      .filter(({ damage }) => damage.includes("data-lost"))
      .map((change) => {
        const asked = attestedRemoval(subject, removalNames(change, changes));
        if (asked.kind === "asked") return pass();
        const cause = causeWords(change, subject.catalogue.images);
        return violation(
          placeOfUnasked(subject, change, asked),
          `数据会丢失：${cause.zh}；${asked.reason.zh}`,
          `Cannot let data be lost: ${cause.en}; ${asked.reason.en}`,
          asked.remedy,
        );
      });
  },
});
