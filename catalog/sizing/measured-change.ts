import type { Declaration } from "../declaration.ts";
import type { Pool } from "../pool.ts";
import { type Text, text } from "../text.ts";
import { isExempt } from "./advise-group.ts";
import type { MeasuredMonth } from "./measured-month.ts";

/** A system of servers before and after a change, and a month's use of what it had before. */
export interface MeasuredChange {
  readonly declaration: Declaration;
  readonly before: Declaration;
  readonly pool: Pool;
  readonly usage: MeasuredMonth;
}

interface Change {
  readonly declaration: Declaration | undefined;
  readonly base: { readonly declaration: Declaration | undefined } | undefined;
  readonly pool: Pool | undefined;
  readonly usage?: MeasuredMonth;
}

/** What there is to hold the growth of a system's servers against, or why there is nothing. */
export function measuredChange({ declaration, base, pool, usage }: Change): MeasuredChange | Text {
  if (usage === undefined) return text("没有给出使用率（--usage）", "no use was given (--usage)");
  if (declaration === undefined || pool === undefined) return text("平台没有云服务器", "the platform has no servers");
  const before = base?.declaration;
  if (before === undefined) return text("新系统还没有使用率", "a new system has no use yet");
  if (isExempt(before, usage.month.first))
    return text("豁免的系统不按使用率调整（附件2 7.2 注2）", "an exempt system is not sized by its use (Annex 2 7.2 note 2)");
  return { declaration, before, pool, usage };
}
