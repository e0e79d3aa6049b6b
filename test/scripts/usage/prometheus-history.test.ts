import { Temporal } from "temporal-polyfill";
import { afterAll, describe, expect, test } from "vitest";
import { readUsageQueries, type UsageQueries } from "../../../catalog/sizing/usage-queries.ts";
import { readUsage } from "../../../scripts/usage/read-usage.ts";
import { CATALOGUE, required, sourceOf } from "../../declared.ts";
import { DECLARED, failureOf } from "./declared.ts";
import { startPrometheus } from "./real-prometheus.ts";

// October 2025 in Asia/Shanghai, and a sample every five minutes.
const BEGIN = Date.parse("2025-10-01T00:00:00+08:00") / 1000;
const END = Date.parse("2025-11-01T00:00:00+08:00") / 1000;
const STEP = 300;
const DAY = 86_400;

type Value = (seconds: number) => number | undefined;

/** Samples of one series from an hour before the month to an hour after it, where there is a value. */
function* samples(name: string, labels: string, value: Value): Generator<string> {
  for (let at = BEGIN - 3600; at < END + 3600; at += STEP) {
    const found = value(at);
    if (found !== undefined) yield `${name}{${labels}} ${Number.isNaN(found) ? "NaN" : found} ${at}\n`;
  }
}

const app = (index: number) => `system="hrss/social",server="app",index="${index}"`;
const within = (at: number) => at >= BEGIN && at < END;
const db = 'system="hrss/social",server="db",index="1"';
const web = 'system="health/clinic",server="web",index="1"';
const web2 = 'project_name="health--clinic",instance_name="health--clinic-web-1"';

function* history(): Generator<string> {
  yield "# TYPE govcloud:cpu_percent gauge\n";
  // 10 % all month, and 90 % in the steps just before and just after it.
  yield* samples("govcloud:cpu_percent", app(1), (at) => (within(at) ? 10 : 90));
  // Measured for the first twenty days.
  yield* samples("govcloud:cpu_percent", app(2), (at) => (within(at) && at < BEGIN + 20 * DAY ? 35 : undefined));
  // A quarter of the month at 100 %, the rest at 20 %.
  yield* samples("govcloud:cpu_percent", app(3), (at) => (at < BEGIN + (END - BEGIN) / 4 ? 100 : 20));
  // NaN once, and two series.
  yield* samples("govcloud:cpu_percent", db, (at) => (at === BEGIN + 10 * DAY ? Number.NaN : 50));
  yield* samples("govcloud:cpu_percent", `${web},instance="a"`, () => 50);
  yield* samples("govcloud:cpu_percent", `${web},instance="b"`, () => 50);
  yield* samples("govcloud:cpu_percent", 'system="hrss/gone",server="app",index="1"', () => 50);
  yield "# TYPE govcloud:memory_percent gauge\n";
  yield* samples("govcloud:memory_percent", app(1), () => 70);
  yield "# TYPE govcloud:disk_used_gb gauge\n";
  yield* samples("govcloud:disk_used_gb", app(1), () => 51.5);
  // node_exporter on two cores, 60 % and 20 % idle: 60 % busy. It starts anew on the tenth day.
  yield "# TYPE node_cpu_seconds counter\n";
  for (const [cpu, idle] of [
    [0, 0.6],
    [1, 0.2],
  ] as const) {
    yield* samples(
      "node_cpu_seconds_total",
      `${app(1)},cpu="${cpu}",mode="idle"`,
      (at) => idle * (at - (at < BEGIN + 9 * DAY ? BEGIN - DAY : BEGIN + 9 * DAY)),
    );
  }
  yield "# TYPE node_memory_MemAvailable_bytes gauge\n";
  yield* samples("node_memory_MemAvailable_bytes", app(1), () => 2 * 1024 ** 3);
  yield "# TYPE node_memory_MemTotal_bytes gauge\n";
  yield* samples("node_memory_MemTotal_bytes", app(1), () => 8 * 1024 ** 3);
  yield "# TYPE node_filesystem_size_bytes gauge\n";
  for (const [device, type] of [
    ["vda", "ext4"],
    ["vdb", "xfs"],
    ["tmp", "tmpfs"],
  ])
    yield* samples("node_filesystem_size_bytes", `${app(1)},device="${device}",mountpoint="/",fstype="${type}"`, () => 100 * 1024 ** 3);
  yield "# TYPE node_filesystem_free_bytes gauge\n";
  for (const [device, type] of [
    ["vda", "ext4"],
    ["vdb", "xfs"],
    ["tmp", "tmpfs"],
  ])
    yield* samples("node_filesystem_free_bytes", `${app(1)},device="${device}",mountpoint="/",fstype="${type}"`, () => 40 * 1024 ** 3);
  yield "# TYPE windows_cpu_time counter\n";
  yield* samples("windows_cpu_time_total", `${web},core="0,0",mode="idle"`, (at) => 0.9 * (at - BEGIN + DAY));
  yield "# TYPE windows_memory_available_bytes gauge\n";
  yield* samples("windows_memory_available_bytes", web, () => 6 * 1024 ** 3);
  yield "# TYPE windows_memory_physical_total_bytes gauge\n";
  yield* samples("windows_memory_physical_total_bytes", web, () => 8 * 1024 ** 3);
  yield "# TYPE windows_logical_disk_size_bytes gauge\n";
  for (const volume of ["C:", "HarddiskVolume1"])
    yield* samples("windows_logical_disk_size_bytes", `${web},volume="${volume}"`, () => 60 * 1024 ** 3);
  yield "# TYPE windows_logical_disk_free_bytes gauge\n";
  for (const volume of ["C:", "HarddiskVolume1"])
    yield* samples("windows_logical_disk_free_bytes", `${web},volume="${volume}"`, () => 20 * 1024 ** 3);
  const domain = 'domain="instance-00000001",instance="192.0.2.1:9177"';
  yield "# TYPE libvirt_domain_info_cpu_time_seconds counter\n";
  yield* samples("libvirt_domain_info_cpu_time_seconds_total", domain, (at) => 3 * (at - BEGIN + DAY));
  yield "# TYPE libvirt_domain_info_virtual_cpus gauge\n";
  yield* samples("libvirt_domain_info_virtual_cpus", domain, () => 4);
  yield "# TYPE libvirt_domain_memory_stats_usable_bytes gauge\n";
  yield* samples("libvirt_domain_memory_stats_usable_bytes", domain, () => 1024 ** 3);
  yield "# TYPE libvirt_domain_memory_stats_available_bytes gauge\n";
  yield* samples("libvirt_domain_memory_stats_available_bytes", domain, () => 4 * 1024 ** 3);
  yield "# TYPE libvirt_domain_openstack_info gauge\n";
  yield* samples("libvirt_domain_openstack_info", `${domain},${web2}`, () => 1);
  yield "# EOF\n";
}

