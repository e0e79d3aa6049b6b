import type { Temporal } from "temporal-polyfill";
import type { ItemId } from "../../catalog/annex-1.ts";
import { type Catalogue, contractAt, priceBookAt } from "../../catalog/catalogue.ts";
import { clauseWords } from "../../catalog/clause-words.ts";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { clip } from "../../catalog/source/visible-text.ts";
import { type Lang, text } from "../../catalog/text.ts";
import { unitPriceOf } from "../../cost/quote.ts";
import { POLICIES } from "../../policies/index.ts";
import type { Policy } from "../../policies/policy.ts";
import { type ClauseReference, CONTRACT, isWithin, printClause, readClauses } from "./clause-references.ts";
import { runExamples } from "./examples.ts";
import type { Topic } from "./find-topic.ts";
import { lineSource } from "./line-sources.ts";
import { policiesLookingAt } from "./policies-looking-at.ts";
import { type Reading, readReadings } from "./readings.ts";
import { waiverPattern } from "./waiver-entry.ts";
import { type WaiverRule, whoMayWaive } from "./who-may-waive.ts";

interface Head {
  readonly schema: "govcloud/explain/1";
  readonly at: string;
  readonly head: string;
}

/** An explanation, in one language; scripts/schema/explain.schema.json. */
export type Explanation = Head &
  (
    | { readonly kind: "list"; readonly policies: readonly PolicyLine[] }
    | { readonly kind: "policy"; readonly policy: ExplainedPolicy }
    | { readonly kind: "line"; readonly line: ExplainedLine }
    | ({ readonly kind: "clause" } & ExplainedClause)
  );

export interface PolicyLine {
  readonly id: string;
  readonly level: "advisory" | "mandatory";
  readonly title: string;
  readonly clause: string;
}

export interface ExplainedPolicy extends PolicyLine {
  /** Whether it judges each system by itself or the contract as a whole. */
  readonly scope: "system" | "contract";
  readonly why: string;
  readonly remedy: string;
  /** With an entry to copy where somebody may waive it; what is in angle brackets is left to whoever decides. */
  readonly waiver: { readonly kind: WaiverRule["kind"]; readonly words: string; readonly entry: readonly string[] };
  readonly examples: readonly {
    readonly example: string;
    readonly verdict: "pass" | "not-applicable" | "undetermined" | "violation";
    readonly findings: readonly {
      readonly address: string;
      readonly attribute: string;
      /** Keys that lead to the line of the file that causes it, `servers.app.listens.0.from`; absent where it stands in no file. */
      readonly path?: string;
      readonly message: string;
    }[];
  }[];
}

export interface ExplainedLine {
  readonly item: string;
  readonly name: string;
  readonly services: readonly string[];
  readonly description: string;
  readonly unit: string;
  readonly ceiling: string;
  readonly unitPrice: string;
  readonly priceBook: string;
  readonly clause: string;
  readonly specification: Readonly<Record<string, number>>;
  readonly includes: readonly string[];
  readonly alternativeTo: string | null;
  readonly once: boolean;
  readonly doubt: string | null;
  readonly fields: readonly string[];
  readonly note: string | null;
  readonly resources: readonly { readonly type: string; readonly attributes: readonly string[] }[];
  readonly policies: readonly PolicyLine[];
}

export interface ExplainedClause {
  readonly clauses: readonly string[];
  readonly policies: readonly PolicyLine[];
  readonly readings: readonly Reading[];
  readonly lines: readonly { readonly item: string; readonly name: string; readonly clause: string; readonly doubt: string | null }[];
  readonly components: readonly { readonly key: string; readonly name: string; readonly cites: readonly string[] }[];
  readonly contract: readonly { readonly file: string; readonly line: number; readonly words: string }[];
}

export interface ExplainContext {
  readonly catalogue: Catalogue;
  readonly at: Temporal.PlainDate;
  readonly head: string;
  readonly lang: Lang;
}

