import { counted, type Lang } from "../../catalog/text.ts";
import type { StateDocument, StateEntry, StateLock, StateResource } from "../state/state-index.ts";
import { terminalSafe } from "./escape.ts";
import { table } from "./table.ts";

/** All states of a store. `schema` names scripts/schema/state.schema.json. */
export interface StateListResult {
  readonly schema: "govcloud/state/1";
  readonly store: string;
  readonly states: readonly StateSummary[];
}

interface StateSummary {
  readonly system: string;
  readonly state: StateDocument["kind"] | "empty";
  readonly serial: number | null;
  readonly resources: number | null;
  readonly tainted: number | null;
  readonly engineVersion: string | null;
  readonly lock: StateLockResult | null;
}

interface StateLockResult {
  readonly id: string;
  readonly who: string;
  readonly operation: string;
  readonly since: string;
  /** Null where this machine cannot tell whether its holder lives. */
  readonly held: boolean | null;
}

/** One state: addresses and ids, never another attribute. */
export interface StateShowResult extends StateSummary {
  readonly schema: "govcloud/state/1";
  readonly lineage: string | null;
  /** Why it cannot be read, where it cannot. */
  readonly cause: string | null;
  readonly list: readonly (Omit<StateResource, "id"> & { readonly id: string | null })[];
}

export function stateListResult(store: string, entries: readonly StateEntry[]): StateListResult {
  return { schema: "govcloud/state/1", store, states: entries.map(({ stack, document, lock }) => summary(stack, document, lock)) };
}

export function stateShowResult(id: string, document: StateDocument, lock: StateLock | null, lang: Lang): StateShowResult {
  const plain = document.kind === "plain" ? document : undefined;
  return {
    schema: "govcloud/state/1",
    ...summary(id, document, lock),
    lineage: document.kind === "unreadable" ? null : (document.lineage ?? null),
    cause: document.kind === "unreadable" ? document.cause[lang] : null,
    list: (plain?.resources ?? []).map((each) => ({ ...each, id: each.id ?? null })),
  };
}

function summary(stack: string, document: StateDocument | undefined, lock: StateLock | null): StateSummary {
  const plain = document?.kind === "plain" ? document : undefined;
  return {
    system: stack.replace("--", "/"),
    state: document?.kind ?? "empty",
    serial: document === undefined || document.kind === "unreadable" ? null : (document.serial ?? null),
    resources: plain?.resources.length ?? null,
    tainted: plain?.resources.filter(({ tainted }) => tainted).length ?? null,
    engineVersion: plain?.engineVersion ?? null,
    lock: lock === null ? null : { ...lock, held: lock.held ?? null },
  };
}

export function renderStateList({ store, states }: StateListResult, lang: Lang): string {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  if (states.length === 0) return say(`${store} 里还没有状态。\n`, `There is no state in ${store} yet.\n`);
  const rows = states.map((each) => [
    terminalSafe(each.system),
    String(each.serial ?? "—"),
    stateWords(each, say),
    each.lock === null ? "—" : lockWords(each.lock, say),
  ]);
  const columns = [
    { title: say("系统", "System") },
    { title: say("序号", "Serial"), align: "right" as const },
    { title: say("资源", "Resources") },
    { title: say("锁", "Lock") },
  ];
  return `${say("状态在", "States in")} ${terminalSafe(store)}\n\n${table(columns, rows).join("\n")}\n`;
}

export function renderStateShow(result: StateShowResult, lang: Lang): string {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const { system, serial, lineage, engineVersion, lock, cause, list } = result;
  const lines = [
    `${terminalSafe(system)}: ${result.state === "plain" ? say(`${result.resources} 个资源`, counted(result.resources ?? 0, "resource")) + taintedWords(result.tainted, say) : stateWords(result, say)}${cause === null ? "" : ` (${terminalSafe(cause)})`}`,
    ...(serial === null
      ? []
      : [[`${say("序号", "serial")} ${serial}`, `${say("谱系", "lineage")} ${lineage}`, ...known(engineVersion)].join(", ")]),
    `${say("锁", "lock")}: ${lock === null ? "—" : lockWords(lock, say)}`,
  ];
  if (list.length > 0) {
    const rows = list.map(({ address, id, tainted }) => [
      terminalSafe(address),
      terminalSafe(id ?? "—"),
      tainted ? say("建成一半（tainted）：先查看，再重新计划", "half made (tainted): look at it, then plan again") : "",
    ]);
    lines.push("", ...table([{ title: say("地址", "Address") }, { title: "id" }, { title: "" }], rows));
  }
  return `${lines.join("\n")}\n`;
}

function known(words: string | null): string[] {
  return words === null ? [] : [terminalSafe(words)];
}

type Say = (zh: string, en: string) => string;

function stateWords({ state, resources, tainted }: StateSummary, say: Say): string {
  switch (state) {
    case "plain":
      return `${resources}${taintedWords(tainted, say)}`;
    case "encrypted":
      return say("已加密", "encrypted");
    case "empty":
      return say("空", "empty");
    case "unreadable":
      return say("无法读取", "cannot be read");
  }
}

function taintedWords(tainted: number | null, say: Say): string {
  return tainted === 0 ? "" : say(`（${tainted} 个残缺）`, ` (${tainted} tainted)`);
}

function lockWords({ id, who, operation, since, held }: StateLockResult, say: Say): string {
  const alive =
    held === true ? say("，持有者活着", ", its holder lives") : held === false ? say("，持有者已不在", ", its holder is gone") : "";
  return terminalSafe(`${id} ${who} ${operation} ${since}${alive}`);
}
