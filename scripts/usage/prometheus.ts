import { Decimal } from "decimal.js";
import pMap from "p-map";
import { Temporal } from "temporal-polyfill";
import { byKey } from "../../catalog/by-key.ts";
import { TIME_ZONE } from "../../catalog/day.ts";
import type { LeftOut, ServerUsage, UsageMonth } from "../../catalog/sizing/usage.ts";
import { USAGE_QUANTITIES, type UsageQuantity, type UsageQueries, type UsageQuery } from "../../catalog/sizing/usage-queries.ts";
import { clip } from "../../catalog/source/visible-text.ts";
import { type Text, text } from "../../catalog/text.ts";
import type { DeclaredServers, ServerName } from "./declared-servers.ts";
import { joinSeries } from "./join-series.ts";
import type { Month } from "./month.ts";
import type { PrometheusClient, Series } from "./prometheus-client.ts";
import { UsageFailure } from "./usage-failure.ts";

/** Queries at a time: each may hold millions of samples in the server's memory. */
const AT_ONCE = 2;

/**
 * Decimals that are kept of an average: the server adds thousands of float64 numbers, and what stands behind the ninth is its rounding,
 * which must not carry a server over a band's edge.
 */
const DECIMALS = 9;

/**
 * A month's usage from Prometheus: each query's value every `stepSeconds`, summed and counted by the server, so many hours at a time. The average is
 * the sum by the count, the share that was measured the count by the steps of the month; where figures differ in it, the least counts. The number
 * of queries does not grow with the number of servers.
 * @throws UsageFailure naming the query where an answer is missing, wrong or not whole
 */
export async function readPrometheus(
  client: PrometheusClient,
  queries: UsageQueries,
  month: Month,
  declared: DeclaredServers,
): Promise<UsageMonth> {
  const sums = queries.queries.map((query) => new Sums(query, declared));
  const jobs = sums.flatMap((each) => windowsOf(month, queries).map((window) => ({ each, window })));
  await pMap(jobs, async ({ each, window }) => each.add(await readWindow(client, each.query, window, queries.stepSeconds)), {
    concurrency: AT_ONCE,
  });
  for (const { query, isEmpty } of sums) if (isEmpty) throw foundNothing(query, month);
  return toUsage(sums, month, (month.toSeconds - month.fromSeconds) / queries.stepSeconds);
}

interface Window {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

function windowsOf({ fromSeconds, toSeconds }: Month, { hoursPerQuery }: UsageQueries): Window[] {
  const seconds = hoursPerQuery * 3600;
  const windows: Window[] = [];
  for (let from = fromSeconds; from < toSeconds; from += seconds)
    windows.push({ fromSeconds: from, toSeconds: Math.min(from + seconds, toSeconds) });
  return windows;
}

interface Answers {
  /** `node.cpuPercent 2026-10-03T00:00`. */
  readonly name: string;
  /** Seconds since 1970 at which its window begins. */
  readonly since: number;
  readonly sums: readonly Series[];
  readonly counts: readonly Series[];
}

async function readWindow(client: PrometheusClient, query: UsageQuery, window: Window, stepSeconds: number): Promise<Answers> {
  const begin = Temporal.Instant.fromEpochMilliseconds(window.fromSeconds * 1000)
    .toZonedDateTimeISO(TIME_ZONE)
    .toPlainDateTime();
  const name = `${query.id} ${begin.toString({ smallestUnit: "minute" })}`;
  // Before Prometheus 3 a range holds both of its ends: these lie between steps, so that each step is in one window, and in one month.
  const range = (window.toSeconds - window.fromSeconds) * 1000 - 500;
  const at = window.toSeconds - 1;
  // A comment in the expression ends with its line.
  const over = (aggregate: string) => `${aggregate}((\n${query.expression}\n)[${range}ms:${stepSeconds}s])`;
  const sums = await client.query(name, over("sum_over_time"), at);
  const counts = await client.query(name, over("count_over_time"), at);
  return { name, since: window.fromSeconds, sums, counts };
}

type Measured =
  | { readonly kind: "measured"; readonly sum: Decimal; readonly count: number }
  | { readonly kind: "unusable"; readonly since: number; readonly reason: Text };

/** What one query said of each server so far. */
class Sums {
  readonly query: UsageQuery;
  isEmpty = true;
  readonly servers = new Map<string, { readonly name: ServerName; latest: number; measured: Measured }>();
  readonly leftOut = new Map<string, LeftOut>();
  readonly #declared: DeclaredServers;

  constructor(query: UsageQuery, declared: DeclaredServers) {
    this.query = query;
    this.#declared = declared;
  }

