import { afterEach, describe, expect, test } from "vitest";
import type { UsageMonth } from "../../../catalog/sizing/usage.ts";
import type { UsageJoin, UsageQuantity, UsageQueries } from "../../../catalog/sizing/usage-queries.ts";
import { readUsage } from "../../../scripts/usage/read-usage.ts";
import { status } from "../cloud/fake-cloud.ts";
import { DECLARED, failureOf, NOVEMBER } from "./declared.ts";
import { type Asked, type FakePrometheus, fakePrometheus, type Reply, vector } from "./fake-prometheus.ts";

const servers: FakePrometheus[] = [];
afterEach(async () => {
  for (const each of servers.splice(0)) await each.close();
});

const METADATA: UsageJoin = { by: "metadata", system: "system", server: "server", index: "index" };
const query = (set: string, quantity: UsageQuantity, join: UsageJoin = METADATA) => ({
  id: `${set}.${quantity}`,
  quantity,
  join,
  expression: `${set}_${quantity}`,
});
const CPU: UsageQueries = { stepSeconds: 300, hoursPerQuery: 24, queries: [query("node", "cpuPercent")] };
const queriesOf = (...queries: UsageQueries["queries"]): UsageQueries => ({ ...CPU, queries });
const APP = { system: "hrss/social", server: "app", index: "1" };

interface Options {
  readonly queries?: UsageQueries;
  readonly environment?: NodeJS.ProcessEnv;
  readonly request?: number;
}

async function start(reply: (asked: Asked) => Reply): Promise<FakePrometheus> {
  const server = await fakePrometheus(reply);
  servers.push(server);
  return server;
}

const ask = async (spec: string, { queries = CPU, environment = {}, request = 1_000 }: Options = {}): Promise<UsageMonth> =>
  await readUsage(spec, {
    month: "2026-10",
    at: NOVEMBER,
    declarations: DECLARED,
    queries,
    environment,
    limits: { request, bytes: 50_000, retries: 2, firstWait: 1 },
  });

/** Series that count every step of a day, at these averages. */
const days =
  (...series: readonly (readonly [labels: object, average: number])[]) =>
  ({ promql }: Asked) =>
    vector(...series.map(([labels, average]): [object, string] => [labels, promql.startsWith("count_") ? "288" : String(average * 288)]));

