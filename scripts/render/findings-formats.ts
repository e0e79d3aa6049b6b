import type { FindingsReport } from "./findings-report.ts";

/** Formats that machines and forges read findings in; each is loaded when it is asked for. */
const WRITERS = {
  sarif: async () => (await import("./findings-sarif.ts")).renderSarif,
  junit: async () => (await import("./findings-junit.ts")).renderJunit,
  codequality: async () => (await import("./findings-codequality.ts")).renderCodeQuality,
  github: async () => (await import("./findings-github.ts")).renderGithub,
} satisfies Record<string, () => Promise<(report: FindingsReport) => string>>;

export type FindingsFormat = keyof typeof WRITERS;
export const FINDINGS_FORMATS = Object.keys(WRITERS) as readonly FindingsFormat[];

/** What the formats are for, in a help. */
export const FORMATS_WORDS =
  "输出格式：text、markdown（plan）给人看，json 给程序，sarif 给代码扫描和编辑器，junit 给测试报告，codequality 给 GitLab，github 给 GitHub 标注 / output format: text and markdown (plan) for people, json for programs, sarif for code scanning and editors, junit for test reports, codequality for GitLab, github for GitHub's annotations";

export async function renderFindings(report: FindingsReport, format: FindingsFormat): Promise<string> {
  return (await WRITERS[format]())(report);
}