/** Explains a topic from the policies, their tables and the catalogue of a tree. */
export async function explain(topic: Topic, context: ExplainContext): Promise<Explanation> {
  const head: Head = { schema: "govcloud/explain/1", at: context.at.toString(), head: context.head };
  switch (topic.kind) {
    case "list":
      return { ...head, kind: "list", policies: topic.policies.map((policy) => policyLine(policy, context.lang)) };
    case "policy":
      return { ...head, kind: "policy", policy: await explainPolicy(topic.policy, context.lang) };
    case "line":
      return { ...head, kind: "line", line: explainLine(topic.item, context) };
    case "clause":
      return { ...head, kind: "clause", ...explainClause(topic.words, topic.references, context) };
  }
}

function policyLine({ id, level, title, clause }: Policy, lang: Lang): PolicyLine {
  return { id, level, title: title[lang], clause: clauseWords(clause, lang) };
}

async function explainPolicy(policy: Policy, lang: Lang): Promise<ExplainedPolicy> {
  const { kind, words } = whoMayWaive(policy);
  return {
    ...policyLine(policy, lang),
    scope: policy.scope,
    why: policy.why[lang],
    remedy: policy.remedy[lang],
    waiver: { kind, words: words[lang], entry: kind === "centre" || kind === "tenant" ? waiverPattern(policy.id, lang) : [] },
    examples: (await runExamples(policy)).map(({ words: example, verdict, findings }) => ({
      example: example[lang],
      verdict,
      findings: findings.map(({ address, attribute, at, message }) => ({
        address,
        attribute,
        ...(at === undefined || at.path.length === 0 ? {} : { path: at.path.join(".") }),
        message: message[lang],
      })),
    })),
  };
}

function explainLine(id: ItemId, { catalogue, at, lang }: ExplainContext): ExplainedLine {
  const item = catalogue.items.get(id);
  if (item === undefined) throw new Error(`Cannot explain line ${id}: readers let no catalogue without it pass`);
  const book = priceBookAt(catalogue, contractAt(catalogue, at), at);
  const { fields, note, resources } = lineSource(id);
  const names = new Map(catalogue.components.map(({ key, name }) => [key, name[lang]]));
  return {
    item: id,
    name: item.name[lang],
    services: [item.level1[lang], item.level2[lang], item.level3[lang]],
    description: item.description,
    unit: item.unit[lang],
    ceiling: item.ceiling.toFixed(2),
    unitPrice: unitPriceOf(book, id).toFixed(2),
    priceBook: book.source.path,
    clause: clauseWords(item.clause, lang),
    specification: item.specification,
    includes: item.includes.map((key) => names.get(key) ?? key),
    alternativeTo: item.alternativeTo ?? null,
    once: item.once,
    doubt: item.doubt?.[lang] ?? null,
    fields,
    note: note?.[lang] ?? null,
    resources,
    policies: policiesLookingAt(id).map((policy) => policyLine(policy, lang)),
  };
}

/** What cites a clause. A bare number is the contract's where something cites that, else a control of whichever standard has it. */
function explainClause(words: string, asked: readonly ClauseReference[], context: ExplainContext): ExplainedClause {
  const found = whatCites(asked, context);
  if (!isEmpty(found)) return found;
  const controls = /^[\d.]+$/.test(words) ? controlsOf(asked, context) : [];
  if (controls.length > 0) return whatCites(controls, context);
  throw nothingCites(words, asked, context);
}

function isEmpty({ policies, readings, lines, components, contract }: ExplainedClause): boolean {
  return policies.length + readings.length + lines.length + components.length + contract.length === 0;
}

