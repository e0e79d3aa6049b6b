import { amountWords } from "../../catalog/amount-words.ts";
import { priceBookAt } from "../../catalog/catalogue.ts";
import { isProvided } from "../../catalog/declaration.ts";
import { declared, defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/**
 * Points out a lower quota of object storage. Line 16 is priced by the quota, so the price falls at once, while Swift keeps every object and takes no
 * new one above the quota. Storage that leaves altogether is a removal (damage/no-volume-removed-without-removal).
 */
export const noObjectQuotaLowered = defineSystemPolicy({
  id: "damage/no-object-quota-lowered",
  level: "advisory",
  title: { zh: "对象存储的额度不减少", en: "The quota of object storage is not lowered" },
  why: {
    zh: "减少额度只少付钱，不删除已存的对象；已存的多于新额度时，再也写不进去，业务会报错",
    en: "A lower quota costs less and deletes nothing that is stored; where more is stored than it grants, nothing more can be written",
  },
  clause: "本项目规则; 合同 附件1 第16项",
  remedy: {
    zh: "先清理或迁走不再需要的对象，确认已用的少于新额度；否则恢复原来的 objectGb",
    en: "Delete or move what is needed no longer first, and make sure that less is used than the new quota; else put objectGb back",
  },
  check({ at, declaration, catalogue, contract, base }) {
    if (declaration === undefined) return [notApplicable("平台没有对象存储", "the platform has no object storage")];
    const before = base?.declaration?.objectGb ?? 0;
    const { objectGb } = declaration;
    if (before === 0) return [notApplicable("以前没有对象存储", "there was no object storage before")];
    if (!isProvided(declaration)) return [notApplicable("系统已下线", "the system is retired")];
    if (objectGb === 0)
      return [notApplicable("对象存储整个移除，由 removals 判断", "the storage leaves altogether, which removals are for")];
    if (objectGb >= before) return [pass()];
    const price = priceBookAt(catalogue, contract, at).prices.get("16");
    const less = price === undefined ? undefined : amountWords(price.times(before - objectGb));
    return [
      violation(
        declared(declaration, ["storage", "objectGb"]),
        `对象存储的额度从 ${before} GB 减到 ${objectGb} GB：已存的对象一个也不会删除，超出新额度后不能再写入；第 16 项按额度计价，${less === undefined ? "费用随之减少" : `每月目录价少 ${less} 元`}`,
        `The quota of object storage falls from ${before} GB to ${objectGb} GB: no stored object is deleted, above the new quota nothing more can be written; line 16 is priced by the quota, so the list price falls${less === undefined ? "" : ` by ${less} CNY a month`}`,
      ),
    ];
  },
});
