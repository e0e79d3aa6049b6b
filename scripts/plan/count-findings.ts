import type { FindingResult } from "./result.ts";

/** Gravest first. */
export const STANDINGS = ["mandatory", "advisory", "waived"] as const;

/** What a finding does: refuse the plan, advise, or stand because it is waived. */
export type Standing = (typeof STANDINGS)[number];

export function standingOf({ level, waiver }: Pick<FindingResult, "level" | "waiver">): Standing {
  return waiver === null ? level : "waived";
}

/** How many findings there are of each standing; every format counts by this. */
export function countFindings(findings: readonly Pick<FindingResult, "level" | "waiver">[]): Readonly<Record<Standing, number>> {
  const counts = { mandatory: 0, advisory: 0, waived: 0 };
  for (const finding of findings) counts[standingOf(finding)] += 1;
  return counts;
}
