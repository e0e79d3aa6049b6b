import { MOST_DAYS_AHEAD } from "../../catalog/accepted-damage.ts";
import type { AskedEntry } from "../../catalog/asked-entry.ts";
import type { Lang } from "../../catalog/text.ts";
import type { FindingResult } from "../plan/result.ts";

const MOST_ENTRIES = 12;

/**
 * How a bureau asks for what refuses its change: the entries to paste into the first system's declaration whose findings name some; undefined where
 * none does. The words in angle brackets are left to whoever decides: an entry that is pasted and not filled in is refused.
 */
export function askedHint(
  findings: readonly FindingResult[],
  lang: Lang,
): { readonly words: string; readonly entry: readonly string[] } | undefined {
  const asking = findings.filter(({ level, waiver, asks }) => level === "mandatory" && waiver === null && asks !== undefined);
  const system = asking.find((each) => each.system?.includes("/"))?.system ?? undefined;
  if (system === undefined) return undefined;
  const all = asking.filter((each) => each.system === system).flatMap(({ asks = [] }) => asks);
  const entries = [...new Map(all.map((each) => [JSON.stringify(each), each])).values()].slice(0, MOST_ENTRIES);
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const lines = (key: "accepts" | "removals") => {
    const own = entries.filter(({ kind }) => kind === key);
    return own.length === 0 ? [] : [`${key}:`, ...own.flatMap((each) => entryLines(each, say))];
  };
  return {
    words: say(
      `确实要这样改的，写进 stacks/tenants/${system}.yaml（已有的键下面接着写），尖括号里的内容请填好`,
      `Where the change is meant, write this in stacks/tenants/${system}.yaml (below the keys where they stand already) and fill in what is in angle brackets`,
    ),
    entry: [
      ...lines("accepts"),
      ...lines("removals"),
      ...entries.filter(({ kind }) => kind === "changeReason").flatMap((each) => entryLines(each, say)),
    ],
  };
}

function entryLines(entry: AskedEntry, say: (zh: string, en: string) => string): readonly string[] {
  switch (entry.kind) {
    case "accepts":
      return [
        `  - damage: ${entry.damage}`,
        `    of: ${entry.of}`,
        `    until: <${say(`最后一天，最长 ${MOST_DAYS_AHEAD} 天，如 2026-02-15`, `its last day, at most ${MOST_DAYS_AHEAD} days ahead, such as 2026-02-15`)}>`,
        `    reason: <${say("为什么可以接受", "why it is acceptable")}>`,
      ];
    case "removals":
      return [
        `  - of: ${entry.of}`,
        ...(entry.count === 1 ? [] : [`    count: ${entry.count}`]),
        `    on: <${say("下线的日期，不晚于提交当天", "the day of the removal, not after the request's")}>`,
        `    attestation: <${say("数据去向和清单、记录的编号", "what became of the data and the number of the record")}>`,
      ];
    case "changeReason":
      return [`changeReason: <${say("这次为什么要改，至少八个字", "why this change is made, in eight characters or more")}>`];
  }
}
