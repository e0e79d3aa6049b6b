import { Temporal } from "temporal-polyfill";
import type { Declaration } from "../../../catalog/declaration.ts";
import type { SystemSubject } from "../../../policies/policy.ts";
import { declaration, pool } from "../../declared.ts";
import { systemSubject } from "../subjects.ts";

export const RETIREMENT = { on: "2026-01-10", attestation: "数据已返还并清除，清单编号 TC-2026-011" };

/** What is written when the exit begins, before anything is erased. */
export const ANNOUNCED = { ...RETIREMENT, attestation: "拟返还并清除全部数据，工单编号 TC-2026-001" };

/** A system in a stage, with what that stage needs. */
export function staged(stage: Declaration["stage"], overrides: Partial<Declaration> = {}): Declaration {
  const leaving = stage === "exiting" || stage === "retired";
  const written = stage === "exiting" ? ANNOUNCED : RETIREMENT;
  return declaration({ stage, objectGb: 100, retirement: leaving ? written : undefined, ...overrides });
}

/** A request on a day, 2026-01-15 where none is given. */
export function request(before: Declaration | undefined, after: Declaration, at = "2026-01-15"): SystemSubject {
  return systemSubject(after, {
    at: Temporal.PlainDate.from(at),
    pool: pool(after.pool),
    base: before === undefined ? undefined : { declaration: before, resources: [], monthly: systemSubject().monthly },
  });
}
