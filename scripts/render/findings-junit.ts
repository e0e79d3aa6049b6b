import { DOMImplementation, type Document, type Element, XMLSerializer } from "@xmldom/xmldom";
import { standingOf } from "../plan/count-findings.ts";
import { partialSentence } from "../plan/selection.ts";
import { terminalSafe } from "./escape.ts";
import { factsOf, messageWithRemedy, waiverNote } from "./finding-words.ts";
import { allFindings, CONTRACT_SUITE, type FindingsReport, type ReportedFinding, type Rule, type Suite } from "./findings-report.ts";

interface Case {
  readonly name: string;
  readonly finding?: ReportedFinding;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly message: string;
}

/**
 * Writes JUnit XML: a suite per system, a case per finding and per policy that found nothing, so that failures are counted as everywhere. What
 * refuses the plan failed; advice, what is waived and what `--select` or `--skip` leaves out is shown as skipped, for it did not.
 */
export function renderJunit(report: FindingsReport): string {
  const document = new DOMImplementation().createDocument(null, "testsuites", null);
  const root = document.documentElement as Element;
  const found = new Set(allFindings(report).map(({ policy }) => policy));
  const suites = report.suites.map((suite) => ({ suite, cases: casesOf(suite, report, found) }));
  const notices = report.notices.map(({ kind, words }): Case => ({ name: kind, outcome: "skipped", message: words }));
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
    ...[...found.values()].flatMap((ofPolicy) => ofPolicy.map((finding, index) => judgedCase(finding, index, lang))),
    ...passed.map((name): Case => ({ name, outcome: "passed", message: "" })),
    ...out.map((name): Case => ({ name, outcome: "skipped", message: leftOut })),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function concerns({ scope }: Rule, suite: string): boolean {
  return (scope === "contract") === (suite === CONTRACT_SUITE);
}

/** A policy's first finding bears its name, as its pass does; forges tell cases apart by name, so the others are numbered. */
function judgedCase(finding: ReportedFinding, index: number, lang: FindingsReport["lang"]): Case {
  const name = index === 0 ? finding.policy : `${finding.policy} (${index + 1})`;
  if (standingOf(finding) === "mandatory") return { name, finding, outcome: "failed", message: finding.message };
  return {
    name,
    finding,
    outcome: "skipped",
    message: waiverNote(finding, lang) ?? `${lang === "zh" ? "提示：" : "advice: "}${finding.message}`,
  };
}

function counts(cases: readonly Case[]) {
  const of = (outcome: Case["outcome"]) => String(cases.filter((each) => each.outcome === outcome).length);
  return { tests: String(cases.length), failures: of("failed"), errors: "0", skipped: of("skipped"), time: "0" };
}

function suiteElement(document: Document, suite: Pick<Suite, "id" | "name">, cases: readonly Case[], report: FindingsReport): Element {
  const element = make(document, "testsuite", { name: suite.id, ...counts(cases) });
  const properties = make(document, "properties", {});
  const facts = {
    ...(report.at === null ? {} : { at: report.at }),
    ...(report.contract === null ? {} : { contract: report.contract }),
    ...(suite.name === "" ? {} : { name: suite.name }),
    ...(report.selection === undefined ? {} : { partial: partialSentence(report.selection, report.lang) }),
  };
  for (const [name, value] of Object.entries(facts)) properties.appendChild(make(document, "property", { name, value }));
  if (properties.hasChildNodes()) element.appendChild(properties);
  for (const each of cases) element.appendChild(caseElement(document, suite.id, each, report));
  return element;
}

function caseElement(document: Document, suite: string, { name, finding, outcome, message }: Case, { lang }: FindingsReport): Element {
  const element = make(document, "testcase", { classname: suite, name, time: "0" });
  if (outcome === "passed") return element;
  const failed = outcome === "failed" && finding !== undefined;
  const told = make(document, failed ? "failure" : "skipped", {
    message,
    ...(failed ? { type: `${finding.level} ${finding.result}` } : {}),
  });
  if (finding !== undefined) {
    const { place } = finding;
    const where = place === null ? "" : `${place.file}:${place.line}:${place.column}: `;
    const words = `${where}${[messageWithRemedy(finding, lang), ...factsOf(finding, lang)].join(" · ")}`;
    told.appendChild(document.createTextNode(xmlText(words)));
  }
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
