import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Temporal } from "temporal-polyfill";
import type { UsageQueries } from "../catalog/sizing/usage-queries.ts";
import { readUsageCsv } from "../scripts/usage/csv.ts";
import { DeclaredServers } from "../scripts/usage/declared-servers.ts";
import { readMonth } from "../scripts/usage/month.ts";
import { readPrometheus } from "../scripts/usage/prometheus.ts";
import { PrometheusClient } from "../scripts/usage/prometheus-client.ts";
import { declaration, server } from "../test/declared.ts";
import { startPrometheus } from "../test/scripts/usage/real-prometheus.ts";

const MONTH = readMonth("2025-10", Temporal.PlainDate.from("2025-11-03"));
const STEP = 300;
const CITY = 10_000;
/** Servers in the real Prometheus. Ten thousand are 268 million samples, which promtool takes some ten minutes to back-fill. */
const SERVERS = Number(process.env["SERVERS"] ?? CITY);
/** Seconds that are back-filled at a time: three days of ten thousand servers are 2 GB of text. */
const PART = 3 * 86_400;
const METRICS = ["cpuPercent", "memoryPercent", "diskUsedGb"] as const;
const QUERIES: UsageQueries = {
  stepSeconds: STEP,
  hoursPerQuery: 24,
  queries: METRICS.map((quantity) => ({
    id: `bench.${quantity}`,
    quantity,
    join: { by: "metadata", system: "system", server: "server", index: "index" },
    expression: quantity,
  })),
};

/** A month's usage: what this program needs for a city of ten thousand servers, and what a real Prometheus needs for a part of it. */
export async function run(): Promise<void> {
  const declared = new DeclaredServers({
    tenants: new Map(),
    systems: Array.from({ length: CITY / 10 }, (_, number) => declaration({ id: `bench/s${number}`, servers: [server({ count: 10 })] })),
  });
  readCity(declared);
  await askPlayed(declared);
  await askReal(declared);
}

function readCity(declared: DeclaredServers): void {
  const rows = Array.from(
    { length: CITY },
    (_, number) => `bench/s${Math.floor(number / 10)},app,${(number % 10) + 1},2025-10-01,2025-10-31,42.5,61.25,51,0.98`,
  );
  const bytes = new TextEncoder().encode(`system,server,index,from,to,cpuPercent,memoryPercent,diskUsedGb,coverage\n${rows.join("\n")}\n`);
  const began = performance.now();
  const { servers } = readUsageCsv("usage.csv", bytes, MONTH, declared);
  tell(`CSV, ${servers.length} rows`, performance.now() - began, "target under 3 s");
}

/** Answers of the size that a whole city makes, made beforehand: what is left is this program's own time. */
async function askPlayed(declared: DeclaredServers): Promise<void> {
  const answer = (value: string) => {
    const result = Array.from({ length: CITY }, (_, number) => ({
      metric: { system: `bench/s${Math.floor(number / 10)}`, server: "app", index: String((number % 10) + 1) },
      value: [0, value],
    }));
    return Buffer.from(JSON.stringify({ status: "success", data: { resultType: "vector", result } }));
  };
  const [sums, counts] = [answer("12240.000000000001"), answer("288")];
  const played = createServer((request, response) => {
    request.once("data", (form: Buffer) => response.end(form.includes("sum_over_time") ? sums : counts)).resume();
  });
  await new Promise<void>((resolve) => played.listen(0, "127.0.0.1", resolve));
  try {
    await ask(`http://127.0.0.1:${(played.address() as AddressInfo).port}`, declared, `${CITY} servers, answers made beforehand`);
  } finally {
    played.closeAllConnections();
    played.close();
  }
}

async function askReal(declared: DeclaredServers): Promise<void> {
  const began = performance.now();
  const prometheus = await startPrometheus(...parts());
  if ("reason" in prometheus) {
    process.stdout.write(`a real Prometheus: skipped, ${prometheus.reason}\n`);
    return;
  }
  try {
    tell(
      `back-filling ${SERVERS} servers × ${(MONTH.toSeconds - MONTH.fromSeconds) / STEP} samples × ${METRICS.length}`,
      performance.now() - began,
    );
    await ask(prometheus.url, declared, `Prometheus ${prometheus.version}, ${SERVERS} servers`);
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${prometheus.process.pid}/status`, "utf8"))?.[1];
    const part = SERVERS === CITY ? "" : `; ${CITY / SERVERS} × as many servers make a city`;
    process.stdout.write(`  its memory at the most ${Math.round(Number(peak) / 1024)} MB${part}\n`);
  } finally {
    await prometheus.stop();
  }
}

async function ask(url: string, declared: DeclaredServers, what: string): Promise<void> {
  const client = new PrometheusClient(new URL(url), { token: undefined, environment: {} });
  const [began, busy] = [performance.now(), process.cpuUsage()];
  const { servers } = await readPrometheus(client, QUERIES, MONTH, declared);
  const own = (process.cpuUsage(busy).user / 1e6).toFixed(1);
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  tell(
    what,
    performance.now() - began,
    `${servers.length} servers, ${client.requests} queries, processor ${own} s, this process at the most ${memory} MB`,
  );
}

/** The month's history, a few days at a time. */
function parts(): Generator<string>[] {
  const { fromSeconds, toSeconds } = MONTH;
  const count = Math.ceil((toSeconds - fromSeconds) / PART);
  return Array.from({ length: count }, (_, part) =>
    history(fromSeconds + part * PART, Math.min(fromSeconds + (part + 1) * PART, toSeconds)),
  );
}

function* history(from: number, to: number): Generator<string> {
  for (const metric of METRICS) {
    yield `# TYPE ${metric} gauge\n`;
    for (let number = 0; number < SERVERS; number += 1) {
      const labels = `system="bench/s${Math.floor(number / 10)}",server="app",index="${(number % 10) + 1}"`;
      let lines = "";
      for (let at = from; at < to; at += STEP)
        lines += `${metric}{${labels}} ${(((at / STEP) * 7919 + number * 104_729) % 9_000) / 100} ${at}\n`;
      yield lines;
    }
  }
  yield "# EOF\n";
}

/** Seconds by the clock. */
function tell(what: string, milliseconds: number, more = ""): void {
  process.stdout.write(`${what}: ${(milliseconds / 1000).toFixed(2)} s${more === "" ? "" : `  (${more})`}\n`);
}
