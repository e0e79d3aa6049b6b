import { counted, type Lang } from "../../catalog/text.ts";
import { POLICIES } from "../../policies/index.ts";
import { waiverEntry } from "../explain/waiver-entry.ts";
import { type WaiverRule, whoMayWaive } from "../explain/who-may-waive.ts";
import { countFindings, type Standing } from "../plan/count-findings.ts";
import type { FindingResult, WaiverResult } from "../plan/result.ts";
import { terminalSafe } from "./escape.ts";

/** A finding, with every address at which the same is said of the same line. */
export type ToldFinding<F extends FindingResult = FindingResult> = F & { readonly addresses: readonly string[] };

/** What refuses comes first, what is waived last, and then by line; what says the same of the same line is told once. */
export function tellFindings<F extends FindingResult>(findings: readonly F[]): readonly ToldFinding<F>[] {
  const alike = Map.groupBy(findings, ({ policy, level, result, system, attribute, message, waiver, location }) =>
    JSON.stringify([policy, level, result, system, attribute, message, waiver, location]),
  );
  return [...alike.values()]
    .flatMap(([first, ...more]) => (first === undefined ? [] : [{ ...first, addresses: [first, ...more].map(({ address }) => address) }]))
    .sort(bySeverity);
}

/** What refuses before advice, advice before what is waived; then by place. */
export function bySeverity(a: FindingResult, b: FindingResult): number {
  return severity(a) - severity(b) || compare(a.location.file, b.location.file) || a.location.line - b.location.line;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function severity({ level, result, waiver }: FindingResult): number {
  if (waiver !== null) return 4;
  return (level === "mandatory" ? 0 : 2) + (result === "violation" ? 0 : 1);
}

/** More addresses than these say no more than their number does. */
const MAX_ADDRESSES = 5;
/** `web-2` before `web-10`. */
const BY_NUMBER = new Intl.Collator("en", { numeric: true });

/** System, address and attribute as a waiver names them: `系统 hrss/x · 地址 servers.app · 属性 cpu`. */
export function addressWords(finding: FindingResult & Partial<Pick<ToldFinding, "addresses">>, lang: Lang): string {
  const { system, attribute, addresses = [finding.address] } = finding;
  const say = sayIn(lang);
  const shown = [...addresses].sort(BY_NUMBER.compare).slice(0, MAX_ADDRESSES).join(say("、", ", "));
  const left = addresses.length - MAX_ADDRESSES;
  const count = addresses.length === 1 ? "" : say(`（共 ${addresses.length} 处）`, ` (${addresses.length} places)`);
  return [
    ...(system === null ? [] : [say(`系统 ${system}`, `system ${system}`)]),
    ...(finding.address === "" ? [] : [`${say("地址", "address")} ${shown}${left > 0 ? say("等", " …") : ""}${count}`]),
    ...(attribute === "" ? [] : [say(`属性 ${attribute}`, `attribute ${attribute}`)]),
  ].join(" · ");
}

/** How many entries tell the findings of a standing, where alike ones are told together: ` in 3 entries`; empty where each has its own. */
export function entriesWords(findings: readonly FindingResult[], standing: Standing, lang: Lang): string {
  const [singly, together] = [findings, tellFindings(findings)].map((each) => countFindings(each)[standing]);
  if (together === undefined || together === singly) return "";
  return lang === "zh" ? `（合并为 ${together} 条）` : ` in ${counted(together, "entry", "entries")}`;
}

/** What is wrong and what to do, in one piece. */
export function messageWithRemedy({ message, remedy }: FindingResult, lang: Lang): string {
  return `${message}${lang === "zh" ? "。怎么办：" : ". Remedy: "}${remedy}`;
}

/** What is to know of a finding beside its message: its address, the clause it rests on, its waiver. */
export function factsOf(finding: FindingResult & Partial<Pick<ToldFinding, "addresses">>, lang: Lang): readonly string[] {
  return [addressWords(finding, lang), finding.clause, waiverNote(finding, lang) ?? ""].filter((fact) => fact !== "");
}

/** A waiver in one line: who decided what until when. */
export function waiverWords({ reason, owner, approver, expires, daysLeft }: WaiverResult, lang: Lang): string {
  const facts = [reason, owner, approver].map(terminalSafe);
  return lang === "zh"
    ? `已豁免到 ${expires}（还有 ${daysLeft} 天）：${facts[0]}；负责人 ${facts[1]}，批准人 ${facts[2]}`
    : `Waived until ${expires} (${counted(daysLeft, "day")} left): ${facts[0]}; owner ${facts[1]}, approver ${facts[2]}`;
}

/** What the waiver of a finding says; undefined where the finding stands. */
export function waiverNote({ waiver }: FindingResult, lang: Lang): string | undefined {
  return waiver === null ? undefined : waiverWords(waiver, lang);
}

/** How to have findings waived: an entry to paste, made for the first of them that somebody may waive; undefined where there is none. */
export function waiverHint(
  findings: readonly FindingResult[],
  lang: Lang,
): { readonly words: string; readonly entry: readonly string[] } | undefined {
  const first = findings.find(isWaivable);
  if (first === undefined) return undefined;
  const { policy, system, address } = first;
  const alike = findings.filter((each) => each.policy === policy && each.system === system && each.address === address);
  const attribute = alike.length > 1 && first.attribute !== "" ? first.attribute : undefined;
  const tenant = waiverKind(policy) === "tenant" && system?.includes("/") === true ? system.split("/")[0] : undefined;
  const file = tenant === undefined ? "policies/waivers.yaml" : `stacks/tenants/${tenant}/waivers.yaml`;
  return {
    words:
      lang === "zh"
        ? `确实需要放行的，由提交人以外的人批准豁免：写进 ${file}，每个地址一条，例如`
        : `What has to stand all the same is waived by somebody other than its author: in ${file}, an entry for each address, such as`,
    entry: ["waivers:", ...waiverEntry({ policy, system, address, attribute }, lang)],
  };
}

/** Refuses the plan, and somebody may decide that it stands. */
function isWaivable({ policy, level, waiver, address, system }: FindingResult): boolean {
  // A plan of another pipeline is called by its file, which no waiver can name.
  const isNamed = system === null || system === "platform" || system.includes("/");
  const canBeWritten = isNamed && /^[A-Za-z0-9_./-]+$/.test(address);
  const kind = waiverKind(policy);
  return level === "mandatory" && waiver === null && canBeWritten && (kind === "centre" || kind === "tenant");
}

function waiverKind(policy: string): WaiverRule["kind"] | undefined {
  const known = POLICIES.find(({ id }) => id === policy);
  return known === undefined ? undefined : whoMayWaive(known).kind;
}

function sayIn(lang: Lang): (zh: string, en: string) => string {
  return (zh, en) => (lang === "zh" ? zh : en);
}
