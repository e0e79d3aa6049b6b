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

export async function renderFindings(report: FindingsReport, format: FindingsFormat): Promise<string> {
  return (await WRITERS[format]())(report);
}
