import { createHash } from "node:crypto";
import { InvalidInput, type InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { type Lang, type Text, text } from "../../catalog/text.ts";
import type { InvalidResult } from "../plan/result.ts";
import { DIAGNOSTIC_RULES, diagnosticRemedy, type InvalidCode } from "./diagnostic-rules.ts";
import type { FindingsReport, ReportedFinding, Rule } from "./findings-report.ts";

/** Nothing was judged: fail closed, and say so wherever a rule is explained. */
const WHY: Text = text("写错的申请不计价、不审核，也不会通过", "A request that is wrong is neither priced nor judged, and never accepted");

/** One error of an invalid request; of a command that was called wrongly there is no place. */
interface InvalidEntry {
  readonly code: InvalidCode;
  readonly message: Text;
  readonly remedy: Text;
  readonly location: { readonly file: string; readonly line: number; readonly column: number; readonly endColumn: number } | null;
}

function entriesOf(error: InvalidInput | InvalidRequest): readonly InvalidEntry[] {
  if (!(error instanceof InvalidInput)) {
    const code = "invalid-request";
    return [{ code, message: error.text, remedy: diagnosticRemedy({ code }), location: null }];
  }
  return error.diagnostics.map((diagnostic) => {
    const { line, column, length } = diagnostic.range;
    return {
      code: diagnostic.code,
      message: diagnostic.message,
      remedy: diagnosticRemedy(diagnostic),
      location: { file: diagnostic.file, line, column, endColumn: column + length },
    };
  });
}

/** The result object of a request that is invalid, in one language. */
export function invalidResult(error: InvalidInput | InvalidRequest, schema: InvalidResult["schema"], lang: Lang): InvalidResult {
  return {
    schema,
    verdict: "invalid",
    diagnostics: entriesOf(error).map(({ code, message, remedy, location }) => ({
      code,
      message: message[lang],
      remedy: remedy[lang],
      location: location === null ? null : { file: location.file, line: location.line, column: location.column },
    })),
  };
}

/** What formats for machines and forges are written from, where the request is invalid: a finding for each error, a rule for each kind. */
export function invalidReport(
  error: InvalidInput | InvalidRequest,
  { command, lang }: Pick<FindingsReport, "command" | "lang">,
): FindingsReport {
  const entries = entriesOf(error);
  const seen = new Map<string, number>();
  const findings = entries.map((entry): ReportedFinding => {
    const { code, message, remedy, location } = entry;
    const same = JSON.stringify([code, location?.file ?? null, message.en]);
    const ordinal = seen.get(same) ?? 0;
    seen.set(same, ordinal + 1);
    return {
      policy: ruleId(code),
      level: "mandatory",
      result: "violation",
      system: null,
      address: "",
      attribute: "",
      message: message[lang],
      remedy: remedy[lang],
      clause: "",
      waiver: null,
      location: location ?? { file: ".", line: 1, column: 1 },
      place: location,
      fingerprint: createHash("sha256").update(`${same}#${ordinal}`).digest("hex"),
    };
  });
  return {
    command,
    lang,
    at: null,
    contract: null,
    verdict: "invalid",
    exitCode: 3,
    policies: [...new Set(entries.map(({ code }) => code))].map(ruleOf),
    judging: [],
    selection: undefined,
    notices: [],
    suites: [{ id: "request", name: "", judging: [], findings }],
  };
}

function ruleId(code: InvalidCode): string {
  return `invalid-input/${code}`;
}

function ruleOf(code: InvalidCode): Rule {
  const { title, remedy } = DIAGNOSTIC_RULES[code];
  return { id: ruleId(code), level: "mandatory", scope: "contract", title, why: WHY, clause: "", remedy };
}
