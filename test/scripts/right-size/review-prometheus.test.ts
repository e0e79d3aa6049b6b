import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { ReviewResult } from "../../../scripts/right-size/review-result.ts";
import { govcloud } from "../run.ts";
import { startPrometheus } from "../usage/real-prometheus.ts";
import type { Repository } from "./repository.ts";
import { sampleRepository } from "./sample-repository.ts";

const JOB = "stacks/tenants/hrss/job-service.yaml";
const QUERIES = "catalog/usage-queries.yaml";
const at = (day: string) => Date.parse(`${day}T00:00:00+08:00`) / 1000;
const [BEGIN, CHANGE, END] = [at("2026-01-01"), at("2026-02-01"), at("2026-03-01")];

/** Percent of January and of February: web goes from 4 cores to 1 and is out of its band again, app from 4 to 8; of db half of February is missing. */
const USE = {
  "govcloud:cpu_percent": { web: [12, 52], app: [55, 35], db: [20, 20] },
  "govcloud:memory_percent": { web: [50, 50], app: [50, 50], db: [50, 50] },
  "govcloud:disk_used_gb": { web: [10, 10] },
} as const;

function* history(): Generator<string> {
  for (const [metric, servers] of Object.entries(USE)) {
    yield `# TYPE ${metric} gauge\n`;
    for (const [server, [january, february]] of Object.entries(servers)) {
      for (const index of server === "db" ? [1] : [1, 2]) {
        const until = server === "db" ? at("2026-02-15") : END;
        for (let time = BEGIN; time < until; time += 300)
          yield `${metric}{system="hrss/job-service",server="${server}",index="${index}"} ${time < CHANGE ? january : february} ${time}\n`;
      }
    }
  }
  yield "# EOF\n";
}

const prometheus = await startPrometheus(history());
const reason = "reason" in prometheus ? prometheus.reason : undefined;
const url = "url" in prometheus ? prometheus.url : "";
afterAll(async () => {
  if ("stop" in prometheus) await prometheus.stop();
});

let repository: Repository;
afterEach(() => repository.remove());

/** The samples with the recorded set in use; the advice on web and app was followed on 4 February. */
function followed(): void {
  repository = sampleRepository("2025-12-01");
  repository.put(QUERIES, repository.read(QUERIES).replace(/^use: .*$/m, "use: [recorded]"));
  repository.commit("2025-12-02");
  const declared = repository.read(JOB);
  repository.put(
    JOB,
    declared
      .replace("cpu: 4\n    memoryGb: 8\n", "cpu: 1\n    memoryGb: 8\n")
      .replace("cpu: 4\n    memoryGb: 16\n", "cpu: 8\n    memoryGb: 16\n"),
  );
  repository.commit("2026-02-04");
}

const review = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  govcloud(["right-size", "--review", "2026-01", "--tree", repository.folder, "--at", "2026-03-02", ...args], { env });

describe.skipIf(reason !== undefined)(`--review from a real Prometheus${reason === undefined ? "" : ` (skipped: ${reason})`}`, () => {
  test.each([
    { from: "--usage", args: ["--usage", url], env: {} },
    { from: "GOVCLOUD_USAGE", args: [], env: { GOVCLOUD_USAGE: url } },
  ])("asks one address, of $from, for both months", ({ args, env }) => {
    followed();
    const { code, stdout, stderr } = review([...args, "--format", "json"], env);
    expect([code, stderr]).toEqual([0, ""]);
    const { servers, month, next } = JSON.parse(stdout) as ReviewResult;
    expect([month, next]).toEqual(["2026-01", "2026-02"]);
    expect(
      servers.map((each) => [
        each.server,
        each.resource,
        each.after,
        each.outcome,
        each.percent,
        each.predicted,
        each.actual,
        each.standing,
      ]),
    ).toEqual([
      ["app", "cpu", 8, "followed", "55", "27.5", "35", "in-band"],
      // Half of February is too little to say anything.
      ["db", "cpu", 8, "unanswered", "20", "20", null, null],
      ["web", "cpu", 1, "followed", "12", "48", "52", "swing"],
    ]);
  });

  test("of a month without history is an error that names the query", () => {
    followed();
    const { code, stdout, stderr } = govcloud([
      ...["right-size", "--review", "2025-11", "--tree", repository.folder, "--at", "2026-03-02", "--usage", url, "--format", "json"],
    ]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("Cannot read recorded.cpuPercent: it finds nothing in the whole of 2025-11");
  });
});
