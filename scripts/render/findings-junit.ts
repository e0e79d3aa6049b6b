import { DOMImplementation, type Document, type Element, XMLSerializer } from "@xmldom/xmldom";
import type { Policy } from "../../policies/policy.ts";
import { terminalSafe } from "./escape.ts";
import { addressWords, messageWithRemedy, waiverNote } from "./finding-words.ts";
import { allFindings, CONTRACT_SUITE, type FindingsReport, type ReportedFinding, type Suite } from "./findings-report.ts";

interface Case {
  readonly policy: string;
  readonly findings: readonly ReportedFinding[];
  readonly outcome: "passed" | "failed" | "skipped";
  readonly message: string;
}

/**
 * Writes JUnit XML: a suite per system, a case per policy. What refuses the plan failed; advice, what is waived and what `--select` or
 * `--skip` leaves out is shown as skipped, for it did not.
 */
export function renderJunit(report: FindingsReport): string {
  const document = new DOMImplementation().createDocument(null, "testsuites", null);
  const root = document.documentElement as Element;
  const found = new Set(allFindings(report).map(({ policy }) => policy));
  const suites = report.suites.map((suite) => ({ suite, cases: casesOf(suite, report, found) }));
  const notices = report.notices.map(({ kind, words }): Case => ({ policy: kind, findings: [], outcome: "skipped", message: words }));
  // The schema that readers hold the file to knows no `skipped` of all suites.
  const { skipped: _, ...total } = counts([...notices, ...suites.flatMap(({ cases }) => cases)]);
  setAttributes(root, { name: `govcloud ${report.command}`, ...total });
  // What limits the verdict is shown as a case of its own: readers of JUnit show nothing else.
  if (notices.length > 0) root.appendChild(suiteElement(document, { id: "govcloud", name: "" }, notices, report));
  for (const { suite, cases } of suites) {
    if (cases.length > 0) root.appendChild(suiteElement(document, suite, cases, report));
  }
  indent(document, root, 0);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(document)}\n`;
}

function casesOf(
  { judging, findings, id }: Suite,
  { policies, judging: all, lang }: FindingsReport,
  foundAnywhere: ReadonlySet<string>,
): readonly Case[] {
  const found = Map.groupBy(findings, ({ policy }) => policy);
  const judged = new Set(judging.map((policy) => policy.id));
  // A policy on the whole contract has not passed where it found something in a system: that system's suite says what.
  const silent = id === CONTRACT_SUITE ? foundAnywhere : found;
  const passed = judging.filter((policy) => !silent.has(policy.id)).map((policy) => policy.id);
  const out = policies.filter((policy) => !all.includes(policy) && concerns(policy, id) && judged.size > 0).map((policy) => policy.id);
  const leftOut = lang === "zh" ? "未判断：--select 或 --skip 排除了它" : "not judged: --select or --skip leaves it out";
  return [
    ...[...found].map(([policy, ofPolicy]) => judgedCase(policy, ofPolicy, lang)),
    ...passed.map((policy): Case => ({ policy, findings: [], outcome: "passed", message: "" })),
    ...out.map((policy): Case => ({ policy, findings: [], outcome: "skipped", message: leftOut })),
  ].sort((a, b) => (a.policy < b.policy ? -1 : 1));
}

function concerns({ scope }: Policy, suite: string): boolean {
  return (scope === "contract") === (suite === CONTRACT_SUITE);
}

function judgedCase(policy: string, findings: readonly ReportedFinding[], lang: FindingsReport["lang"]): Case {
  const refusing = findings.find(({ level, waiver }) => level === "mandatory" && waiver === null);
  if (refusing !== undefined) return { policy, findings, outcome: "failed", message: refusing.message };
  const [first] = findings;
  const waived = first === undefined ? undefined : waiverNote(first, lang);
  return { policy, findings, outcome: "skipped", message: waived ?? `${lang === "zh" ? "提示：" : "advice: "}${first?.message ?? ""}` };
}

function counts(cases: readonly Case[]) {
  const of = (outcome: Case["outcome"]) => String(cases.filter((each) => each.outcome === outcome).length);
  return { tests: String(cases.length), failures: of("failed"), errors: "0", skipped: of("skipped"), time: "0" };
}

function suiteElement(document: Document, suite: Pick<Suite, "id" | "name">, cases: readonly Case[], report: FindingsReport): Element {
  const element = make(document, "testsuite", { name: suite.id, ...counts(cases) });
  const properties = make(document, "properties", {});
  const facts = { at: report.at, contract: report.contract, ...(suite.name === "" ? {} : { name: suite.name }) };
  for (const [name, value] of Object.entries(facts)) properties.appendChild(make(document, "property", { name, value }));
  element.appendChild(properties);
  for (const each of cases) element.appendChild(caseElement(document, suite.id, each, report));
  return element;
}

function caseElement(document: Document, suite: string, { policy, findings, outcome, message }: Case, { lang }: FindingsReport): Element {
  const [first] = findings;
  const element = make(document, "testcase", { classname: suite, name: policy, time: "0" });
  if (outcome === "passed") return element;
  const type = first === undefined ? {} : { type: `${first.level} ${first.result}` };
  const told = make(document, outcome === "failed" ? "failure" : "skipped", { message, ...(outcome === "failed" ? type : {}) });
  const words = findings.map((finding) => {
    const { file, line, column } = finding.place;
    const parts = [messageWithRemedy(finding, lang), addressWords(finding, lang), finding.clause, waiverNote(finding, lang)];
    return xmlText(`${file}:${line}:${column}: ${parts.filter((part) => part !== undefined).join(" · ")}`);
  });
  if (words.length > 0) told.appendChild(document.createTextNode(words.join("\n")));
  element.appendChild(told);
  return element;
}

function make(document: Document, name: string, attributes: Readonly<Record<string, string>>): Element {
  const element = document.createElement(name);
  setAttributes(element, attributes);
  return element;
}

function setAttributes(element: Element, attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, xmlText(value));
}

/** Text that XML 1.0 can hold at all; the library escapes what means something in it. */
function xmlText(words: string): string {
  return terminalSafe(words)
    .toWellFormed()
    .replace(/[\ufffe\uffff]/g, "\ufffd");
}

/** Lays elements out for people; a text stays as it is. */
function indent(document: Document, element: Element, depth: number): void {
  const children = [...element.childNodes].filter((node): node is Element => node.nodeType === 1);
  for (const child of children) {
    element.insertBefore(document.createTextNode(`\n${"  ".repeat(depth + 1)}`), child);
    indent(document, child, depth + 1);
  }
  if (children.length > 0) element.appendChild(document.createTextNode(`\n${"  ".repeat(depth)}`));
}
