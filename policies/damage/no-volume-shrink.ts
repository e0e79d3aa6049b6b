import { placeOfChange } from "../../catalog/declared-place.ts";
import type { ResourceChange } from "../../catalog/terraform-plan/planned-resource.ts";
import type { Text } from "../../catalog/text.ts";
import { defineSystemPolicy, notApplicable, pass, undetermined, type Verdict, violation } from "../policy.ts";

const SIZED: ReadonlyMap<string, Text> = new Map([
  ["openstack_blockstorage_volume_v3", { zh: "数据盘", en: "volume" }],
  ["openstack_sharedfilesystem_share_v2", { zh: "文件存储", en: "share" }],
]);

/** Rejects a smaller size of a data volume or share that stays: Cinder refuses it, and Manila may cut off what is stored. */
export const noVolumeShrink = defineSystemPolicy({
  id: "damage/no-volume-shrink",
  level: "mandatory",
  title: { zh: "数据盘和文件存储只增不减", en: "A volume or share never shrinks" },
  why: {
    zh: "卷不能就地缩小：云平台会在执行时拒绝；文件存储缩小时，放不下的数据会丢失",
    en: "A volume cannot shrink in place: the cloud refuses when it is applied; a share that shrinks may lose what no longer fits",
  },
  clause: "合同 附件2 7.2; GB/T 22239-2019 8.1.4.9 数据备份恢复",
  remedy: {
    zh: "恢复原来的大小；要省钱就新建一块小盘，迁移数据后让旧盘下线（removals）",
    en: "Put the old size back; to pay for less, declare a smaller volume beside it, migrate the data, then let the old one go (removals)",
  },
  check(subject) {
    if (subject.base === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    return subject.changes.flatMap((change): readonly Verdict[] => {
      const name = SIZED.get(change.type);
      if (name === undefined || change.before === undefined || change.after === undefined) return [];
      const [from, to] = [sizeOf(change.before), sizeOf(change.after)];
      const place = { ...placeOfChange(subject, change), attribute: "size" };
      if (from === undefined || to === undefined)
        return [
          undetermined(
            place,
            `${name.zh}的大小在计划时未知，无从判断是否缩小`,
            `Cannot tell whether the ${name.en} shrinks: its size is not known in the plan`,
          ),
        ];
      if (to >= from) return [pass()];
      return [
        violation(
          place,
          `${name.zh}从 ${from} GB 缩小到 ${to} GB；只能增大，或新建再迁移`,
          `Cannot shrink the ${name.en} from ${from} GB to ${to} GB: wanted ${from} GB or more, or migrate to a new one`,
        ),
      ];
    });
  },
});

function sizeOf(resource: NonNullable<ResourceChange["before"]>): number | undefined {
  const size = resource.values["size"];
  return typeof size === "number" ? size : undefined;
}
