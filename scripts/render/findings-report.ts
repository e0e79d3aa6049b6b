import { createHash } from "node:crypto";
import type { Lang } from "../../catalog/text.ts";
import type { Finding } from "../../policies/evaluate.ts";
import { POLICIES } from "../../policies/index.ts";
import type { Policy } from "../../policies/policy.ts";
import type { Plan } from "../plan/build-plan.ts";
import { type FindingPlace, findingPlace } from "../plan/finding-place.ts";
import { findingResult } from "../plan/put-into-words.ts";
import type { FindingResult } from "../plan/result.ts";
import { judgingPolicies, partialSentence, type SelectionResult } from "../plan/selection.ts";
import { type ReportVerdict, UNCOMPARED } from "./words.ts";

/** What the formats for machines and forges are written from: every finding with the line that somebody wrote, by system. */
export interface FindingsReport {
  readonly command: "plan" | "check" | "judge" | "right-size" | "right-size-review";
  readonly lang: Lang;
  /** Null, as the contract, where an invalid request was never held against one. */
  readonly at: string | null;
  readonly contract: string | null;
  readonly verdict: ReportVerdict;
  readonly exitCode: 0 | 2 | 3;
  /** Every policy of the program, judging or not; of an invalid request, the kinds of its errors. */
  readonly policies: readonly Rule[];
  readonly judging: readonly Rule[];
  readonly selection: SelectionResult | undefined;
  /** What limits the verdict, to be said in every format. */
  readonly notices: readonly Notice[];
  /** The contract as a whole first, then the systems of the plan. */
  readonly suites: readonly Suite[];
}

/** What a format tells of the rule that a finding breaks. */
export type Rule = Pick<Policy, "id" | "level" | "scope" | "title" | "why" | "clause" | "remedy">;

export interface Notice {
  readonly kind: "partial" | "uncompared";
  readonly words: string;
}

export interface Suite {
  /** `contract`, `platform` or the system's id. */
  readonly id: string;
  /** Display name, as a bureau wrote it; empty for the contract. */
  readonly name: string;
  /** Policies that judged it. */
  readonly judging: readonly Rule[];
  readonly findings: readonly ReportedFinding[];
}

export interface ReportedFinding extends FindingResult {
  /** Where a reader is led: the line that causes it, or the file that comes nearest; null where the command was called wrongly. */
  readonly place: FindingPlace | null;
  /** The same while the finding is the same, whatever lines move around it; unique in the report. */
  readonly fingerprint: string;
}

export const CONTRACT_SUITE = "contract";

export function findingsReport(
  plan: Plan,
  { command, lang, selection }: Pick<FindingsReport, "command" | "lang" | "selection">,
): FindingsReport {
  const judging = judgingPolicies(selection);
  const fingerprints = new Fingerprints();
  const report = (finding: Finding): ReportedFinding => ({
    ...findingResult(finding, plan, lang),
    place: findingPlace(finding, plan),
    fingerprint: fingerprints.of(finding),
  });
  const names = new Map(plan.systems.map(({ id }) => [id, (plan.head.declared.get(id) ?? plan.base?.declared.get(id))?.declaration?.name]));
  // Of a system that the plan does not show, a finding can still refuse it.
  const elsewhere = [...new Set(plan.findings.flatMap(({ system }) => system ?? []))].filter((id) => !names.has(id)).sort();
  const suite = (id: string, name: string, policies: readonly Rule[], findings: readonly Finding[]): Suite => ({
    id,
    name,
    judging: policies,
    findings: findings.map(report),
  });
  const ofSystem = judging.filter(({ scope }) => scope === "system");
  return {
    command,
    lang,
    at: plan.at.toString(),
    contract: plan.head.contract.id,
    verdict: plan.verdict,
    exitCode: plan.verdict === "refused" ? 2 : 0,
    policies: POLICIES,
    judging,
    selection,
    notices: noticesOf(plan, selection, lang),
    suites: [
      suite(
        CONTRACT_SUITE,
        "",
        judging.filter(({ scope }) => scope === "contract"),
        plan.findings.filter(({ system }) => system === undefined),
      ),
      // What was removed is judged by the policies on the whole contract alone.
      ...plan.systems.map(({ id, change, findings }) => suite(id, names.get(id) ?? "", change === "removed" ? [] : ofSystem, findings)),
      ...elsewhere.map((id) =>
        suite(
          id,
          plan.head.declared.get(id)?.declaration?.name ?? "",
          [],
          plan.findings.filter(({ system }) => system === id),
        ),
      ),
    ],
  };
}

function noticesOf({ base }: Plan, selection: SelectionResult | undefined, lang: Lang): readonly Notice[] {
  return [
    ...(selection === undefined ? [] : [{ kind: "partial", words: partialSentence(selection, lang) } as const]),
    ...(base !== undefined ? [] : [{ kind: "uncompared", words: UNCOMPARED[lang] } as const]),
  ];
}

/** All findings of a report, in its order. */
export function allFindings({ suites }: FindingsReport): readonly ReportedFinding[] {
  return suites.flatMap(({ findings }) => findings);
}

/** Numbers findings that are alike in everything that lines do not change. */
class Fingerprints {
  readonly #seen = new Map<string, number>();
  of({ policy, result, system, address, attribute }: Finding): string {
    const same = JSON.stringify([policy, result, system ?? null, address, attribute]);
    const ordinal = this.#seen.get(same) ?? 0;
    this.#seen.set(same, ordinal + 1);
    return createHash("sha256").update(`${same}#${ordinal}`).digest("hex");
  }
}
