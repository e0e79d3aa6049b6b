import type { Declaration, ServerGroup } from "../../catalog/declaration.ts";
import type { ComputeAdvice, GroupAdvice, Left, SizingAdvice } from "../../catalog/sizing/advice.ts";
import { text } from "../../catalog/text.ts";
import { endOfMonth, readSizesBefore, type SizesAt } from "./size-history.ts";

/** Sizes at the end of a month and of the one before; undefined without a history. */
export interface MonthSizes {
  readonly atEnd: SizesAt;
  readonly monthBefore: SizesAt | undefined;
}

/** Reads from git what was declared when a month ended; undefined where the folder has no history. */
export function readMonthSizes(folder: string, { key, first }: SizingAdvice["month"]): MonthSizes | undefined {
  const atEnd = readSizesBefore(folder, endOfMonth(key));
  if (atEnd === undefined) return undefined;
  return { atEnd, monthBefore: readSizesBefore(folder, endOfMonth(first.subtract({ months: 1 }).toPlainYearMonth().toString())) };
}

/**
 * Declarations with the cores and GB of memory that their servers had at the month's end. A month's use is of the sizes in force then, and so
 * is what the bands make of them: advice that was followed must not be given again for the new size.
 */
export function asMeasured(declarations: readonly Declaration[], atEnd: SizesAt | undefined): readonly Declaration[] {
  if (atEnd === undefined) return declarations;
  return declarations.map((declaration) => {
    const then = atEnd.of(declaration);
    const servers = declaration.servers.map((group): ServerGroup => {
      const { cpu, memoryGb } = then.get(group.key) ?? group;
      return { ...group, cpu, memoryGb };
    });
    return { ...declaration, servers };
  });
}

/**
 * Brings advice for the sizes of the month to the sizes of today. What was followed, or changed since in another way, is left alone, and so is
 * what would go back the way it came in the month: a server sent up and down in turn is reported instead.
 */
export function settleAdvice(advice: SizingAdvice, declarations: readonly Declaration[], sizes: MonthSizes | undefined): SizingAdvice {
  const today = new Map(declarations.map((declaration) => [declaration.id, declaration]));
  const groups = advice.groups.map((each): GroupAdvice => {
    const declaration = today.get(each.declaration.id) ?? each.declaration;
    const group = declaration.servers.find(({ key }) => key === each.group.key) ?? each.group;
    const earlier = sizes?.monthBefore?.of(declaration).get(group.key);
    return {
      ...each,
      declaration,
      group,
      cpu: settled(each.cpu, group.cpu, earlier?.cpu),
      memory: settled(each.memory, group.memoryGb, earlier?.memoryGb),
    };
  });
  return { ...advice, groups };
}

function settled(advice: ComputeAdvice, now: number, earlier: number | undefined): ComputeAdvice {
  const { now: then, target, left } = advice;
  const leave = (kind: Left["kind"], zh: string, en: string): ComputeAdvice => ({
    ...advice,
    now,
    target: now,
    isCut: false,
    left: { kind, reason: text(zh, en) },
  });
  if (left === null && now === target)
    return leave("followed", `已按建议调整：${then} → ${target}`, `Followed already: ${then} → ${target}`);
  if (now !== then)
    return leave(
      "changed",
      `当月之后已由 ${then} 改为 ${now}，等它自己一个月的数据`,
      `Changed from ${then} to ${now} since the month: its own use is not known yet`,
    );
  if (left === null && earlier !== undefined && Math.sign(target - then) === -Math.sign(then - earlier))
    return leave(
      "swing",
      `当月刚由 ${earlier} 改为 ${then}，现在的使用率又要改为 ${target}：不来回调整，请人看一看`,
      `Changed from ${earlier} to ${then} in the month, and its use now asks for ${target}: not sent up and down in turn, somebody has to look`,
    );
  return advice;
}