describe("A month is asked of Prometheus", () => {
  test("day by day of Asia/Shanghai, sums and counts, whatever the number of servers", async () => {
    const server = await start(days([APP, 42.5], [{ ...APP, index: "2" }, 70]));
    const month = await ask(`${server.url}/prometheus/`);
    expect(month).toMatchObject({ month: "2026-10", leftOut: [] });
    expect(
      month.servers.map(({ index, cpuPercent, memoryPercent, coverage, source }) => [
        index,
        String(cpuPercent),
        memoryPercent,
        String(coverage),
        source,
      ]),
    ).toEqual([
      [1, "42.5", null, "1", { query: "node.cpuPercent" }],
      [2, "70", null, "1", { query: "node.cpuPercent" }],
    ]);
    expect(server.asked.length).toBe(62);
    // 2026-10-01T00:00+08:00 is 1790784000; each window ends a second before the next one's first step.
    expect([...new Set(server.asked.map(({ time }) => time))].sort()).toEqual(
      Array.from({ length: 31 }, (_, day) => 1_790_784_000 + 86_400 * (day + 1) - 1),
    );
    expect(new Set(server.asked.map(({ promql }) => promql))).toEqual(
      new Set(["sum_over_time((\nnode_cpuPercent\n)[86399500ms:300s])", "count_over_time((\nnode_cpuPercent\n)[86399500ms:300s])"]),
    );
    const { request, form } = server.asked[0] ?? {};
    expect([request?.method, request?.url, request?.headers.authorization]).toEqual(["POST", "/prometheus/api/v1/query", undefined]);
    expect([form?.get("partial_response"), form?.get("deny_partial_response"), form?.get("timeout")]).toEqual(["false", "1", "1s"]);
  });

  test("with averages by all that was counted, and the share of the month that was", async () => {
    // Ten days at 10 % and one half day at 80 %.
    const server = await start(({ promql, time }) => {
      const day = Math.floor((time - 1_790_784_000) / 86_400);
      const [count, value] = day < 10 ? [288, 10] : day === 10 ? [144, 80] : [0, 0];
      return count === 0 ? vector() : vector([APP, String(promql.startsWith("count_") ? count : count * value)]);
    });
    const [only] = (await ask(server.url)).servers;
    expect([only?.cpuPercent?.toDecimalPlaces(6).toString(), only?.coverage.toDecimalPlaces(6).toString()]).toEqual([
      "13.333333",
      "0.33871",
    ]);
  });

  test("with the noise of float64 gone from a band's edge, and nothing else", async () => {
    const server = await start(
      days([APP, 70.00000000000001], [{ ...APP, index: "2" }, 69.99999999], [{ ...APP, index: "3" }, 14.999999999999998]),
    );
    expect((await ask(server.url)).servers.map(({ cpuPercent }) => String(cpuPercent))).toEqual(["70", "69.99999999", "15"]);
  });

  test("of several sets, the first that knows a figure, and by the names of project and server", async () => {
    const names: UsageJoin = { by: "names", project: "project_name", name: "instance_name" };
    const queries = queriesOf(query("libvirt", "cpuPercent", names), query("node", "cpuPercent"), query("node", "diskUsedGb"));
    const server = await start((asked) =>
      asked.promql.includes("libvirt_")
        ? days([{ project_name: "hrss--social", instance_name: "hrss--social-app-1" }, 20])(asked)
        : days([APP, 99], [{ ...APP, server: "db" }, 30])(asked),
    );
    const month = await ask(server.url, { queries });
    expect(
      month.servers.map(({ server: key, cpuPercent, diskUsedGb, source }) => [key, String(cpuPercent), String(diskUsedGb), source]),
    ).toEqual([
      ["app", "20", "99", { query: "libvirt.cpuPercent, node.diskUsedGb" }],
      ["db", "30", "30", { query: "node.cpuPercent, node.diskUsedGb" }],
    ]);
  });

  test("whatever the order in which servers and labels are answered", async () => {
    const db = { index: "1", server: "db", system: "hrss/social" };
    const server = await start(({ promql }) =>
      promql.startsWith("sum_")
        ? vector([APP, "144"], [{ ...APP, server: "db" }, "288"])
        : vector([db, "288"], [{ index: "1", server: "app", system: "hrss/social" }, "144"]),
    );
    expect(
      (await ask(server.url)).servers.map(({ server: key, cpuPercent, coverage }) => [key, String(cpuPercent), String(coverage)]),
    ).toEqual([
      ["app", "1", "0.5"],
      ["db", "1", "1"],
    ]);
  });

  test("with the least of its coverages where figures differ in it", async () => {
    const queries = queriesOf(query("node", "cpuPercent"), query("node", "memoryPercent"));
    const server = await start(({ promql }) =>
      promql.startsWith("sum_") ? vector([APP, "144"]) : vector([APP, promql.includes("memory") ? "72" : "144"]),
    );
    const [only] = (await ask(server.url, { queries })).servers;
    expect([String(only?.cpuPercent), String(only?.memoryPercent), String(only?.coverage)]).toEqual(["1", "2", "0.25"]);
  });

  test("again where the server is overloaded or hangs up", async () => {
    const server = await start((asked) =>
      asked.turn === 0 ? status(503, "busy") : asked.turn === 1 ? (request) => request.socket.destroy() : days([APP, 50])(asked),
    );
    expect((await ask(server.url)).servers.map(({ cpuPercent }) => String(cpuPercent))).toEqual(["50"]);
    expect(server.asked.length).toBe(64);
  });

  test("with the token of the environment, which no message repeats", async () => {
    const environment = { GOVCLOUD_USAGE_TOKEN: "Documentation-secret" };
    const server = await start(({ request, turn }) =>
      turn === 0
        ? vector([APP, "1"])
        : status(400, { status: "error", errorType: "bad_data", error: `cannot use ${request.headers.authorization}` }),
    );
    expect(await failureOf(() => ask(server.url, { environment }))).toEqual([
      expect.stringMatching(
        /^refused: Cannot read node\.cpuPercent 2026-10-0[12]T00:00 from SERVER\/api\/v1\/query: HTTP 400: cannot use Bearer \*\*\*, wanted 200$/,
      ),
    ]);
    expect(server.asked[0]?.request.headers.authorization).toBe("Bearer Documentation-secret");
  });
});

