import { clauseWords } from "../../catalog/clause-words.ts";
import type { FindingPlace } from "../plan/finding-place.ts";
import { PROGRAM_VERSION } from "../version.ts";
import { markdownSafe, terminalSafe } from "./escape.ts";
import { bySeverity, waiverNote } from "./finding-words.ts";
import { allFindings, type FindingsReport, type ReportedFinding, type Rule } from "./findings-report.ts";
import { jsonText } from "./json-text.ts";
import { VERDICT_WORDS } from "./words.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/** GitHub takes in no more results of a run than 25,000, and shows the first 5,000. */
const MAX_RESULTS = 5000;
/** Stands for the root of the tree, whichever folder it was read from. */
const SRCROOT = "SRCROOT";

/** Writes SARIF 2.1.0: every policy as a rule, every finding as a result at the YAML line that causes it, what is waived as suppressed. */
export function renderSarif(report: FindingsReport): string {
  const { command, lang, policies, selection, notices, verdict, exitCode, at, contract } = report;
  const found = allFindings(report);
  const results = found.length > MAX_RESULTS ? [...found].sort(bySeverity).slice(0, MAX_RESULTS) : found;
  const left = found.length - results.length;
  const notifications = [
    ...notices.map(({ kind, words }) => ({ level: kind === "partial" ? "warning" : "note", words })),
    ...(left === 0
      ? []
      : [
          {
            level: "warning",
            words:
              lang === "zh"
                ? `另有 ${left} 条没有列出，见 --format json`
                : `${left} more ${left === 1 ? "is" : "are"} left out: see --format json`,
          },
        ]),
  ];
  const ruleIndex = new Map(policies.map(({ id }, index) => [id, index]));
  const run = {
    tool: {
      driver: {
        name: "govcloud",
        version: PROGRAM_VERSION,
        language: lang === "zh" ? "zh-CN" : "en-US",
        rules: policies.map((policy) => ruleOf(policy, report)),
      },
    },
    automationDetails: { id: `govcloud/${command}/` },
    language: lang === "zh" ? "zh-CN" : "en-US",
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: {
      [SRCROOT]: {
        description: { text: lang === "zh" ? "含 catalog/ 和 stacks/tenants/ 的目录" : "The folder with catalog/ and stacks/tenants/" },
      },
    },
    invocations: [
      {
        executionSuccessful: verdict !== "invalid",
        exitCode,
        exitCodeDescription: VERDICT_WORDS[verdict][lang],
        toolConfigurationNotifications: notifications.map(({ level, words }) => ({ level, message: { text: sarifText(words) } })),
      },
    ],
    properties: {
      verdict,
      ...(at === null ? {} : { at }),
      ...(contract === null ? {} : { contract }),
      ...(selection === undefined ? {} : { selection }),
    },
    results: results.map((finding) => resultOf(finding, ruleIndex.get(finding.policy), report)),
  };
  return jsonText({ $schema: SCHEMA, version: "2.1.0", runs: [run] });
}

function ruleOf({ id, level, title, why, clause, remedy }: Rule, { lang }: FindingsReport): object {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const clauses = clause === "" ? [] : [clauseWords(clause, lang)];
  return {
    id,
    name: ruleName(id),
    shortDescription: { text: title[lang] },
    fullDescription: { text: why[lang] },
    help: {
      text: [`${say("怎么办：", "Remedy: ")}${remedy[lang]}`, ...clauses.map((words) => `${say("依据：", "Rests on: ")}${words}`)].join(
        "\n",
      ),
      markdown: [
        `**${say("怎么办", "Remedy")}** ${markdownSafe(remedy[lang])}`,
        ...clauses.map((words) => `**${say("依据", "Rests on")}** ${markdownSafe(words)}`),
      ].join("\n\n"),
    },
    defaultConfiguration: { level: levelOf(level) },
    properties: { tags: [id.split("/")[0]], ...(clause === "" ? {} : { clause: clauseWords(clause, lang) }) },
  };
}

/** `size/require-cards-fit-box` → `RequireCardsFitBox`, as readers of SARIF expect of a rule's name. */
function ruleName(id: string): string {
  return (id.split("/")[1] ?? id).replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function levelOf(level: Rule["level"]): "error" | "warning" {
  return level === "mandatory" ? "error" : "warning";
}

function resultOf(finding: ReportedFinding, ruleIndex: number | undefined, { lang }: FindingsReport): object {
  const { policy, level, result, system, address, attribute, message, clause, place, fingerprint, waiver } = finding;
  const justification = waiverNote(finding, lang);
  const logical = {
    name: plainText(address),
    fullyQualifiedName: plainText([system ?? "contract", [address, attribute].filter(Boolean).join(".")].join("/")),
    kind: /^(openstack|kubernetes|terraform)_/.test(address) ? "resource" : "object",
  };
  return {
    ruleId: policy,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levelOf(level),
    message: { text: sarifText(message) },
    locations:
      place === null ? [] : [{ physicalLocation: physicalLocation(place), ...(address === "" ? {} : { logicalLocations: [logical] }) }],
    partialFingerprints: { "govcloudFinding/v1": fingerprint },
    // A reader may rely on the list only where every result has one.
    suppressions:
      waiver === null || justification === undefined
        ? []
        : [
            {
              kind: "external",
              status: "accepted",
              justification: plainText(justification),
              location: { physicalLocation: physicalLocation({ ...waiver.location, endColumn: undefined }) },
            },
          ],
    properties: { result, system, attribute: plainText(attribute), ...(clause === "" ? {} : { clause: plainText(clause) }) },
  };
}

function physicalLocation({ file, line, column, endColumn }: FindingPlace): object {
  return {
    artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/"), uriBaseId: SRCROOT },
    region: { startLine: line, startColumn: column, ...(endColumn === undefined ? {} : { endColumn }) },
  };
}

/** A message in which brackets make no link and braces no placeholder (SARIF 2.1.0, 3.11.5 and 3.11.6), nor anything moves a terminal. */
function sarifText(words: string): string {
  return plainText(words)
    .replace(/[\\[\]]/g, (mark) => `\\${mark}`)
    .replace(/[{}]/g, (mark) => mark + mark);
}

/** Text that moves no terminal and is whole characters only. */
function plainText(words: string): string {
  return terminalSafe(words).toWellFormed();
}
