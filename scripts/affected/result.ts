import type { Lang } from "../../catalog/text.ts";
import type { Affected } from "./affected-systems.ts";
import type { ReasonKind } from "./change.ts";
import type { Group } from "./groups.ts";

/** What `affected` says; `schema` names scripts/schema/affected.schema.json. */
export interface AffectedResult {
  readonly schema: "govcloud/affected/1";
  /** Label of the tree compared with; null where everything counts as new. */
  readonly base: string | null;
  readonly head: string;
  /** How many systems both trees have, the platform among them. */
  readonly of: number;
  /** Whether the program's own code was compared: it is where the tree is the program's checkout and the base a revision. */
  readonly code: "compared" | "not-compared";
  readonly systems: readonly {
    readonly id: string;
    /** Null for the platform. */
    readonly tenant: string | null;
    readonly reasons: readonly { readonly kind: ReasonKind; readonly file: string; readonly line: number; readonly words: string }[];
  }[];
  /** The platform's first: what it makes, systems name. */
  readonly groups: readonly Group[];
}

export function affectedResult(
  { systems, of, code }: Affected,
  groups: readonly Group[],
  { base, head, lang }: { readonly base: string | undefined; readonly head: string; readonly lang: Lang },
): AffectedResult {
  return {
    schema: "govcloud/affected/1",
    base: base ?? null,
    head,
    of,
    code,
    systems: systems.map(({ id, tenant, reasons }) => ({
      id,
      tenant: tenant ?? null,
      reasons: reasons.map(({ kind, file, line, words }) => ({ kind, file, line, words: words[lang] })),
    })),
    groups,
  };
}
