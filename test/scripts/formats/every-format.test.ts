import { describe, expect, test } from "vitest";
import { countFindings } from "../../../scripts/plan/count-findings.ts";
import { planResult } from "../../../scripts/plan/put-into-words.ts";
import { renderCodeQuality } from "../../../scripts/render/findings-codequality.ts";
import { renderGithub } from "../../../scripts/render/findings-github.ts";
import { renderJunit } from "../../../scripts/render/findings-junit.ts";
import { allFindings } from "../../../scripts/render/findings-report.ts";
import { renderSarif } from "../../../scripts/render/findings-sarif.ts";
import { renderPlanMarkdown } from "../../../scripts/render/plan-markdown.ts";
import { renderPlanText } from "../../../scripts/render/plan-text.ts";
import { PLAN, report, WAIVED } from "./reports.ts";

describe("A waiver in force is shown with its days left", () => {
  const result = planResult(WAIVED, "en");
  const decoded = (words: string) => words.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
  test.each([
    { format: "text", written: renderPlanText(result, { lang: "en" }) },
    { format: "Markdown", written: renderPlanMarkdown(result, "en") },
    { format: "SARIF", written: renderSarif(report(WAIVED)) },
    { format: "JUnit", written: renderJunit(report(WAIVED)) },
    { format: "code quality", written: renderCodeQuality(report(WAIVED)) },
    { format: "GitHub annotations", written: renderGithub(report(WAIVED)) },
  ])("in $format", ({ written }) => {
    expect(decoded(written)).toContain("Waived until 2026-01-15 (0 days left): 年终结算; owner 信息科, approver 大数据中心主任");
  });

  test("and in JSON", () => {
    expect(result.systems.flatMap(({ findings }) => findings.flatMap(({ waiver: shown }) => shown ?? []))).toEqual([
      {
        reason: "年终结算",
        owner: "信息科",
        approver: "大数据中心主任",
        expires: "2026-01-15",
        daysLeft: 0,
        location: { file: "policies/waivers.yaml", line: 2, column: 5 },
      },
    ]);
  });
});

describe("What is counted in one format is counted in all", () => {
  test.each([
    { what: "refused", plan: PLAN },
    { what: "with a waiver", plan: WAIVED },
  ])("$what", ({ plan }) => {
    const { mandatory, advisory, waived } = countFindings(allFindings(report(plan)));
    const counted = (words: string, pattern: RegExp) => Number(pattern.exec(words)?.[1] ?? 0);
    const text = renderPlanText(planResult(plan, "en"), { lang: "en" });
    const junit = renderJunit(report(plan));
    const issues = JSON.parse(renderCodeQuality(report(plan))) as readonly { readonly severity: string }[];
    const lines = renderGithub(report(plan)).split("\n");
    expect(mandatory).toBeGreaterThan(0);
    expect([counted(text, /(\d+) mandatory/), counted(text, /(\d+) waived/), counted(text, /(\d+) of advice/)]).toEqual([
      mandatory,
      waived,
      advisory,
    ]);
    expect([counted(junit, /<testsuites [^>]*failures="(\d+)"/), junit.match(/<failure /g)?.length]).toEqual([mandatory, mandatory]);
    expect(junit.match(/<skipped /g)?.length ?? 0).toBe(advisory + waived + report(plan).notices.length);
    expect(issues.filter(({ severity }) => severity === "blocker" || severity === "critical").length).toBe(mandatory);
    expect(lines.filter((line) => line.startsWith("::error ")).length).toBe(mandatory);
  });
});
