import { DAMAGE_CLASSES, type DamageClass } from "../../catalog/terraform-plan/planned-resource.ts";
import type { Lang, Text } from "../../catalog/text.ts";
import { text } from "../../catalog/text.ts";
import type { InvalidResult, PlanVerdict, SystemResult } from "../plan/result.ts";
import { terminalSafe } from "./escape.ts";
import type { Tone } from "./style.ts";

/** The words that every rendering of a plan shares. */
export const CHANGE_WORDS: Readonly<Record<SystemResult["change"], Text>> = {
  added: text("新增", "added"),
  changed: text("变更", "changed"),
  removed: text("移除", "removed"),
  unchanged: text("不变", "unchanged"),
};

export const STAGE_WORDS: Readonly<Record<string, Text>> = {
  trial: text("试用", "trial"),
  production: text("正式", "production"),
  exiting: text("退出中", "exiting"),
  retired: text("已下线", "retired"),
};

/** The verdict of a report: an invalid request has none of a plan. */
export type ReportVerdict = PlanVerdict | InvalidResult["verdict"];

export const VERDICT_WORDS: Readonly<Record<ReportVerdict, Text>> = {
  accepted: text("通过", "ACCEPTED"),
  refused: text("拒绝", "REFUSED"),
  partial: text("部分结论", "PARTIAL"),
  invalid: text("无效", "INVALID"),
};

/** How a verdict is marked in a terminal and in a comment. */
export const VERDICT_SIGNS: Readonly<Record<ReportVerdict, { readonly sign: string; readonly tone: Tone; readonly icon: string }>> = {
  accepted: { sign: "✔", tone: "good", icon: "✅" },
  refused: { sign: "✘", tone: "bad", icon: "❌" },
  partial: { sign: "◐", tone: "warn", icon: "⚠️" },
  invalid: { sign: "✘", tone: "bad", icon: "⛔" },
};

export const ACTION_WORDS: Readonly<Record<string, Text>> = {
  create: text("新建", "create"),
  update: text("更新", "update"),
  replace: text("替换", "replace"),
  delete: text("删除", "delete"),
  forget: text("移出管理", "forget"),
  "no-op": text("不变", "no change"),
};

export const DAMAGE_WORDS: Readonly<Record<DamageClass, Text>> = {
  reboot: text("重启", "reboot"),
  "re-addressed": text("地址改变", "address changes"),
  "root-disk-lost": text("系统盘数据丢失", "root disk lost"),
  "data-lost": text("数据丢失", "data lost"),
  "exposure-changed": text("开放范围改变", "exposure changes"),
  outage: text("服务中断", "outage"),
  "fails-at-apply": text("执行会失败", "fails at apply"),
};

export const FROM_WORDS: Readonly<Record<string, Text>> = {
  internet: text("互联网", "the internet"),
  anyone: text("任何可路由到的地址", "any address that routes to it"),
  "::/0": text("任何 IPv6 地址", "any IPv6 address"),
  unknown: text("尚不知道的来源", "a source not known yet"),
};

/** A port whose sources change, as a sentence that tells them before and after; servers of which the same is true are told together. */
export interface ExposureTold {
  readonly change: "opened" | "closed";
  readonly words: string;
}

