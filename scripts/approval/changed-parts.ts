import { tenantOf } from "../../catalog/declaration.ts";
import { changedValues } from "../../catalog/source/changed-values.ts";
import { parseSource } from "../../catalog/source/source-file.ts";
import type { Tree } from "../../catalog/source/tree.ts";
import { clip } from "../../catalog/source/visible-text.ts";
import { type Text, text } from "../../catalog/text.ts";
import { kindOf, type Parts, subjectOf } from "../plan/fingerprint.ts";

const MOST_NAMED = 8;
const MOST_LINES = 3;

/** What a part is called. */
const WORDS: Readonly<Record<string, Text>> = {
  program: text("本程序", "this program"),
  catalogue: text("目录", "the catalogue"),
  "catalogue-before": text("比较基准的目录", "the catalogue compared with"),
  declaration: text("申报", "the declaration"),
  "declaration-before": text("比较基准的申报", "the declaration compared with"),
  tenant: text("单位文件", "the bureau's file"),
  "tenant-before": text("比较基准的单位文件", "the bureau's file compared with"),
  contract: text("合同或价格表", "contract or price book"),
  edits: text("申请对目录的改动", "what the request edits in the catalogue"),
  verdict: text("结论", "the verdict"),
  findings: text("策略结果", "findings"),
  waivers: text("豁免", "waivers"),
  money: text("金额", "money"),
  resources: text("资源", "resources"),
  exposure: text("开放范围", "exposure"),
  engine: text("引擎计划的变更", "what the engine plans"),
  state: text("状态", "the state"),
};

/** Says in which parts two plans differ, causes before what follows from them; with both trees also at which lines. */
export function changedParts(before: Parts, after: Parts, trees?: { readonly before: Tree; readonly after: Tree }): Text[] {
  const order = Object.keys(WORDS);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => before[name] !== after[name])
    .sort((a, b) => order.indexOf(kindOf(a)) - order.indexOf(kindOf(b)) || (a < b ? -1 : 1));
  const told = names.slice(0, MOST_NAMED).map((name) => {
    const kind = WORDS[kindOf(name)] ?? text(kindOf(name), kindOf(name));
    const subject = subjectOf(name);
    const lines = trees === undefined ? [] : changedLines(name, trees);
    const place = lines.length === 0 ? "" : ` (${lines.join("; ")})`;
    const words = (word: string) => `${subject === "" ? "" : `${subject} `}${word}${place}`;
    return text(words(kind.zh), words(kind.en));
  });
  const more = names.length - told.length;
  return more > 0 ? [...told, text(`另有 ${more} 处`, `${more} more`)] : told;
}

/** `stacks/tenants/hrss/a.yaml:12 servers.app.count 4 → 5`, of the files that a part is the digest of. */
function changedLines(name: string, { before, after }: { readonly before: Tree; readonly after: Tree }): string[] {
  const subject = subjectOf(name);
  const paths = {
    declaration: [`stacks/tenants/${subject}.yaml`],
    tenant: [`stacks/tenants/${tenantOf(subject)}/tenant.yaml`],
    catalogue: [...new Set([...before.entries.keys(), ...after.entries.keys()])].filter((path) => /^catalog\/.*\.yaml$/.test(path)).sort(),
  }[kindOf(name)];
  const lines = (paths ?? []).flatMap((path) => changedLinesOf(path, bytesOf(before, path), bytesOf(after, path)));
  return lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), "…"] : lines;
}

function changedLinesOf(path: string, before: Uint8Array | undefined, after: Uint8Array | undefined): string[] {
  if (before === undefined || after === undefined) return before === after ? [] : [path];
  if (Buffer.compare(before, after) === 0) return [];
  const [then, now] = [parseSource(path, before), parseSource(path, after)];
  const values = then.kind === "parsed" && now.kind === "parsed" ? changedValues(then.file.value, now.file.value) : [];
  if (then.kind !== "parsed" || now.kind !== "parsed" || values.length === 0) return [`${path}:${firstOther(before, after)}`];
  return values.map(({ kind, path: where, names, before: old, after: given }) => {
    const { line } = (kind === "removed" ? then.file : now.file).locate(where);
    return `${path}:${line} ${clip(names.join("."), 80)} ${words(old)} → ${words(given)}`;
  });
}

/** The first line that is another, where no value is. */
function firstOther(before: Uint8Array, after: Uint8Array): number {
  const [then, now] = [before, after].map((bytes) => Buffer.from(bytes).toString("utf8").split("\n"));
  return (now ?? []).findIndex((line, index) => line !== then?.[index]) + 1 || (now?.length ?? 1);
}

function words(value: unknown): string {
  return value === undefined ? "∅" : clip(JSON.stringify(value));
}

function bytesOf({ entries }: Tree, path: string): Uint8Array | undefined {
  const entry = entries.get(path);
  return entry?.kind === "file" ? entry.bytes() : undefined;
}
