import { terminalSafe } from "./escape.ts";
import { factsOf, messageWithRemedy } from "./finding-words.ts";
import { allFindings, type FindingsReport, type ReportedFinding } from "./findings-report.ts";
import { jsonText } from "./json-text.ts";

interface Issue {
  readonly description: string;
  readonly check_name: string;
  /** Unique in the file, and the same in the next while the finding is. */
  readonly fingerprint: string;
  readonly severity: "info" | "minor" | "critical" | "blocker";
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** Writes GitLab's Code Quality report; the merge request shows each finding beside its line. */
export function renderCodeQuality(report: FindingsReport): string {
  const { notices, contract } = report;
  const told = notices.map(
    ({ kind, words }): Issue => ({
      description: terminalSafe(words),
      check_name: `govcloud/${kind}`,
      fingerprint: `govcloud-${kind}`,
      severity: "info",
      location: { path: `catalog/contracts/${contract}.yaml`, lines: { begin: 1 } },
    }),
  );
  return jsonText([...told, ...allFindings(report).map((finding) => issueOf(finding, report))]);
}

function issueOf(finding: ReportedFinding, { lang }: FindingsReport): Issue {
  const words = [messageWithRemedy(finding, lang), ...factsOf(finding, lang)].join(" · ");
  return {
    description: terminalSafe(words).toWellFormed(),
    check_name: finding.policy,
    fingerprint: finding.fingerprint,
    severity: severityOf(finding),
    // The format cannot do without a file; the root of the tree is none in particular.
    location: { path: finding.place?.file ?? ".", lines: { begin: finding.place?.line ?? 1 } },
  };
}

function severityOf({ level, result, waiver }: ReportedFinding): Issue["severity"] {
  if (waiver !== null) return "info";
  if (level === "advisory") return "minor";
  return result === "violation" ? "blocker" : "critical";
}