describe("A server is left out, with its query,", () => {
  const good: readonly [object, number] = [{ ...APP, index: "3" }, 50];
  test.each([
    {
      what: "that is not declared",
      labels: { ...APP, system: "hrss/gone" },
      left: ["hrss/gone", "app", 1],
      reason: "system hrss/gone is not declared",
    },
    {
      what: "beyond the declared number",
      labels: { ...APP, index: "4" },
      left: ["hrss/social", "app", 4],
      reason: "hrss/social declares 3 of app: there is no number 4",
    },
    {
      what: "whose number is none",
      labels: { ...APP, index: "x" },
      left: ["hrss/social", "app", null],
      reason: "the labels system, server, index name no declared server",
    },
    {
      what: "whose labels are missing",
      labels: { job: "node" },
      left: ["", "", null],
      reason: "a series has no label system: nobody knows which server it is",
    },
    {
      what: "with hostile labels",
      labels: { ...APP, system: "a\u202e\n|b" },
      left: ["a\ufffd\ufffd|b", "app", 1],
      reason: "system a\ufffd\ufffd|b is not declared",
    },
  ])("$what", async ({ labels, left, reason }) => {
    const server = await start(days([labels, 10], good));
    const month = await ask(server.url);
    expect(month.servers.map(({ index }) => index)).toEqual([3]);
    expect(month.leftOut.map((each) => [[each.system, each.server, each.index], each.reason.en, each.source])).toEqual([
      [left, reason, { query: "node.cpuPercent" }],
    ]);
  });

  test.each([
    {
      what: "with two series",
      series: [
        [APP, "1"],
        [{ ...APP, instance: "b" }, "1"],
      ],
      count: "1",
      reason: "query node.cpuPercent 2026-10-01T00:00 gives two series for this server",
    },
    {
      what: "that is NaN",
      series: [[APP, "NaN"]],
      count: "288",
      reason: "query node.cpuPercent 2026-10-01T00:00 gives NaN, which is no number",
    },
    {
      what: "that is infinite",
      series: [[APP, "+Inf"]],
      count: "288",
      reason: "query node.cpuPercent 2026-10-01T00:00 gives +Inf, which is no number",
    },
    {
      what: "with a count that is none",
      series: [[APP, "10"]],
      count: "0",
      reason: "query node.cpuPercent 2026-10-01T00:00 counts 0 values",
    },
    {
      what: "over 100 %",
      series: [[APP, "28801"]],
      count: "288",
      reason: "query node.cpuPercent gives an average of 100.003472222, wanted 0 to 100",
    },
    {
      what: "below zero",
      series: [[APP, "-1"]],
      count: "288",
      reason: "query node.cpuPercent gives an average of -0.003472222, wanted 0 to 100",
    },
  ] as const)("$what", async ({ series, count, reason }) => {
    const server = await start((asked) => {
      const first = asked.time === 1_790_784_000 + 86_399;
      const all = first ? [...series, [good[0], "288"] as const] : [];
      return vector(...all.map(([labels, value]): [object, string] => [labels, asked.promql.startsWith("count_") ? count : value]));
    });
    const month = await ask(server.url);
    expect(month.leftOut.filter(({ index }) => index === 1).map((each) => [each.system, each.server, each.reason.en, each.source])).toEqual(
      [["hrss/social", "app", reason, { query: "node.cpuPercent" }]],
    );
    expect(month.servers.filter(({ index }) => index === 1)).toEqual([]);
  });
});