export function exposureSentences(exposure: SystemResult["exposure"], lang: Lang): ExposureTold[] {
  const ports = new Map<string, { first: SystemResult["exposure"][number]; before: string[]; after: string[] }>();
  for (const each of exposure) {
    const key = [each.server, each.protocol, each.ports].join("|");
    const port = ports.get(key) ?? { first: each, before: [], after: [] };
    ports.set(key, port);
    if (each.change !== "opened") port.before.push(FROM_WORDS[each.from]?.[lang] ?? each.from);
    if (each.change !== "closed") port.after.push(FROM_WORDS[each.from]?.[lang] ?? each.from);
  }
  const groups = new Map<
    string,
    { port: { first: SystemResult["exposure"][number]; before: string[]; after: string[] }; servers: string[] }
  >();
  for (const port of ports.values()) {
    if (port.before.join() === port.after.join()) continue;
    const key = [port.first.protocol, port.first.ports, port.before.join(), "", port.after.join()].join("|");
    const group = groups.get(key) ?? { port, servers: [] };
    groups.set(key, group);
    group.servers.push(port.first.server);
  }
  return [...groups.values()].map(({ port: { first, before, after }, servers }) => {
    const server = serverRanges(servers).join(", ");
    const what = portWords(first.protocol, first.ports)[lang];
    const change = after.some((each) => !before.includes(each)) ? "opened" : "closed";
    const nobody = lang === "zh" ? "外面不可访问" : "not reachable";
    const from = (sources: readonly string[]) =>
      sources.length === 0 ? nobody : lang === "zh" ? `可从${sources.join("、")}访问` : `reachable from ${sources.join(", ")}`;
    const words =
      lang === "zh"
        ? `${server} 的 ${what}：此前${from(before)}，此后${from(after)}`
        : `${server} ${what}: ${from(before)} before, ${from(after)} after`;
    return { change, words };
  });
}

/** `tcp 443`, `every udp port`, `icmp type 8`. */
export function portWords(protocol: string, ports: string): Text {
  if (protocol === "any") return text("所有协议的所有端口", "every port of every protocol");
  if (protocol === "unknown") return text("尚不知道的协议", "a protocol not known yet");
  if (protocol === "icmp" || protocol === "ipv6-icmp")
    return ports === "any"
      ? text(`${protocol} 所有类型`, `every ${protocol} type`)
      : text(`${protocol} 类型 ${ports}`, `${protocol} type ${ports}`);
  if (ports === "any") return text(`${protocol} 所有端口`, `every ${protocol} port`);
  return ports === "unknown"
    ? text(`${protocol} 尚不知道的端口`, `${protocol} ports not known yet`)
    : text(`${protocol} ${ports}`, `${protocol} ${ports}`);
}

export const RESULT_WORDS: Readonly<Record<string, Text>> = {
  "mandatory violation": text("违反（强制）", "violation (mandatory)"),
  "advisory violation": text("提示", "advice"),
  "mandatory undetermined": text("无法判定（强制）", "undetermined (mandatory)"),
  "advisory undetermined": text("无法判定（提示）", "undetermined (advice)"),
};

/** The damage that a change does to a system, gravest first; a new system has nothing to lose. */
export function damageOf({ change, resources }: SystemResult): DamageClass[] {
  const found = new Set(change === "added" ? [] : resources.flatMap(({ damage }) => damage));
  return DAMAGE_CLASSES.filter((each) => found.has(each));
}

function serverRanges(servers: readonly string[]): string[] {
  const numbers = new Map<string, number[]>();
  const others: string[] = [];
  for (const server of servers) {
    const match = /^(.*)-(\d+)$/.exec(server);
    if (match === null) others.push(server);
    else numbers.set(match[1] ?? "", [...(numbers.get(match[1] ?? "") ?? []), Number(match[2])]);
  }
  const ranges = [...numbers].flatMap(([name, found]) => {
    const sorted = [...found].sort((a, b) => a - b);
    const runs: [number, number][] = [];
    for (const number of sorted) {
      const last = runs.at(-1);
      if (last !== undefined && number === last[1] + 1) last[1] = number;
      else runs.push([number, number]);
    }
    return runs.map(([from, to]) => (from === to ? `${name}-${from}` : `${name}-${from}…${to}`));
  });
  return [...ranges, ...others];
}

/** Where everything counts as new, a policy on changes finds nothing, which says nothing of what the change does. */
export const UNCOMPARED: Text = text(
  "没有与基准比较，变更的影响（丢数据、中断、文件消失等）没有判断；--base <提交|目录> 可以指定基准",
  "Nothing was compared, so what the change does (data lost, outages, vanished files) was not judged: give --base <revision|folder>",
);

/** A tree as it is called, a commit by its first digits. */
export function shortLabel(label: string): string {
  return /^[0-9a-f]{40}$/.test(label) ? label.slice(0, 10) : terminalSafe(label);
}
