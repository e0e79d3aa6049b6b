import type { Temporal } from "temporal-polyfill";
import type { AskedEntry } from "./asked-entry.ts";
import type { Declaration } from "./declaration.ts";
import type { Path } from "./source/source-file.ts";
import { type Text, text } from "./text.ts";

/** Whether a bureau asked for some damage in its declaration; else the reason says what is missing. */
export type Asked = { readonly kind: "asked" } | Unasked;

export interface Unasked {
  readonly kind: "unasked";
  readonly reason: Text;
  /** The entry that asks in vain, in the declaration; absent where there is none. */
  readonly at?: Path;
  /** What to do about that entry, where that is not what the policy says. */
  readonly remedy?: Text;
  /** Entries that would ask for it, where they are to be added. */
  readonly asks?: readonly AskedEntry[];
}

/** What asking is judged by: the declaration now and before, on a day. */
export interface Asking {
  readonly at: Temporal.PlainDate;
  readonly declaration: Declaration | undefined;
  readonly base: { readonly declaration: Declaration | undefined } | undefined;
}

export const ASKED: Asked = { kind: "asked" };

/** The platform and the plans of other pipelines have no file in which a bureau could ask. */
export const UNDECLARED: Pick<Unasked, "remedy"> = {
  remedy: text(
    "在做出这项修改的地方撤回；没有系统的声明，就无处提出要求",
    "Take the change back where it was made: without a declaration of the system nothing can ask for it",
  ),
};

/** The answer where nobody asked: why not, and where to ask. */
export function unasked(zh: string, en: string, entry: Pick<Unasked, "at" | "remedy" | "asks"> = {}): Unasked {
  return { kind: "unasked", reason: text(zh, en), ...entry };
}
