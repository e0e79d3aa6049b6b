import { InvalidInput, InvalidRequest } from "../catalog/source/diagnostic.ts";
import type { Lang } from "../catalog/text.ts";
import { writeResult } from "./output.ts";
import type { InvalidResult } from "./plan/result.ts";
import type { FindingsFormat } from "./render/findings-formats.ts";
import type { FindingsReport } from "./render/findings-report.ts";
import { jsonText } from "./render/json-text.ts";
import type { ReportOptions } from "./report-option.ts";

type Format = "text" | "markdown" | "json" | "csv" | "html" | FindingsFormat;

/** Result that an invalid request takes the place of. */
const SCHEMAS = {
  plan: "govcloud/plan/1",
  check: "govcloud/check/1",
  judge: "govcloud/plan/1",
  "right-size": "govcloud/right-size/1",
  "right-size-review": "govcloud/right-size-review/1",
} as const satisfies Readonly<Record<FindingsReport["command"], InvalidResult["schema"]>>;

interface ReportingOptions extends ReportOptions<Format> {
  readonly lang: Lang;
  readonly format: Format;
  readonly out?: string;
}

/**
 * A command that tells an invalid request in its format too, where its result would have stood: whoever reads the report of an earlier run would
 * take that one's verdict for this one's. The error goes on to whoever prints it for people.
 */
export function tellingInvalid<O extends ReportingOptions, Rest extends readonly unknown[]>(
  command: FindingsReport["command"],
  run: (options: O, ...rest: Rest) => Promise<number>,
): (options: O, ...rest: Rest) => Promise<number> {
  return async (options, ...rest) => {
    try {
      return await run(options, ...rest);
    } catch (error) {
      if (error instanceof InvalidInput || error instanceof InvalidRequest) await writeInvalid(error, command, options);
      throw error;
    }
  };
}

async function writeInvalid(
  error: InvalidInput | InvalidRequest,
  command: FindingsReport["command"],
  { format, lang, out, report = [] }: ReportingOptions,
): Promise<void> {
  for (const wanted of [...report, { format, file: out }]) {
    // On a terminal the text is told once, by whoever catches the error.
    if (wanted.format === "text" && wanted.file === undefined) continue;
    const document = await invalidDocument(error, command, { format: wanted.format, lang });
    try {
      writeResult(document, wanted.file);
    } catch (cause) {
      // The place of the report may be what is wrong; that is told already, or less than the first error.
      if (!(cause instanceof InvalidRequest)) throw cause;
    }
  }
}

async function invalidDocument(
  error: InvalidInput | InvalidRequest,
  command: FindingsReport["command"],
  { format, lang }: Pick<ReportingOptions, "format" | "lang">,
): Promise<string> {
  const { invalidReport, invalidResult } = await import("./render/invalid-report.ts");
  const result = invalidResult(error, SCHEMAS[command], lang);
  switch (format) {
    case "text": {
      const { renderInvalid } = await import("./render/diagnostics.ts");
      return renderInvalid(error, lang);
    }
    case "json":
      return jsonText(result);
    case "markdown": {
      const { renderInvalidMarkdown } = await import("./render/invalid-markdown.ts");
      return renderInvalidMarkdown(result, lang);
    }
    case "csv": {
      const { renderInvalidCsv } = await import("./render/invalid-csv.ts");
      return renderInvalidCsv(result, lang);
    }
    case "html": {
      const { renderInvalidHtml } = await import("./render/invalid-html.ts");
      return renderInvalidHtml(result, lang);
    }
    default: {
      const { renderFindings } = await import("./render/findings-formats.ts");
      return renderFindings(invalidReport(error, { command, lang }), format);
    }
  }
}
