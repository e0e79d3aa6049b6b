import type { Asked } from "../../catalog/asked.ts";
import { attestedRemoval } from "../../catalog/attested-removal.ts";
import { isProvided } from "../../catalog/declaration.ts";
import type { Path } from "../../catalog/source/source-file.ts";
import { declaredOrAsked, stoodAt } from "../../catalog/unasked-place.ts";
import { defineSystemPolicy, notApplicable, pass, type Verdict, violation } from "../policy.ts";

/** Rejects a data volume that leaves servers that stay, and storage that goes, without an attested removal. */
export const noVolumeRemovedWithoutRemoval = defineSystemPolicy({
  id: "damage/no-volume-removed-without-removal",
  level: "mandatory",
  title: { zh: "删除数据盘和存储要有下线记录", en: "No volume or storage is removed without its removal" },
  why: {
    zh: "数据盘改名或删掉，卷会在服务器运行中被摘下并销毁，数据随之消失；对象存储和文件存储也一样",
    en: "A volume that is renamed or gone is detached and destroyed while its server runs, with all its data; object and file storage likewise",
  },
  clause: "合同 附件4 3; GB/T 22239-2019 8.1.4.10 剩余信息保护",
  remedy: {
    zh: "恢复数据盘或存储；或在 removals 里写明 db.data、storage.object、storage.file 这样的名称、日期和数据去向的证明",
    en: "Put the volume or the storage back; or add removals: db.data, storage.object or storage.file, the day and the attestation of what became of its data",
  },
  check(subject) {
    const { declaration, base } = subject;
    if (declaration === undefined) return [notApplicable("平台没有数据盘", "the platform has no data volumes")];
    if (base?.declaration === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    if (!isProvided(declaration)) return [notApplicable("系统下线，见 retirement", "the system is retired, with its own attestation")];
    const before = base.declaration;
    const judge = (of: string, path: Path, what: { readonly zh: string; readonly en: string }): Verdict => {
      const asked: Asked = attestedRemoval(subject, [of]);
      if (asked.kind === "asked") return pass();
      const was = stoodAt(before, path);
      return violation(
        declaredOrAsked(declaration, path, asked),
        `${what.zh}${was.zh}被删掉；${asked.reason.zh}`,
        `Cannot remove ${what.en}${was.en}: ${asked.reason.en}`,
        asked.remedy,
      );
    };
    const volumes = before.servers.flatMap(({ key, dataDisks }) => {
      // Where the servers go too, their own removal is asked for.
      const now = declaration.servers.find((each) => each.key === key);
      if (now === undefined) return [];
      return dataDisks
        .filter((disk) => !now.dataDisks.some((each) => each.key === disk.key))
        .map((disk) =>
          judge(`${key}.${disk.key}`, ["servers", key, "dataDisks", disk.key], {
            zh: `${key} 的数据盘 ${disk.key}（${disk.sizeGb} GB）`,
            en: `data volume ${disk.key} of ${key} (${disk.sizeGb} GB)`,
          }),
        );
    });
    const storage = [
      { of: "storage.object", key: "objectGb", zh: "对象存储", en: "the object storage" } as const,
      { of: "storage.file", key: "fileGb", zh: "文件存储", en: "the file storage" } as const,
    ]
      .filter(({ key }) => before[key] > 0 && declaration[key] === 0)
      .map(({ of, key, zh, en }) => judge(of, ["storage", key], { zh: `${zh}（${before[key]} GB）`, en: `${en} (${before[key]} GB)` }));
    return [...volumes, ...storage];
  },
});
