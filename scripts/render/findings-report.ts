import { createHash } from "node:crypto";
import { declaredPath } from "../../catalog/declared-place.ts";
import type { SourceFile } from "../../catalog/source/source-file.ts";
import type { Lang } from "../../catalog/text.ts";
import type { Finding } from "../../policies/evaluate.ts";
import { POLICIES } from "../../policies/index.ts";
import type { Policy } from "../../policies/policy.ts";
import type { Plan } from "../plan/build-plan.ts";
import { findingResult } from "../plan/put-into-words.ts";
import type { FindingResult } from "../plan/result.ts";
import { judgingPolicies, type SelectionResult } from "../plan/selection.ts";
import { waiverWords } from "./plan-text.ts";

/** What the formats for machines and forges are written from: every finding with the line that somebody wrote, by system. */
export interface FindingsReport {
  readonly command: "plan" | "check";
  readonly lang: Lang;
  readonly at: string;
  readonly contract: string;
  readonly verdict: "accepted" | "refused";
  readonly exitCode: 0 | 2;
  /** Every policy of the program, judging or not. */
  readonly policies: readonly Policy[];
  readonly judging: readonly Policy[];
  readonly selection: SelectionResult | undefined;
  /** The contract as a whole first, then the systems of the plan. */
  readonly suites: readonly Suite[];
}

export interface Suite {
  /** `contract`, `platform` or the system's id. */
  readonly id: string;
  /** Display name, as a bureau wrote it; empty for the contract. */
  readonly name: string;
  /** Policies that judged it. */
  readonly judging: readonly Policy[];
  readonly findings: readonly ReportedFinding[];
}

export interface ReportedFinding extends FindingResult {
  /** Where a reader is led: the line that causes it, or the file that comes nearest. */
  readonly place: FindingPlace;
  /** The same while the finding is the same, whatever lines move around it; unique in the report. */
  readonly fingerprint: string;
}

export interface FindingPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Column behind the last character, where the place is known to the character. */
  readonly endColumn: number | undefined;
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
    place: placeOf(finding, plan),
    fingerprint: fingerprints.of(finding),
  });
  const names = new Map(plan.systems.map(({ id }) => [id, (plan.head.declared.get(id) ?? plan.base?.declared.get(id))?.declaration?.name]));
  // Of a system that the plan does not show, a finding can still refuse it.
  const elsewhere = [...new Set(plan.findings.flatMap(({ system }) => system ?? []))].filter((id) => !names.has(id)).sort();
  const suite = (id: string, name: string, policies: readonly Policy[], findings: readonly Finding[]): Suite => ({
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

/** All findings of a report, in its order. */
export function allFindings({ suites }: FindingsReport): readonly ReportedFinding[] {
  return suites.flatMap(({ findings }) => findings);
}

/** A finding's words in one piece: what is wrong, and what to do. */
export function messageWithRemedy({ message, remedy }: FindingResult, lang: Lang): string {
  return `${message}${lang === "zh" ? "。怎么办：" : ". Remedy: "}${remedy}`;
}

/** What a waiver says: until when, why, who answers for it and who approved it; undefined where the finding stands. */
export function waiverNote({ waiver }: FindingResult, lang: Lang): string | undefined {
  return waiver === null ? undefined : waiverWords(waiver, (zh, en) => (lang === "zh" ? zh : en));
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

function placeOf({ at, system, address }: Finding, plan: Plan): FindingPlace {
  if (at !== undefined) {
    const source = sourceOf(at.file, plan);
    if (source === undefined) return { file: at.file, line: 1, column: 1, endColumn: undefined };
    return located(source, at.path);
  }
  const declaration = system === undefined ? undefined : plan.head.declared.get(system)?.declaration;
  if (declaration !== undefined) {
    const { components } = plan.head.tree.catalogue;
    return located(declaration.source, declaredPath(declaration, address, components));
  }
  return { file: `catalog/contracts/${plan.head.contract.id}.yaml`, line: 1, column: 1, endColumn: undefined };
}

function located(source: SourceFile, path: readonly (string | number)[]): FindingPlace {
  const { line, column, length } = source.locate(path);
  return { file: source.path, line, column, endColumn: column + length };
}

function sourceOf(file: string, { head, base, waivers }: Plan): SourceFile | undefined {
  for (const side of [head, base]) {
    if (side === undefined) continue;
    const found = side.tree.sources.find(({ path }) => path === file);
    if (found !== undefined) return found;
  }
  return waivers.find(({ source }) => source.path === file)?.source;
}
