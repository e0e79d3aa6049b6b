import { describe, expect, test } from "vitest";
import { renderCodeQuality } from "../../../scripts/render/findings-codequality.ts";
import { allFindings, type FindingsReport } from "../../../scripts/render/findings-report.ts";
import { findingOf, HOSTILE, hostileReport, PATH, report, WAIVED } from "./reports.ts";

describe("GitLab code quality", () => {
  interface Issue {
    readonly description: string;
    readonly check_name: string;
    readonly fingerprint: string;
    readonly severity: string;
    readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
  }
  const issues = (of: FindingsReport) => JSON.parse(renderCodeQuality(of)) as readonly Issue[];

  test("has an issue per finding with its own fingerprint and its line", () => {
    const found = issues(report());
    expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(found.length);
    const issue = found.find(({ check_name: name }) => name === "security/no-classified-system");
    expect(issue).toEqual({
      description:
        "Cannot host a classified system (classified: true). Remedy: Take a classified system through its own channel; if this was a slip, write classified: false · system hrss/new-system · address hrss/new-system · attribute classified · contract 8.2.5",
      check_name: "security/no-classified-system",
      fingerprint: findingOf(allFindings(report()), "security/no-classified-system").fingerprint,
      severity: "blocker",
      location: { path: PATH, lines: { begin: 5 } },
    });
  });

  test.each([
    { what: "a mandatory violation", finding: {}, severity: "blocker" },
    { what: "what a mandatory policy cannot determine", finding: { result: "undetermined" }, severity: "critical" },
    { what: "advice", finding: { level: "advisory" }, severity: "minor" },
  ] as const)("$what is $severity", ({ finding, severity }) => {
    const base = report();
    const one = findingOf(allFindings(base), "security/no-classified-system");
    const suites = [{ id: "a/b", name: "", judging: [], findings: [{ ...one, ...finding }] }];
    expect(issues({ ...base, notices: [], suites }).map((issue) => issue.severity)).toEqual([severity]);
  });

  test("what is waived is info", () => {
    const waived = issues(report(WAIVED)).filter(({ check_name: name }) => name === "size/require-server-within-limits");
    expect(waived.map(({ severity }) => severity)).toEqual(["info"]);
  });

  test.each(HOSTILE)("keeps %j as text", (words) => {
    const [issue] = issues(hostileReport(words));
    expect(Object.keys(issue ?? {})).toEqual(["description", "check_name", "fingerprint", "severity", "location"]);
    expect(issue?.description).not.toMatch(/[\u0000-\u001f\u202e]|\p{Surrogate}/u);
  });
});
