import { Temporal } from "temporal-polyfill";
import type { Declaration, ServerGroup } from "../../../catalog/declaration.ts";
import { readMonth } from "../../../catalog/sizing/calendar-month.ts";
import { UsageByGroup } from "../../../catalog/sizing/group-usage.ts";
import type { MeasuredMonth } from "../../../catalog/sizing/measured-month.ts";
import type { SystemSubject } from "../../../policies/policy.ts";
import { usageMonth } from "../../catalog/sizing/usage.ts";
import { declaration, server } from "../../declared.ts";
import { request } from "../life-cycle/staged.ts";

type Figures = Parameters<typeof usageMonth>[0];

/** The month of 2025-12 by its servers, of which one named `app` is `hrss/social/app-1`. */
export function measured(figures: Figures, changedSinceDue: readonly string[] | undefined = []): MeasuredMonth {
  return {
    month: readMonth("2025-12"),
    byGroup: new UsageByGroup(usageMonth(figures, "2025-12")),
    changedSinceDue: changedSinceDue === undefined ? undefined : new Set(changedSinceDue),
    sizes: { kind: "known", of: ({ servers }) => new Map(servers.map((group) => [group.key, group])) },
  };
}

/** The same where `app` had other sizes when the month ended. */
export function measuredAt(sizes: Pick<ServerGroup, "cpu" | "memoryGb">, figures: Figures): MeasuredMonth {
  return { ...measured(figures), sizes: { kind: "known", of: () => new Map([["app", sizes]]) } };
}

/** A system of one group `app`. */
export function sized(app: Partial<ServerGroup>, overrides: Partial<Declaration> = {}): Declaration {
  return declaration({ servers: [server({ cpu: 8, memoryGb: 16, ...app })], ...overrides });
}

/** A request on 2026-01-15, or another day, with a month's use at hand. */
export function withUse(
  before: Declaration | undefined,
  after: Declaration,
  usage: MeasuredMonth | undefined,
  at = "2026-01-15",
): SystemSubject {
  const subject = { ...request(before, after), at: Temporal.PlainDate.from(at) };
  return usage === undefined ? subject : { ...subject, usage };
}
