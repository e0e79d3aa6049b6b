import { Temporal } from "temporal-polyfill";
import { TIME_ZONE } from "../../catalog/day.ts";
import type { ApprovedBy, Approver } from "../approval/check-apply.ts";
import type { PlanResult, SystemResult } from "../plan/result.ts";

/**
 * What was delivered to a bureau, one record a system and apply: what service time is computed from. Quantities and money (list price a month,
 * CNY) are decimal strings. `schema` names scripts/schema/delivery.schema.json.
 */
export interface Delivery {
  readonly schema: "govcloud/delivery/1";
  readonly system: string;
  /** Name of the stack, which is that of its state. */
  readonly stack: string;
  readonly action: "delivered" | "changed" | "withdrawn";
  /**
   * `applied`: the engine made it at that instant. `found`: it had nothing left to do, because an earlier run of the same commit was broken off
   * between the work and its record; where that record exists all the same, it counts and this one does not.
   */
  readonly evidence: "applied" | "found";
  /** ISO 8601 with the offset of Asia/Shanghai, to the second. */
  readonly at: string;
  readonly fingerprint: string;
  /** The commit that was applied; null where nothing tells it. */
  readonly commit: string | null;
  /** The request's number; null where nothing tells it. */
  readonly request: string | null;
  /**
   * Whose approvals let the plan be applied; empty where no rule wanted one, null where it was applied without showing any. The working days of
   * Annex 2 §2 run from the instant at which the last of the roles had approved: before it nothing of the plan may be applied.
   */
  readonly approvedBy: readonly Approver[] | null;
  /** The stages that the declarations of both sides name, null where there is none; null as a whole where the plan does not show the system. */
  readonly stage: { readonly before: string | null; readonly after: string | null } | null;
  /** Lines of Annex 1 with their quantities; null where the plan does not show the system. */
  readonly lines: readonly { readonly item: string; readonly before: string; readonly after: string }[] | null;
  /** List price a month; null where the plan does not show the system. */
  readonly list: { readonly before: string; readonly after: string } | null;
}

/** Where a delivery comes from. */
export interface Origin {
  readonly fingerprint: string;
  readonly commit: string | null;
  readonly request: string | null;
}

/** The record of one stack that was applied. */
export function delivery(
  { id, stack }: { readonly id: string; readonly stack: string },
  plan: Pick<PlanResult, "systems">,
  run: { readonly evidence: Delivery["evidence"]; readonly instant: Date; readonly origin: Origin; readonly approvedBy: ApprovedBy },
): Delivery {
  const { evidence, instant, origin, approvedBy } = run;
  const system = plan.systems.find((each) => each.id === id);
  return {
    schema: "govcloud/delivery/1",
    system: id,
    stack,
    action: system === undefined ? "changed" : actionOf(system),
    evidence,
    at: inShanghai(instant),
    ...origin,
    approvedBy: approvedBy.kind === "signed" ? approvedBy.by : null,
    stage: system === undefined ? null : stagesOf(system),
    lines: system?.lines.map(({ item, before, after }) => ({ item, before, after })) ?? null,
    list: system === undefined ? null : { before: system.monthly.before, after: system.monthly.after },
  };
}

/** A system that is retired leaves a tombstone behind: the plan calls that a change, its bureau has the service no longer. */
function actionOf({ change, stage }: SystemResult): Delivery["action"] {
  if (change === "removed" || stage === "retired") return "withdrawn";
  return change === "added" ? "delivered" : "changed";
}

/** The plan shows a removed system by what it was. */
function stagesOf({ change, stage, stageBefore }: SystemResult): Delivery["stage"] {
  return { before: stageBefore, after: change === "removed" ? null : stage };
}

function inShanghai(instant: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toString({ timeZone: TIME_ZONE, smallestUnit: "second" });
}