const prometheus = await startPrometheus(history());
const reason = "reason" in prometheus ? prometheus.reason : undefined;
const url = "url" in prometheus ? prometheus.url : "";
afterAll(async () => {
  if ("stop" in prometheus) await prometheus.stop();
});

/** The queries of the catalogue with these sets in use. */
function queriesOf(use: string, change: (yaml: string) => string = (yaml) => yaml): UsageQueries {
  const source = required(CATALOGUE.sources.get("catalog/usage-queries.yaml"), "the queries");
  return readUsageQueries(sourceOf(change(source.text.replace(/^use: .*$/m, `use: [${use}]`)), source.path), []);
}

const read = async (queries: UsageQueries, month = "2025-10") =>
  await readUsage(url, { month, at: Temporal.PlainDate.from("2025-12-01"), declarations: DECLARED, queries, environment: {} });

const printed = async (queries: UsageQueries) =>
  (await read(queries)).servers.map(
    ({ system, server, index, cpuPercent, memoryPercent, diskUsedGb, coverage }) =>
      `${system} ${server} ${index}: ${cpuPercent} ${memoryPercent} ${diskUsedGb} ${coverage.toDecimalPlaces(3)}`,
  );

describe.skipIf(reason !== undefined)(`A real Prometheus${reason === undefined ? "" : ` (skipped: ${reason})`}`, () => {
  // 20 of 31 days is 0.645; the quarter at 100 % makes (100 + 3 × 20) ÷ 4 = 40.
  test.each([
    { hours: 24, since: "2025-10-11" },
    { hours: 6, since: "2025-10-11" },
    // 31 days are no multiple of three: the last query asks for one.
    { hours: 72, since: "2025-10-10" },
  ])("gives each server's month, and nothing of the steps beside it, $hours hours at a time", async ({ hours, since }) => {
    const queries = queriesOf("recorded", (yaml) => yaml.replace("hoursPerQuery: 24", `hoursPerQuery: ${hours}`));
    expect(await printed(queries)).toEqual([
      "hrss/social app 1: 10 70 51.5 1",
      "hrss/social app 2: 35 null null 0.645",
      "hrss/social app 3: 40 null null 1",
    ]);
    expect((await read(queries)).leftOut.map(({ system, server, reason: { en } }) => `${system} ${server}: ${en}`)).toEqual([
      "health/clinic web: query recorded.cpuPercent 2025-10-01T00:00 gives two series for this server",
      "hrss/gone app: system hrss/gone is not declared",
      `hrss/social db: query recorded.cpuPercent ${since}T00:00 gives NaN, which is no number`,
    ]);
  });

  test("answers the queries for node_exporter, across a restart of its counters", async () => {
    expect(await printed(queriesOf("node"))).toEqual([expect.stringMatching(/^hrss\/social app 1: 60\.00\d+ 75 120 1$/)]);
  });

  test("answers the queries for windows_exporter", async () => {
    expect(await printed(queriesOf("windows"))).toEqual(["health/clinic web 1: 10 25 40 1"]);
  });

  test("answers the queries for libvirt, joined by the names of project and server", async () => {
    expect(await printed(queriesOf("libvirt"))).toEqual(["health/clinic web 1: 75 75 null 1"]);
  });

  test.each([
    {
      what: "that cannot be parsed",
      change: (yaml: string) => yaml.replace("govcloud:cpu_percent", "sum(("),
      found:
        /^refused: Cannot read recorded\.cpuPercent 2025-10-0[12]T00:00 from SERVER\/api\/v1\/query: HTTP 400: .*parse error.*, wanted 200$/,
    },
    {
      what: "for a metric that is not there",
      change: (yaml: string) => yaml.replace("govcloud:cpu_percent", "govcloud:cpu_percents"),
      found: /^nothing: Cannot read recorded\.cpuPercent: it finds nothing in the whole of 2025-10$/,
    },
  ])("refuses a query $what", async ({ change, found }) => {
    expect(await failureOf(() => read(queriesOf("recorded", change)))).toEqual([expect.stringMatching(found)]);
  });

  test("finds nothing in a month without history", async () => {
    expect(await failureOf(() => read(queriesOf("recorded"), "2025-08"))).toEqual([
      "nothing: Cannot read recorded.cpuPercent: it finds nothing in the whole of 2025-08",
    ]);
  });
});
