import type { Declaration } from "./declaration.ts";
import { type Sense, saysSomething, saysTheSame } from "./meaning.ts";
import { clip } from "./source/visible-text.ts";
import { type Text, text } from "./text.ts";

/** Fewest letters of a reason, and how many different ones. */
export const REASON_SENSE: Sense = { characters: 8, different: 4 };

/** Whether a declaration says why it changes; what is missing, as it goes after "…: ". */
export type GivenReason = { readonly kind: "given" } | { readonly kind: "missing"; readonly wanted: Text };

/** Looks for a reason (`changeReason`) of this very change: one that stood there before went with an earlier change. */
export function reasonForChange(declaration: Declaration, before: Declaration | undefined): GivenReason {
  const reason = declaration.changeReason?.trim() ?? "";
  if (reason === "") return missing("没有写原因（changeReason）", "wanted changeReason");
  if (before?.changeReason !== undefined && saysTheSame(reason, before.changeReason))
    return missing("changeReason 还是上次变更的", "changeReason is that of an earlier change, wanted this change's");
  if (!saysSomething(reason, REASON_SENSE))
    return missing(
      `changeReason“${clip(reason)}”没有说明原因，至少 ${REASON_SENSE.characters} 个字`,
      `changeReason "${clip(reason)}" says nothing, wanted ${REASON_SENSE.characters} characters or more`,
    );
  return { kind: "given" };
}

function missing(zh: string, en: string): GivenReason {
  return { kind: "missing", wanted: text(zh, en) };
}