describe("An answer is no answer", () => {
  const FIRST = "Cannot read node.cpuPercent 2026-10-01T00:00 from SERVER/api/v1/query";
  const hanging: Reply = () => undefined;
  const truncated: Reply = (_, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write('{"status":"success","data":{');
    setTimeout(() => response.destroy(), 20);
  };
  test.each([
    {
      what: "400",
      reply: status(400, { status: "error", errorType: "bad_data", error: "parse error: \u202eunexpected\n'}'" }),
      found: `refused: ${FIRST}: HTTP 400: parse error: \ufffdunexpected '}', wanted 200`,
    },
    { what: "401", reply: status(401, "Unauthorized"), found: `credentials: ${FIRST}: HTTP 401, wanted 200` },
    { what: "403", reply: status(403, {}), found: `credentials: ${FIRST}: HTTP 403, wanted 200` },
    { what: "404", reply: status(404, "404 page not found"), found: `not-prometheus: ${FIRST}: HTTP 404, wanted 200` },
    {
      what: "422, too many samples",
      reply: status(422, { status: "error", errorType: "execution", error: "query processing would load too many samples into memory" }),
      found: `refused: ${FIRST}: HTTP 422: query processing would load too many samples into memory, wanted 200`,
    },
    {
      what: "a redirect",
      reply: status(302, {}, { location: "http://192.0.2.1/" }),
      found: `not-prometheus: ${FIRST}: HTTP 302, wanted 200`,
    },
    { what: "503 for ever", reply: status(503, "Service Unavailable"), found: `overloaded: ${FIRST}: HTTP 503, wanted 200` },
    { what: "500", reply: status(500, {}), found: `overloaded: ${FIRST}: HTTP 500, wanted 200` },
    {
      what: "its own time-out",
      reply: status(503, { status: "error", errorType: "timeout", error: "query timed out in expression evaluation" }),
      found: `time-limit: ${FIRST}: it ran out of time: query timed out in expression evaluation`,
    },
    { what: "nothing for too long", reply: hanging, found: `time-limit: ${FIRST}: no whole answer within 0.3 seconds` },
    {
      what: "HTML",
      reply: status(200, "<!doctype html><title>Sign in</title>"),
      found: `not-prometheus: ${FIRST}: the answer is a web page, wanted JSON`,
    },
    { what: "JSON that is cut off", reply: truncated, found: `incomplete: ${FIRST}: the connection ended in the middle of the answer` },
    {
      what: "JSON that does not end",
      reply: status(200, '{"status":"suc', { "content-type": "application/json" }),
      found: `not-prometheus: ${FIRST}: the answer (14 bytes) is no whole JSON`,
    },
    { what: "other JSON", reply: { hello: "world" }, found: `not-prometheus: ${FIRST}: the answer is none of Prometheus's` },
    {
      what: "an error with status 200",
      reply: { status: "error", errorType: "x", error: "no" },
      found: `refused: ${FIRST}: the server says: no`,
    },
    {
      what: "warnings",
      reply: { ...vector([APP, "1"]), warnings: ["store 192.0.2.7 did not answer"] },
      found: `incomplete: ${FIRST}: the answer is not whole: store 192.0.2.7 did not answer`,
    },
    {
      what: "a part of the answer",
      reply: { ...vector([APP, "1"]), isPartial: true },
      found: `incomplete: ${FIRST}: the answer is not whole: isPartial`,
    },
    {
      what: "a scalar",
      reply: { status: "success", data: { resultType: "scalar", result: [0, "1"] } },
      found: `refused: ${FIRST}: the result is a scalar, wanted a vector`,
    },
    {
      what: "a series without value",
      reply: { status: "success", data: { resultType: "vector", result: [{ metric: APP }] } },
      found: `not-prometheus: ${FIRST}: the answer has a series that cannot be read`,
    },
    {
      what: "more than any city has",
      reply: vector([{ ...APP, more: "x".repeat(60_000) }, "1"]),
      found: `refused: ${FIRST}: the answer is larger than 50000 bytes`,
    },
    {
      what: "an empty vector all month",
      reply: vector(),
      found: "nothing: Cannot read node.cpuPercent: it finds nothing in the whole of 2026-10",
    },
  ])("where it is $what", async ({ reply, found }) => {
    const server = await start(({ time }) => (time === 1_790_784_000 + 86_399 || found.startsWith("nothing") ? reply : vector()));
    expect(await failureOf(() => ask(server.url, { request: 300 }))).toEqual([found]);
  });

  test("where sums and counts are of different series", async () => {
    const server = await start(({ promql }) => (promql.startsWith("count_") ? vector() : vector([APP, "1"])));
    expect(await failureOf(() => ask(server.url))).toEqual([
      expect.stringMatching(/^incomplete: Cannot read node\.cpuPercent 2026-10-0[12]T00:00: sums and counts are of different series$/),
    ]);
  });

  test("where nothing listens", async () => {
    const server = await fakePrometheus(() => vector());
    await server.close();
    expect(await failureOf(() => ask(server.url))).toEqual([
      expect.stringMatching(
        /^unreachable: Cannot read node\.cpuPercent 2026-10-0[12]T00:00 from SERVER\/api\/v1\/query: cannot reach it: ECONNREFUSED$/,
      ),
    ]);
  });

  test("and no redirect is followed, no client error tried again", async () => {
    const elsewhere = await start(() => vector([APP, "1"]));
    const server = await start(() => status(307, {}, { location: `${elsewhere.url}/api/v1/query` }));
    await failureOf(() => ask(server.url));
    expect(elsewhere.asked.length).toBe(0);
    expect(server.asked.length).toBeLessThanOrEqual(2);
  });
});