  add(answers: Answers): void {
    const { sums, since } = answers;
    const counts = countsOf(answers);
    if (sums.length > 0) this.isEmpty = false;
    for (const [place, { labels, value }] of sums.entries()) {
      const joined = joinSeries(labels, this.query, this.#declared);
      if (joined.kind === "left-out") {
        const { system, server, index, reason } = joined;
        this.leftOut.set(`${system} ${server} ${index} ${reason.en}`, { system, server, index, reason, source: { query: this.query.id } });
        continue;
      }
      const key = keyOf(joined.name);
      const known = this.servers.get(key);
      if (known === undefined) {
        this.servers.set(key, { name: joined.name, latest: since, measured: toMeasured(answers, value, counts[place] ?? "") });
        continue;
      }
      const measured = known.latest === since ? twoSeries(answers) : toMeasured(answers, value, counts[place] ?? "");
      known.measured = together(known.measured, measured);
      known.latest = since;
    }
  }
}

/** The count of each sum. Servers answer in one order as a rule; where not, the labels tell. */
function countsOf({ name, sums, counts }: Answers): readonly string[] {
  if (sums.length !== counts.length) throw contradicts(name);
  if (sums.every(({ labels }, place) => sameLabels(labels, counts[place]?.labels ?? {}))) return counts.map(({ value }) => value);
  const known = new Map(counts.map(({ labels, value }) => [identity(labels), value]));
  return sums.map(({ labels }) => {
    const count = known.get(identity(labels));
    if (count === undefined) throw contradicts(name);
    return count;
  });
}

function sameLabels(a: Series["labels"], b: Series["labels"]): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

const FINITE = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

function toMeasured({ name, since }: Answers, sum: string, count: string): Measured {
  if (!/^\d+$/.test(count) || Number(count) === 0) {
    const found = clip(count);
    return { kind: "unusable", since, reason: text(`查询 ${name} 数出 ${found} 个值`, `query ${name} counts ${found} values`) };
  }
  if (FINITE.test(sum)) return { kind: "measured", sum: new Decimal(sum), count: Number(count) };
  const found = clip(sum);
  return {
    kind: "unusable",
    since,
    reason: text(`查询 ${name} 得出 ${found}，不是数`, `query ${name} gives ${found}, which is no number`),
  };
}

function twoSeries({ name, since }: Answers): Measured {
  return {
    kind: "unusable",
    since,
    reason: text(`查询 ${name} 给同一台服务器两条序列`, `query ${name} gives two series for this server`),
  };
}

/** Of two windows that cannot be used the earlier one is told, whichever was answered first. */
function together(a: Measured, b: Measured): Measured {
  if (a.kind === "measured" && b.kind === "measured") return { kind: "measured", sum: a.sum.plus(b.sum), count: a.count + b.count };
  if (a.kind === "unusable" && b.kind === "unusable") return b.since < a.since ? b : a;
  return a.kind === "unusable" ? a : b;
}

/** Labels in an order of their own: two answers may write them differently. */
function identity(labels: Series["labels"]): string {
  return JSON.stringify(Object.entries(labels).sort(byKey));
}

function keyOf({ system, server, index }: ServerName): string {
  return `${system} ${server} ${index}`;
}

function toUsage(sums: readonly Sums[], month: Month, steps: number): UsageMonth {
  const servers: ServerUsage[] = [];
  const leftOut = new Map(sums.flatMap((each) => [...each.leftOut]));
  const all = new Map(sums.flatMap((each) => [...each.servers].map(([key, { name }]) => [key, name] as const)));
  for (const [key, name] of all) {
    const found = USAGE_QUANTITIES.flatMap((quantity) => {
      const first = sums.find((each) => each.query.quantity === quantity && each.servers.has(key));
      const measured = first?.servers.get(key)?.measured;
      return first === undefined || measured === undefined ? [] : [{ query: first.query, figure: average(first.query, measured) }];
    });
    const unusable = found.find(({ figure }) => figure.kind === "unusable");
    if (unusable?.figure.kind === "unusable") {
      leftOut.set(key, { ...name, reason: unusable.figure.reason, source: { query: unusable.query.id } });
      continue;
    }
    const figures = new Map<UsageQuantity, Figure>(found.map(({ query, figure }) => [query.quantity, figure]));
    const value = (quantity: UsageQuantity) => {
      const figure = figures.get(quantity);
      return figure?.kind === "average" ? figure.value : null;
    };
    const counts = [...figures.values()].map((figure) => (figure.kind === "average" ? figure.count : 0));
    servers.push({
      ...name,
      cpuPercent: value("cpuPercent"),
      memoryPercent: value("memoryPercent"),
      diskUsedGb: value("diskUsedGb"),
      coverage: Decimal.min(1, new Decimal(Math.min(...counts)).dividedBy(steps)),
      source: { query: found.map(({ query }) => query.id).join(", ") },
    });
  }
  return { month: month.name, servers: servers.sort(byName), leftOut: [...leftOut.values()].sort(byName) };
}

type Figure =
  | { readonly kind: "average"; readonly value: Decimal; readonly count: number }
  | { readonly kind: "unusable"; readonly reason: Text };

function average({ id, quantity }: UsageQuery, measured: Measured): Figure {
  if (measured.kind === "unusable") return measured;
  const value = measured.sum.dividedBy(measured.count).toDecimalPlaces(DECIMALS);
  if (value.isNegative() || (quantity !== "diskUsedGb" && value.greaterThan(100))) {
    const wanted = quantity === "diskUsedGb" ? text("0 以上", "0 or more") : text("0 到 100", "0 to 100");
    return {
      kind: "unusable",
      reason: text(`查询 ${id} 的平均值是 ${value}，应为 ${wanted.zh}`, `query ${id} gives an average of ${value}, wanted ${wanted.en}`),
    };
  }
  return { kind: "average", value, count: measured.count };
}

function byName(a: { readonly system: string; readonly server: string; readonly index: number | null }, b: typeof a): number {
  if (a.system !== b.system) return a.system < b.system ? -1 : 1;
  if (a.server !== b.server) return a.server < b.server ? -1 : 1;
  return (a.index ?? 0) - (b.index ?? 0);
}

function contradicts(name: string): UsageFailure {
  return new UsageFailure(
    "incomplete",
    text(`查询 ${name} 的总和与个数对不上：两次回答的序列不同`, `Cannot read ${name}: sums and counts are of different series`),
  );
}

function foundNothing({ id }: UsageQuery, { name }: Month): UsageFailure {
  return new UsageFailure(
    "nothing",
    text(`查询 ${id} 在 ${name} 没有任何结果`, `Cannot read ${id}: it finds nothing in the whole of ${name}`),
  );
}