/** The same numbers in each standard in which something cites them. */
function controlsOf(asked: readonly ClauseReference[], context: ExplainContext): readonly ClauseReference[] {
  const standards = new Set(
    allCited(context)
      .map(({ source }) => source)
      .filter((source) => source.startsWith("GB/T ")),
  );
  return [...standards]
    .flatMap((source) => asked.map((each) => ({ ...each, source })))
    .filter((control) => allCited(context).some((cited) => isWithin(cited, control)));
}

function whatCites(asked: readonly ClauseReference[], { catalogue, lang }: ExplainContext): ExplainedClause {
  const cites = (passage: string) => readClauses(passage).some((cited) => asked.some((each) => isWithin(cited, each)));
  return {
    clauses: asked.map((each) => clauseWords(printClause(each), lang)),
    policies: POLICIES.filter(({ clause }) => cites(clause)).map((policy) => policyLine(policy, lang)),
    readings: readReadings(lang).filter(({ clause }) => cites(clause)),
    lines: [...catalogue.items.values()]
      .filter(({ clause }) => cites(clause))
      .map(({ item, name, clause, doubt }) => ({
        item,
        name: name[lang],
        clause: clauseWords(clause, lang),
        doubt: doubt?.[lang] ?? null,
      })),
    components: catalogue.components.flatMap(({ key, name, clause, controls }) => {
      const cited = [clause, ...controls].filter(cites).map((each) => clauseWords(each, lang));
      return cited.length === 0 ? [] : [{ key, name: name[lang], cites: cited }];
    }),
    contract: contractComments(catalogue).filter(({ words: comment }) => cites(comment.split(/[：:]/)[0] ?? "")),
  };
}

/** Every place of the contract and the standards that something here rests on. */
function allCited({ catalogue, lang }: ExplainContext): readonly ClauseReference[] {
  return [
    ...POLICIES.map(({ clause }) => clause),
    ...readReadings(lang).map(({ clause }) => clause),
    ...[...catalogue.items.values()].map(({ clause }) => clause),
    ...catalogue.components.flatMap(({ controls }) => controls),
  ].flatMap(readClauses);
}

/** What the contract's files say beside their values, each comment beginning with its clause. */
function contractComments({ sources }: Catalogue): readonly { file: string; line: number; words: string }[] {
  return [...sources.values()]
    .filter(({ path }) => path.startsWith("catalog/contracts/"))
    .flatMap(({ path, text: source }) =>
      source
        .split(/\r?\n/)
        .map((line, index) => ({ file: path, line: index + 1, words: /^\s*#\s*(.+)$/.exec(line)?.[1] ?? "" }))
        .filter(({ words }) => /^[\d附第]/.test(words)),
    );
}

function nothingCites(words: string, asked: readonly ClauseReference[], context: ExplainContext): InvalidRequest {
  const cited = allCited(context);
  const near = asked.flatMap(({ source, section }) => {
    const wider = section.slice(1).map((_, index) => section.slice(0, section.length - 1 - index));
    const ofSection = wider.flatMap((part) => cited.filter((each) => isWithin(each, { source, section: part, item: undefined })));
    return [...cited.filter((each) => section.length > 1 && each.section.join(".") === section.join(".")), ...ofSection];
  });
  const names = [...new Set(near.map(printClause))].slice(0, 3);
  const namesIn = (language: Lang) => names.map((name) => clauseWords(name, language)).join(language === "zh" ? "、" : ", ");
  const annexes = text("；合同有正文 1 至 16 和附件1 至 5", "; the contract has clauses 1 to 16 and Annexes 1 to 5");
  const isOfContract = asked.some(({ source }) => source.startsWith(CONTRACT));
  const meant =
    names.length === 0 ? (isOfContract ? annexes : text("", "")) : text(`；相近的有 ${namesIn("zh")}`, `; near it are ${namesIn("en")}`);
  return new InvalidRequest(
    text(
      `没有策略、读法或目录条目引用“${clip(words)}”${meant.zh}`,
      `Cannot explain "${clip(words)}": no policy, reading or catalogue line cites it${meant.en}`,
    ),
  );
}
