import type { DamageClass } from "./terraform-plan/planned-resource.ts";

/** What a declaration has to hold so that it asks for a change: an entry of `accepts` or `removals`, or its `changeReason`. */
export type AskedEntry =
  | { readonly kind: "accepts"; readonly damage: DamageClass; readonly of: string }
  /** `count` is how many servers leave; 1 of anything else. */
  | { readonly kind: "removals"; readonly of: string; readonly count: number }
  | { readonly kind: "changeReason" };