describe("An address is refused", () => {
  const wanted = "wanted an http or https address without user, query and fragment, such as https://prometheus.example";
  test.each([
    {
      what: "with a password",
      spec: "https://me:Documentation-secret@prometheus.example",
      found: `Cannot read --usage "https://…@prometheus.example": ${wanted}`,
    },
    {
      what: "with a query",
      spec: "https://prometheus.example/?x=1",
      found: `Cannot read --usage "https://prometheus.example/?x=1": ${wanted}`,
    },
    { what: "of another protocol", spec: "ftp://prometheus.example", found: `Cannot read --usage "ftp://prometheus.example": ${wanted}` },
    { what: "that is none", spec: "http://", found: `Cannot read --usage "http://": ${wanted}` },
  ])("$what", async ({ spec, found }) => {
    expect(await failureOf(() => ask(spec))).toEqual([`invalid: ${found}`]);
  });

  test("that would carry the token in the clear", async () => {
    expect(await failureOf(() => ask("http://192.0.2.1:9090", { environment: { GOVCLOUD_USAGE_TOKEN: "Documentation-secret" } }))).toEqual([
      "invalid: Cannot send GOVCLOUD_USAGE_TOKEN to http://192.0.2.1:9090 in the clear: wanted https",
    ]);
  });

  test("where the tree has no queries", async () => {
    const request = { month: "2026-10", at: NOVEMBER, declarations: DECLARED, queries: undefined, environment: {} };
    expect(await failureOf(() => readUsage("http://192.0.2.1:9090", request))).toEqual([
      "invalid: Cannot ask http://192.0.2.1:9090 for usage: wanted the queries in catalog/usage-queries.yaml",
    ]);
  });
});
