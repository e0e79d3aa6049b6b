import type { ItemId } from "../../catalog/annex-1.ts";
import { type Declared, declaredAmounts } from "../../catalog/declared-amounts.ts";
import { declared, defineSystemPolicy, lineName, notApplicable, pass, violation } from "../policy.ts";

/** Rejects more of anything for a system that is on its way out. */
export const noGrowthWhileExiting = defineSystemPolicy({
  id: "life-cycle/no-growth-while-exiting",
  level: "mandatory",
  waivableBy: "tenant",
  title: { zh: "退出中的系统不再增加资源", en: "An exiting system does not grow" },
  why: {
    zh: "退出阶段是为了交还数据、腾出资源；再增加就是给要下线的系统花钱",
    en: "A system exits to hand back its data and free what it holds; what is added now is money for something that ends",
  },
  clause: "合同 5.4、附件4",
  remedy: {
    zh: "撤回增加的部分；确实要继续用，先把阶段改回 production 并说明原因",
    en: "Take back what is added; where the system is to go on, write stage: production again and say why",
  },
  check({ declaration, base, catalogue, pool }) {
    if (declaration?.stage !== "exiting") return [notApplicable("系统不在退出阶段", "the system is not exiting")];
    const before = base?.declaration;
    if (before === undefined) return [notApplicable("没有可比较的基准", "there is nothing to compare with")];
    const then = declaredAmounts(before, catalogue.pools.get(before.pool) ?? pool);
    const now = declaredAmounts(declaration, pool);
    const grown = [...new Set(now.map(({ item }) => item))].filter((item) => total(now, item) > total(then, item));
    if (grown.length === 0) return [pass()];
    return grown.map((item) => {
      const amount = (list: readonly Declared[], path: string) =>
        list.filter((each) => each.item === item && each.path.join(".") === path).reduce((sum, each) => sum + each.amount, 0);
      const grower = now.find((each) => each.item === item && each.amount > amount(then, each.path.join(".")));
      const line = catalogue.items.get(item);
      const name = line === undefined ? { zh: `第 ${item} 项`, en: `line ${item}` } : lineName(line);
      return violation(
        declared(declaration, grower?.path ?? ["stage"]),
        `退出中，${name.zh}却从 ${total(then, item)} 增加到 ${total(now, item)}`,
        `Cannot grow while exiting: ${name.en} goes from ${total(then, item)} to ${total(now, item)}`,
      );
    });
  },
});

function total(amounts: readonly Declared[], item: ItemId): number {
  return amounts.filter((each) => each.item === item).reduce((sum, { amount }) => sum + amount, 0);
}
