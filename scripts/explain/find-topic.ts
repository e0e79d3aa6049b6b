import { ITEM_IDS, type ItemId } from "../../catalog/annex-1.ts";
import { numberOf } from "../../catalog/clause-words.ts";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { didYouMean } from "../../catalog/source/did-you-mean.ts";
import { clip } from "../../catalog/source/visible-text.ts";
import { text } from "../../catalog/text.ts";
import { POLICIES } from "../../policies/index.ts";
import type { Policy } from "../../policies/policy.ts";
import { type ClauseReference, readClauses } from "./clause-references.ts";

/** What somebody asks about. */
export type Topic =
  | { readonly kind: "list"; readonly policies: readonly Policy[] }
  | { readonly kind: "policy"; readonly policy: Policy }
  | { readonly kind: "line"; readonly item: ItemId }
  | { readonly kind: "clause"; readonly words: string; readonly references: readonly ClauseReference[] };

/** Tells policies, areas, lines and clauses apart. A bare number is a line of Annex 1; `合同 7` is the clause; any other word is looked for in what policies say. */
export function findTopic(words: string): Topic {
  const asked = words.trim();
  if (asked === "") return { kind: "list", policies: POLICIES };
  const item = /^(?:第|line)?\s*(\d+|L\d+)\s*项?$/i.exec(asked)?.[1]?.toUpperCase();
  if (item !== undefined) return { kind: "line", item: knownItem(item) };
  const numeral = /^第?\s*([一二三四五六七八九]?十?[一二三四五六七八九]?)\s*项$/.exec(asked)?.[1] ?? "";
  if (numeral !== "") return { kind: "line", item: knownItem(String(numberOf(numeral))) };
  const inArea = POLICIES.filter(({ id }) => id.startsWith(`${asked}/`));
  if (inArea.length > 0) return { kind: "list", policies: inArea };
  const named = policiesNamed(asked);
  const [policy, second] = named;
  if (policy !== undefined && second === undefined) return { kind: "policy", policy };
  if (second !== undefined) throw ambiguous(asked, named);
  const references = isClause(asked) ? readClauses(asked) : [];
  for (const { item: cited } of references) if (cited !== undefined) knownItem(cited);
  if (references.length > 0) return { kind: "clause", words: asked, references };
  const told = policiesTelling(asked);
  const [only, more] = told;
  if (only !== undefined) return more === undefined ? { kind: "policy", policy: only } : { kind: "list", policies: told };
  throw unknown(asked);
}

/** Policies with a word in their name or title; where there are none, in what they say of why and what to do. */
function policiesTelling(asked: string): readonly Policy[] {
  const word = asked.toLowerCase();
  // One letter stands everywhere and says nothing.
  if (word.length < 2) return [];
  const tells = (...words: readonly string[]) => words.some((each) => each.toLowerCase().includes(word));
  const named = POLICIES.filter(({ id, title }) => tells(id, title.zh, title.en));
  return named.length > 0 ? named : POLICIES.filter(({ why, remedy }) => tells(why.zh, why.en, remedy.zh, remedy.en));
}

function knownItem(item: string): ItemId {
  const known = ITEM_IDS.find((each) => each === item);
  if (known !== undefined) return known;
  throw new InvalidRequest(
    text(
      `附件1没有第 ${clip(item)} 项：只有第 1 至 27 项，和专线电路 L1`,
      `Cannot explain line ${clip(item)}: Annex 1 has lines 1 to 27, and L1 for the leased circuits`,
    ),
  );
}

/** By id, or by the end of one that no other shares. */
function policiesNamed(asked: string): readonly Policy[] {
  const exact = POLICIES.filter(({ id }) => id === asked || id.endsWith(`/${asked}`));
  return exact.length > 0 ? exact : POLICIES.filter(({ id }) => id.endsWith(`-${asked}`));
}

function isClause(asked: string): boolean {
  return (
    /^(?:合同|附件|第|本项目规则$|contract|clause|annex|lines?\s|GB|§|rule of this project$|project rule$)/i.test(asked) ||
    /^\d+(?:\.\d+)+$/.test(asked)
  );
}

function ambiguous(asked: string, named: readonly Policy[]): InvalidRequest {
  const ids = named.map(({ id }) => id);
  return new InvalidRequest(
    text(`“${clip(asked)}”可以指：${ids.join("、")}`, `Cannot tell which policy "${clip(asked)}" is: wanted one of ${ids.join(", ")}`),
  );
}

function unknown(asked: string): InvalidRequest {
  const ids = POLICIES.map(({ id }) => id);
  const areas = ids.map((id) => id.split("/")[0] ?? id);
  const short = didYouMean(asked, [...ids, ...areas, ...ids.map((id) => id.split("/")[1] ?? id)]);
  const meant = ids.find((id) => short !== undefined && id.endsWith(`/${short}`)) ?? short;
  return new InvalidRequest(
    text(
      `没有“${clip(asked)}”这条策略、分类、附件1的项或条款，策略里也没有这个词${meant === undefined ? "" : `；是不是 ${meant}`}（例如 security/no-classified-system、security、14、7.1.1；不带参数列出全部策略）`,
      `Cannot find "${clip(asked)}"${meant === undefined ? "" : `; did you mean ${meant}`} (wanted a policy, an area, a line of Annex 1 or a clause, such as security/no-classified-system, security, 14, 7.1.1; without an argument all policies are listed)`,
    ),
  );
}
